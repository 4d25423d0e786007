"""Channel over HTTP."""

from axle.channel.http import controls, dealers
from axle.channel.http.base import api

__all__ = ["api", "controls", "dealers"]
