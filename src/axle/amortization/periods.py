"""How often the periods of terms pass in a year, and when each row falls due on their scale."""

from collections.abc import Iterable
from decimal import Decimal

from axle.amortization.choices import Method
from axle.amortization.due_dates import first_period_length
from axle.amortization.irr import XIRR_DAYS
from axle.amortization.schedule import Schedule
from axle.amortization.terms import Terms

_PERIODS_A_YEAR = {"month": Decimal(12), "week": Decimal(52), "day": Decimal(365)}
_PERIODS_A_ROW: dict[Method, int] = {"quarterly_interest": 3, "single": 0}
"""Periods that one row covers where it is not one; 0 is all of them."""


def periods_a_year(terms: Terms) -> Decimal:
    """12 for months, 52 for weeks, 365 for days, over ``every``."""
    return _PERIODS_A_YEAR[terms.unit] / terms.every


def row_times(plan: Schedule) -> dict[int, float]:
    """When each row falls due, in periods of the terms from the start, by its number."""
    terms = plan.terms
    if terms.method == "irregular":
        a_day = float(periods_a_year(terms)) / XIRR_DAYS
        return {row.no: (row.due_on - terms.start_on).days * a_day for row in plan.instalments}
    return times_of(terms, [row.no for row in plan.instalments])


def times_of(terms: Terms, numbers: Iterable[int]) -> dict[int, float]:
    """The times of rows whose dates are not irregular."""
    at_start = int(terms.timing == "advance")  # the number of the last row that is due on the start date
    size = _PERIODS_A_ROW.get(terms.method, 1) or terms.periods
    first = float(first_period_length(terms)) + size - 1
    if terms.timing == "advance":
        first -= 1
    return {no: first + (no - 1) * size if no > at_start else 0.0 for no in numbers}


def end_time(plan: Schedule) -> float:
    """The end of the last period on the same scale: one after the last rent in advance, unless a residual ends it."""
    last = row_times(plan)[plan.instalments[-1].no]
    return last + (plan.terms.timing == "advance" and not plan.terms.residual)
