"""Decisions and strategies over HTTP."""

from axle.decisioning.http import decisions, listings, policy, policy_listings, strategies
from axle.decisioning.http.base import api

__all__ = ["api", "decisions", "listings", "policy", "policy_listings", "strategies"]
