"""Accrued interest of a stored row: the engine's rule applied to what the table keeps of a plan."""

from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, NamedTuple

from axle.amortization.public import Instalment, Terms, row_accrued
from axle.kernel.money import Fen

_ZERO = Fen(0)


class StoredRow(NamedTuple):
    """The columns of an instalment that its accrual needs; ``exact / scale`` is its interest before rounding."""

    day_count: Any
    scale: Any
    starts_on: date
    due_on: date
    days: int
    interest: int
    exact: Any


@cache
def _terms(day_count: Any) -> Terms:
    some_day = date(2020, 1, 1)  # a row carries its own dates; of its terms only the day count matters
    return Terms(
        principal=Fen(1), annual_rate=Decimal(0), method="single", periods=1, start_on=some_day, day_count=day_count
    )


def accrued_to(row: StoredRow, on: date) -> Fen:
    """Interest of a row earned to a date, the date itself not counted, in fen."""
    plan = Instalment(
        0, row.due_on, row.days, _ZERO, Fen(row.interest), _ZERO, _ZERO, _ZERO, row.starts_on, int(row.exact)
    )
    return row_accrued(_terms(row.day_count), plan, int(row.scale), on)
