"""Decisions and strategies over HTTP."""

from axle.decisioning.http import decisions, listings, strategies
from axle.decisioning.http.base import api

__all__ = ["api", "decisions", "listings", "strategies"]
