"""Working days: weekends, public holidays and the weekend days that are worked in exchange (调休).

The dates are data, ``data/calendars.json``, one entry a year as the State Council announces it. A year that is
not announced yet has its weekends only, and ``Calendar.announced_years`` says so. An institution adds years, or puts
its own in the place of announced ones, by ``Calendar.with_years``. Plans are replayed by the file alone: a year that is
announced in it is never changed.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any, Literal, NamedTuple

from axle.kernel.errors import UnknownCalendar

HolidayShift = Literal["next", "previous", "keep"]
"""Where a date that is no working day goes."""

_DAY = timedelta(days=1)
_YEAR = timedelta(days=366)
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

    def moved_to(self, on: date, rule: HolidayShift) -> list[date]:
        """The dates that go to a date by the rule, in their order; none go to a day on which nobody works."""
        if rule == "keep":
            return [on]
        found, step = list[date](), -_DAY if rule == "next" else _DAY
        if self.is_working_day(on):
            found, near = [on], on + step
            while not self.is_working_day(near):
                found, near = [*found, near], near + step
        return sorted(found)

    def with_years(self, years: Mapping[str, Any]) -> "Calendar":
        """The calendar with some years as they are told, by ``year_read``, in the place of its own."""
        told = {int(year): year_read(year, entry) for year, entry in years.items()}
        holidays = [on for on in self.holidays if on.year not in told]
        worked = [on for on in self.worked_weekend_days if on.year not in told]
        return Calendar(
            name=self.name,
            holidays=frozenset(holidays).union(*(year.holidays for year in told.values())),
            worked_weekend_days=frozenset(worked).union(*(year.worked for year in told.values())),
            announced_years=self.announced_years | told.keys(),
        )

    def working_days_after(self, on: date, days: int) -> date:
        """The ``days``-th working day after a date."""
        for _ in range(days):
            on = self.shift(on + _DAY, "next")
        return on


class YearDays(NamedTuple):
    """The holidays of a year, weekends among them or not, and the weekend days that are worked."""

    holidays: frozenset[date]
    worked: frozenset[date]


def year_read(year: str, entry: Mapping[str, Any]) -> YearDays:
    """The days of a year: ``{"holidays": [[first, last], ...], "worked": [day, ...]}``, all of that year.

    Errors: ValueError for anything else: a day of another year, a worked day that is no weekend day or is a holiday.
    """
    if entry.keys() != {"holidays", "worked"}:
        raise ValueError(entry)
    holidays, worked = _days(entry["holidays"]), _days([[on, on] for on in entry["worked"]])
    if any(str(on.year) != year for on in holidays | worked):
        raise ValueError(year)
    if worked & holidays or any(on.weekday() < _SATURDAY for on in worked):
        raise ValueError(entry["worked"])
    return YearDays(holidays, worked)


def _days(spans: list[list[str]]) -> frozenset[date]:
    """Every date of the inclusive spans ``[first, last]``. Errors: ValueError for one that ends before it begins."""
    found: set[date] = set()
    for first, last in spans:
        on, end = date.fromisoformat(first), date.fromisoformat(last)
        if not on <= end < on + _YEAR:
            raise ValueError(last)
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
    nothing = Calendar(name, frozenset(), frozenset(), frozenset())
    return nothing.with_years(entry["years"])
