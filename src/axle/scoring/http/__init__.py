"""Scorecards over HTTP."""

from axle.scoring.http import listings, scorecards
from axle.scoring.http.base import api

__all__ = ["api", "listings", "scorecards"]
