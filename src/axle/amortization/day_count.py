"""Day counts (计息规则): how many days a period has, and which part of a year they are.

The start date counts and the end date does not (算头不算尾). Parts of a year are integers over ``year_days``, so
that nothing is rounded here.

30/360 is the 30E form: day 31 counts as 30. Actual/actual splits the year at 31 December, as the published schedules
in ``tests/published`` do; actual/365-leap divides by 366 in a period that counts a 29 February.
"""

from collections.abc import Callable
from datetime import date

from axle.amortization.choices import DayCount
from axle.kernel.dates import is_leap

_BOTH_YEARS = 365 * 366

_YEAR_DAYS: dict[DayCount, int] = {
    "30/360": 360,
    "actual/360": 360,
    "actual/365": 365,
    "actual/actual": _BOTH_YEARS,
    "actual/365-leap": _BOTH_YEARS,
}


def year_days(day_count: DayCount) -> int:
    """The denominator of ``year_part``: the days of the year, or 365 x 366 where both years occur."""
    return _YEAR_DAYS[day_count]


def days_30_360(start: date, end: date) -> int:
    """Days between two dates when every month has thirty."""
    months = (end.year - start.year) * 12 + end.month - start.month
    return months * 30 + min(end.day, 30) - min(start.day, 30)


def _actual_days(start: date, end: date) -> int:
    return (end - start).days


def _actual_actual(start: date, end: date) -> int:
    """Days of a leap year weigh 365, days of a common year 366, over 365 x 366."""
    part = 0
    while start < end:
        split = date(start.year if (start.month, start.day) < (12, 31) else start.year + 1, 12, 31)
        stop = min(split, end)
        part += (stop - start).days * (365 if is_leap(split.year) else 366)
        start = stop
    return part


def holds_leap_day(start: date, end: date) -> bool:
    """Whether a 29 February is one of the days that a period counts."""
    return any(is_leap(year) and start <= date(year, 2, 29) < end for year in range(start.year, end.year + 1))


def _actual_365_leap(start: date, end: date) -> int:
    return (end - start).days * (365 if holds_leap_day(start, end) else 366)


_YEAR_PART: dict[DayCount, Callable[[date, date], int]] = {
    "30/360": days_30_360,
    "actual/360": _actual_days,
    "actual/365": _actual_days,
    "actual/actual": _actual_actual,
    "actual/365-leap": _actual_365_leap,
}


def year_part(day_count: DayCount, start: date, end: date) -> int:
    """The part of a year between two dates, as a numerator over ``year_days(day_count)``."""
    return _YEAR_PART[day_count](start, end)


def days_between(day_count: DayCount, start: date, end: date) -> int:
    """The days that interest counts between two dates."""
    return days_30_360(start, end) if day_count == "30/360" else (end - start).days


def elapsed(day_count: DayCount, start: date, on: date) -> int:
    """How far interest has run since ``start``, on the scale that ``span`` measures a whole period with."""
    if day_count == "30/360":
        return days_30_360(start, on)
    return _actual_actual(start, on) if day_count == "actual/actual" else (on - start).days


def span(day_count: DayCount, start: date, end: date, days: int) -> int:
    """The whole of a period of ``days`` days on the scale of ``elapsed``."""
    return _actual_actual(start, end) if day_count == "actual/actual" else days
