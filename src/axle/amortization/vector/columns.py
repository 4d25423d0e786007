"""Loans as columns: one entry a loan, in arrays of one length."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from axle.amortization.bounds import FIRST_DATE, LAST_DATE, MAX_PRINCIPAL
from axle.amortization.errors import (
    AmountOutOfRange,
    DateOutOfRange,
    PeriodsOutOfRange,
    RateOutOfRange,
    ResidualTooLarge,
)
from axle.amortization.terms_check import MAX_PERIODS

Int64 = NDArray[np.int64]
Days = NDArray[np.datetime64]
Doubles = NDArray[np.float64]

RATE_UNIT = 10**8
"""Units in a rate of one: rates have eight decimals."""


class Loans(NamedTuple):
    """Principal in fen, annual rate in units of 1e-8, monthly periods, start date, residual in fen."""

    principal: Int64
    rate_units: Int64
    periods: Int64
    start_on: Days
    residual: Int64

    def part(self, lanes: slice) -> "Loans":
        """Some of the loans."""
        return Loans(
            self.principal[lanes],
            self.rate_units[lanes],
            self.periods[lanes],
            self.start_on[lanes],
            self.residual[lanes],
        )


def loans(principal: Int64, rate_units: Int64, periods: Int64, start_on: Days, residual: Int64 | None = None) -> Loans:
    """Columns of loans, none outside the bounds of ``Terms``.

    Errors: AmountOutOfRange, RateOutOfRange, PeriodsOutOfRange, DateOutOfRange, ResidualTooLarge when any loan is.
    """
    check_columns(principal, rate_units, periods)
    days = start_on.astype("datetime64[D]")
    if len(days) and not (np.datetime64(FIRST_DATE) <= days.min() and days.max() <= np.datetime64(LAST_DATE)):
        raise DateOutOfRange(field="start_on", value="array", first=FIRST_DATE, last=LAST_DATE)
    left = np.zeros_like(principal) if residual is None else residual
    if (left < 0).any() or (left >= principal).any():
        raise ResidualTooLarge(field="residual")
    return Loans(principal, rate_units, periods, days, left)


def check_columns(principal: Int64, rate_units: Int64, periods: Int64) -> None:
    """Refuse columns in which any loan is outside the bounds of ``Terms``."""
    if principal.min(initial=1) < 1 or principal.max(initial=1) > MAX_PRINCIPAL:
        raise AmountOutOfRange(field="principal", value="array")
    if rate_units.min(initial=0) < 0 or rate_units.max(initial=0) > RATE_UNIT:
        raise RateOutOfRange(field="rate_units", value="array")
    if periods.min(initial=1) < 1 or periods.max(initial=1) > MAX_PERIODS:
        raise PeriodsOutOfRange(field="periods", value="array")
