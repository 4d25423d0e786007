"""Due dates and periods: when each instalment falls due, and how much of a year its interest covers."""

from datetime import date, timedelta
from fractions import Fraction
from typing import NamedTuple

from axle.amortization.day_count import days_between, year_days, year_part
from axle.amortization.terms import Terms
from axle.kernel.calendar import calendar
from axle.kernel.dates import add_months, is_month_end, month_steps

_UNIT_DAYS = {"week": 7, "day": 1}


class Grid(NamedTuple):
    """The periods of a schedule, one entry for each instalment.

    ``factors[i] / scale`` is the periodic rate r_i. ``regular_first`` is the factor that the period of the first
    interest would have if it were a whole one; ``first`` is the index of that period (1 when paid in advance).
    """

    starts: list[date]
    dues: list[date]
    days: list[int]
    factors: list[int]
    scale: int
    first: int
    regular_first: int


def anchor_day(terms: Terms) -> int:
    """The day of the month that due dates return to after a short month."""
    first = terms.first_due_on
    if terms.due_day is not None:
        return terms.due_day
    if first is None or (is_month_end(first) and terms.start_on.day > first.day):
        return terms.start_on.day
    return first.day


def step(terms: Terms, on: date, periods: int) -> date:
    """The date ``periods`` periods after a due date."""
    if terms.unit != "month":
        return on + timedelta(days=_UNIT_DAYS[terms.unit] * terms.every * periods)
    return add_months(on, terms.every * periods, anchor_day=anchor_day(terms), rule=terms.month_end)


def first_due(terms: Terms) -> date:
    """The first due date after the start."""
    if terms.first_due_on is not None:
        return terms.first_due_on
    if terms.due_day is None:
        return step(terms, terms.start_on, 1)
    earliest = terms.start_on + timedelta(days=max(terms.first_due_min_days, 1))
    candidate = add_months(terms.start_on, 0, anchor_day=terms.due_day, rule=terms.month_end)
    months = 0
    while candidate < earliest:
        months += 1
        candidate = add_months(terms.start_on, months, anchor_day=terms.due_day, rule=terms.month_end)
    return candidate


def due_dates(terms: Terms, count: int) -> list[date]:
    """``count`` due dates from the first on; a later one never inherits a short month's day."""
    first = first_due(terms)
    if terms.unit != "month":
        size = timedelta(days=_UNIT_DAYS[terms.unit] * terms.every)
        return [first + size * index for index in range(count)]
    anchor, every, rule = anchor_day(terms), terms.every, terms.month_end
    return [first, *month_steps(anchor_month(first, anchor), every, count, anchor_day=anchor, rule=rule)[1:]]


def payable_on(terms: Terms, dues: list[date]) -> list[date]:
    """Due dates, moved off holidays where the terms say so; never before the start."""
    if terms.holidays is None:
        return dues
    days, rule = calendar(terms.holidays.calendar), terms.holidays.rule
    return [max(days.shift(due, rule), terms.start_on) for due in dues]


def lease_ends_on(terms: Terms) -> date:
    """The end of the last period: the last due date, or one period after the last rent in advance."""
    if terms.timing == "arrears":
        return grid(terms).dues[-1]
    return due_dates(terms, terms.periods)[-1]


def later_due_dates(terms: Terms, due: date, count: int) -> list[date]:
    """``count`` due dates after one of the terms' due dates."""
    if terms.unit != "month":
        size = timedelta(days=_UNIT_DAYS[terms.unit] * terms.every)
        return [due + size * index for index in range(1, count + 1)]
    anchor, rule = anchor_day(terms), terms.month_end
    return month_steps(anchor_month(due, anchor), terms.every, count + 1, anchor_day=anchor, rule=rule)[1:]


def anchor_month(due: date, anchor: int) -> date:
    """The month that a due date belongs to: a date rolled to the first belongs to the month before."""
    return due - timedelta(days=1) if due.day == 1 and anchor > 28 else due


