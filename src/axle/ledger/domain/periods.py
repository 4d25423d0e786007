"""Accounting months as integers: 202611 is November 2026."""

from datetime import date, timedelta


def period_of(on: date) -> int:
    """The month of a date: ``period_of(date(2026, 11, 22)) == 202611``."""
    return on.year * 100 + on.month


def period_next(period: int) -> int:
    """The month after; December is followed by January of the next year."""
    return period + 1 if period % 100 < 12 else period + 89


def period_start(period: int) -> date:
    """The first day of the month."""
    return date(period // 100, period % 100, 1)


def period_end(period: int) -> date:
    """The last day of the month."""
    return period_start(period_next(period)) - timedelta(days=1)


def is_period(period: int) -> bool:
    """Whether the number names a month of the years 1900 to 9998."""
    return 1900 <= period // 100 <= 9998 and 1 <= period % 100 <= 12
