"""Background steps of monitoring."""

from datetime import date

from axle.monitoring.services.day_keep import day_keep, day_refill
from axle.platform.public import job


@job("keep_risk_day", retries=3)
def keep_risk_day(on: str) -> None:
    """Keep the figures of a day that has closed, and settle the alerts; run again, it keeps the same."""
    day_keep(date.fromisoformat(on))


@job("refill_risk_day", retries=3)
def refill_risk_day(on: str) -> None:
    """Keep the figures of a past day again; run again, it keeps the same."""
    day_refill(date.fromisoformat(on))
