"""Due dates and parts of a year for loans of any due day, in columns: ``due_dates.grid`` for many loans."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from axle.amortization.choices import DayCount, Timing, Unit
from axle.amortization.due_dates import anchor_day, anchor_month, first_due, regular_days, whole_period_start
from axle.amortization.terms import Terms
from axle.amortization.vector.calendar import days_30_360, year_part
from axle.amortization.vector.columns import Days, Int64
from axle.kernel.dates import MonthEnd

_UNIT_DAYS = {"week": 7, "day": 1}


class Rhythm(NamedTuple):
    """What loans share whose due dates are laid out together."""

    day_count: DayCount
    every: int
    unit: Unit
    month_end: MonthEnd
    timing: Timing


class Courses(NamedTuple):
    """The periods of many loans: shapes (rows, loans) and (loans,).

    ``regular`` is the part of a year that row ``first`` would be if its period were whole; ``counts`` are rows.
    """

    counts: Int64
    starts: Days
    dues: Days
    parts: Int64
    regular: Int64
    first: int
    is_broken: np.ndarray


class _Firsts(NamedTuple):
    """The first due date of each loan, the start of a whole period before it, and the day and month to go on from."""

    due: Days
    begin: Days
    anchor: Int64
    month: Days


def courses(rhythm: Rhythm, some: Sequence[Terms]) -> Courses:
    """The periods of terms that share a rhythm."""
    start = np.array([one.start_on for one in some], "datetime64[D]")
    own_row = np.array([one.timing == "advance" and one.residual > 0 for one in some], np.int64)
    counts = np.array([one.periods for one in some], np.int64) + own_row
    first = int(rhythm.timing == "advance")
    firsts = _firsts(some)
    dues = _due_dates(rhythm, firsts, int(counts.max()) - first)
    if first:
        dues = np.vstack([start[None, :], dues])
    starts = np.vstack([start[None, :], dues[:-1]])
    is_broken = firsts.begin != start
    parts, regular = _parts(rhythm, some[0], starts, dues, firsts, is_broken)
    free = np.array([one.interest_free_periods for one in some], np.int64)
    number = np.arange(len(dues))[:, None]
    parts[(number >= first) & (number < first + free)] = 0
    exists = number < counts
    nat = np.datetime64("NaT")
    return Courses(
        counts,
        np.where(exists, starts, nat),
        np.where(exists, dues, nat),
        np.where(exists, parts, 0),
        np.where(free > 0, 0, regular),
        first,
        is_broken,
    )


def _firsts(some: Sequence[Terms]) -> _Firsts:
    dues, anchors = [first_due(one) for one in some], [anchor_day(one) for one in some]
    begins = [whole_period_start(one, due) for one, due in zip(some, dues, strict=True)]
    months = [anchor_month(due, anchor) for due, anchor in zip(dues, anchors, strict=True)]
    return _Firsts(
        np.array(dues, "datetime64[D]"),
        np.array(begins, "datetime64[D]"),
        np.array(anchors, np.int64),
        np.array(months, "datetime64[D]").astype("datetime64[M]"),
    )


def _due_dates(rhythm: Rhythm, firsts: _Firsts, count: int) -> Days:
    """``count`` due dates of each loan; a later one never inherits a short month's day."""
    steps = np.arange(count)[:, None] * rhythm.every
    if rhythm.unit != "month":
        later: Days = firsts.due[None, :] + (steps * _UNIT_DAYS[rhythm.unit]).astype("timedelta64[D]")
        return later
    months = firsts.month[None, :] + steps
    begins, following = months.astype("datetime64[D]"), (months + 1).astype("datetime64[D]")
    last = (following - begins).astype(np.int64)
    wanted = np.broadcast_to(firsts.anchor[None, :], last.shape)
    dates: Days = begins + np.minimum(wanted, last) - 1
    if rhythm.month_end == "roll":
        dates = np.where(wanted > last, following, dates)
    dates[:1] = firsts.due
    return dates


def _parts(
    rhythm: Rhythm, one: Terms, starts: Days, dues: Days, firsts: _Firsts, is_broken: np.ndarray
) -> tuple[Int64, Int64]:
    """The part of a year of each period, and of a whole one in the place of the first."""
    first, whole = int(rhythm.timing == "advance"), regular_days(one)
    if whole is None:
        parts = year_part(rhythm.day_count, starts, dues)
        return parts, year_part(rhythm.day_count, firsts.begin, firsts.due)
    parts = np.full(dues.shape, whole, np.int64)
    parts[:first] = 0
    if len(dues) > first:
        broken = days_30_360(starts[first], dues[first])
        parts[first] = np.where(is_broken, broken, whole)
    return parts, np.full(dues.shape[1], whole, np.int64)
