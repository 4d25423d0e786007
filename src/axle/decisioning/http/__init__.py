"""Decisions and strategies over HTTP."""

from axle.decisioning.http import backtests, decisions, listings, policy, policy_listings, strategies, trials
from axle.decisioning.http.base import api

__all__ = ["api", "backtests", "decisions", "listings", "policy", "policy_listings", "strategies", "trials"]
