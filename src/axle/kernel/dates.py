"""Calendar dates without a clock: months with an anchor day, month ends, leap years, ISO text."""

import re
from datetime import date
from typing import Literal

from axle.kernel.errors import InvalidDate

MonthEnd = Literal["clamp", "roll"]
"""What happens to day 29–31 in a shorter month: its last day, or the first of the next month."""

_ISO = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_SAFE_DAY = 28
_MONTH_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def is_leap(year: int) -> bool:
    """Whether a year has a 29 February."""
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def days_in_month(year: int, month: int) -> int:
    """28 to 31."""
    return 29 if month == 2 and is_leap(year) else _MONTH_DAYS[month - 1]


def month_end(on: date) -> date:
    """The last day of the month of a date."""
    return on.replace(day=days_in_month(on.year, on.month))


def is_month_end(on: date) -> bool:
    """Whether a date is the last of its month."""
    return on.day == days_in_month(on.year, on.month)


def add_months(on: date, months: int, *, anchor_day: int | None = None, rule: MonthEnd = "clamp") -> date:
    """The date ``months`` later on ``anchor_day`` (the date's own day by default).

    The anchor survives short months: 31 January, 28 February, 31 March. ``roll`` gives 1 March instead of
    28 February.
    """
    years, index = divmod(on.month - 1 + months, 12)
    year, month, day = on.year + years, index + 1, anchor_day or on.day
    if day <= _SAFE_DAY or day <= (last := days_in_month(year, month)):
        return date(year, month, day)
    if rule == "clamp":
        return date(year, month, last)
    return date(year + 1, 1, 1) if month == 12 else date(year, month + 1, 1)


def month_steps(first: date, every: int, count: int, *, anchor_day: int, rule: MonthEnd = "clamp") -> list[date]:
    """``count`` dates on ``anchor_day``, ``every`` months apart, the first in the month of ``first``."""
    start = first.year * 12 + first.month - 1
    months = (divmod(start + every * index, 12) for index in range(count))
    if anchor_day <= _SAFE_DAY:
        return [date(year, month + 1, anchor_day) for year, month in months]
    return [add_months(date(year, month + 1, 1), 0, anchor_day=anchor_day, rule=rule) for year, month in months]


def months_between(start: date, end: date) -> int:
    """Whole months from ``start`` to ``end``; the last day of a month completes a month begun later in one."""
    months = (end.year - start.year) * 12 + end.month - start.month
    return months - (end.day < start.day and not is_month_end(end))


def parse_date(text: object) -> date:
    """Read ``"2026-11-22"``. Errors: InvalidDate for anything else."""
    if isinstance(text, str) and _ISO.fullmatch(text):
        try:
            return date.fromisoformat(text)
        except ValueError:
            pass
    raise InvalidDate(value=str(text)[:40])
