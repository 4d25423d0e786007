"""Shares and the span of days that they are compared with."""

from datetime import date, timedelta
from decimal import Decimal

from axle.kernel.rounding import round_rate

BEFORE_DAYS = 30
"""How many days a figure is compared with, and how many a stability index is taken over."""


def share(part: int, whole: int) -> Decimal | None:
    """A share to four places; None of nothing."""
    return round_rate(Decimal(part) / whole, 4) if whole else None


def days_before(on: date) -> tuple[date, date]:
    """The first and the last of the days that a day is compared with."""
    return on - timedelta(days=BEFORE_DAYS), on - timedelta(days=1)
