"""The span of days that figures are compared with."""

from datetime import date, timedelta

BEFORE_DAYS = 30
"""How many days a figure is compared with, and how many a stability index is taken over."""


def days_before(on: date) -> tuple[date, date]:
    """The first and the last of the days that a day is compared with."""
    return on - timedelta(days=BEFORE_DAYS), on - timedelta(days=1)