def whole_period_start(terms: Terms, due: date) -> date:
    """Where a whole period that ends on a due date begins."""
    if terms.unit != "month":
        return due - timedelta(days=_UNIT_DAYS[terms.unit] * terms.every)
    anchor = anchor_day(terms)
    return add_months(anchor_month(due, anchor), -terms.every, anchor_day=anchor, rule=terms.month_end)


def first_period_length(terms: Terms) -> Fraction:
    """The first period after the start over a whole one: 1 unless the first due date breaks it."""
    due = first_due(terms)
    begin = whole_period_start(terms, due)
    if begin == terms.start_on:
        return Fraction(1)
    whole = regular_days(terms) or year_part(terms.day_count, begin, due)
    return Fraction(year_part(terms.day_count, terms.start_on, due), whole)


def regular_days(terms: Terms) -> int | None:
    """Days of a whole period under 30/360, where every period has the same; None for actual days."""
    if terms.day_count != "30/360":
        return None
    return (30 if terms.unit == "month" else _UNIT_DAYS[terms.unit]) * terms.every


def grid(terms: Terms) -> Grid:
    """The periods of the terms' schedule, before any of them are drawn together (``collapsed``)."""
    if terms.method == "irregular":
        return _grid_of(terms, [terms.start_on, *(row.due_on for row in terms.irregular)], is_regular=False)
    if terms.timing == "arrears":
        return _grid_of(terms, [terms.start_on, *due_dates(terms, terms.periods)])
    count = terms.periods if terms.residual else terms.periods - 1
    return _grid_of(terms, [terms.start_on, terms.start_on, *due_dates(terms, count)])


def _grid_of(terms: Terms, dates: list[date], *, is_regular: bool = True) -> Grid:
    starts, dues = dates[:-1], dates[1:]
    rate, per = terms.annual_rate.as_integer_ratio()
    first = 1 if terms.timing == "advance" else 0
    parts, regular = _parts(terms, starts, dues, first) if is_regular else _broken_parts(terms, starts, dues)
    days = parts if terms.day_count == "30/360" else [(due - on).days for on, due in zip(starts, dues, strict=True)]
    factors = [rate * part for part in parts]
    if free := terms.interest_free_periods:
        factors[first : first + free], regular = [0] * len(factors[first : first + free]), 0
    return Grid(starts, dues, days, factors, per * year_days(terms.day_count), first, rate * regular)


def _parts(terms: Terms, starts: list[date], dues: list[date], first: int) -> tuple[list[int], int]:
    """The year part of each period, and what the first one would be if it were whole."""
    if first == len(dues):  # one rent, paid in advance: no time passes
        return [0], 0
    begin, whole = whole_period_start(terms, dues[first]), regular_days(terms)
    if whole is None:
        regular = year_part(terms.day_count, begin, dues[first])
        return _broken_parts(terms, starts, dues)[0], regular
    parts = [whole] * len(dues)
    parts[0] = 0
    if begin != terms.start_on:
        parts[first] = days_between(terms.day_count, terms.start_on, dues[first])
    elif first == 0:
        parts[0] = whole
    return parts, whole


def _broken_parts(terms: Terms, starts: list[date], dues: list[date]) -> tuple[list[int], int]:
    """The year part of each period by its own days; the first one counts as whole."""
    parts = [year_part(terms.day_count, on, due) for on, due in zip(starts, dues, strict=True)]
    return parts, parts[0]


def collapsed(periods: Grid, size: int) -> Grid:
    """Every ``size`` periods drawn together into one, for interest by the quarter or all at the end."""
    groups = range(0, len(periods.dues), size)
    return Grid(
        starts=[periods.starts[index] for index in groups],
        dues=[periods.dues[index + size - 1] for index in groups],
        days=[sum(periods.days[index : index + size]) for index in groups],
        factors=[sum(periods.factors[index : index + size]) for index in groups],
        scale=periods.scale,
        first=0,
        regular_first=periods.regular_first + sum(periods.factors[1:size]),
    )
