"""Monitoring over HTTP."""

from axle.monitoring.http import alerts, refills
from axle.monitoring.http.base import api

__all__ = ["alerts", "api", "refills"]
