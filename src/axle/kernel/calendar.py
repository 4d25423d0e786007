"""Working days: weekends, public holidays and the weekend days that are worked in exchange (调休).

The dates are data, ``data/calendars.json``, one entry a year as the State Council announces it. A year that is
not announced yet has its weekends only, and ``Calendar.announced_years`` says so.
"""

import json
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Literal

from axle.kernel.errors import UnknownCalendar

HolidayShift = Literal["next", "previous", "keep"]
"""Where a date that is no working day goes."""

_DAY = timedelta(days=1)
_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Calendar:
    """The working days of one place."""

    name: str
    holidays: frozenset[date]
    worked_weekend_days: frozenset[date]
    announced_years: frozenset[int]

    def is_working_day(self, on: date) -> bool:
        """Whether banks and offices work on a date."""
        if on in self.holidays:
            return False
        return on.weekday() < _SATURDAY or on in self.worked_weekend_days

    def shift(self, on: date, rule: HolidayShift) -> date:
        """The date itself when it is a working day, else the next or previous one by the rule."""
        if rule == "keep":
            return on
        step = _DAY if rule == "next" else -_DAY
        while not self.is_working_day(on):
            on += step
        return on

    def working_days_after(self, on: date, days: int) -> date:
        """The ``days``-th working day after a date."""
        for _ in range(days):
            on = self.shift(on + _DAY, "next")
        return on


def _days(spans: list[list[str]]) -> frozenset[date]:
    """Every date of the inclusive spans ``[first, last]``."""
    found: set[date] = set()
    for first, last in spans:
        on, end = date.fromisoformat(first), date.fromisoformat(last)
        while on <= end:
            found.add(on)
            on += _DAY
    return frozenset(found)


@cache
def calendar(name: str) -> Calendar:
    """A calendar by name, such as ``"cn"``. Errors: UnknownCalendar."""
    text = files("axle.kernel").joinpath("data/calendars.json").read_text(encoding="utf-8")
    entry = json.loads(text).get(name)
    if entry is None:
        raise UnknownCalendar(name=name[:40])
    years = entry["years"]
    return Calendar(
        name=name,
        holidays=_days([span for year in years.values() for span in year["holidays"]]),
        worked_weekend_days=_days([[on, on] for year in years.values() for on in year["worked"]]),
        announced_years=frozenset(int(year) for year in years),
    )
