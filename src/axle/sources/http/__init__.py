"""Sources over HTTP."""

from axle.sources.http import calls, notices, switches
from axle.sources.http.base import api

api.router.add_router("", notices.router)

__all__ = ["api", "calls", "switches"]
