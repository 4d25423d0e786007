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
    carried: int = 0


@cache
def _terms(day_count: Any) -> Terms:
    some_day = date(2020, 1, 1)  # a row carries its own dates; of its terms only the day count matters
    return Terms(
        principal=Fen(1), annual_rate=Decimal(0), method="single", periods=1, start_on=some_day, day_count=day_count
    )


def accrued_to(row: StoredRow, on: date) -> Fen:
    """Interest of a row earned to a date, the date itself not counted, in fen."""
    plan = Instalment(
        no=0,
        due_on=row.due_on,
        days=row.days,
        principal=_ZERO,
        interest=Fen(row.interest),
        fee=_ZERO,
        total=_ZERO,
        balance=_ZERO,
        starts_on=row.starts_on,
        exact=int(row.exact),
        carried=Fen(row.carried),
    )
    return row_accrued(_terms(row.day_count), plan, int(row.scale), on)
