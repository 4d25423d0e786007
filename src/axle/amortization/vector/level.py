"""Level instalments of many loans.

A double finds the instalment before it is rounded; its error is bounded, and where the bound reaches a half, the loan
is solved again in exact integers by the scalar form.

- Equal periods: P·i / (1 − (1+i)^−n) by log1p and expm1. With u = 2^−53 a mathematical library errs by at most 8 u in
  each (four units in the last place, the loosest that NumPy takes). An error of the exponent x = n·log1p(i) reaches the
  result at most once over, x / (e^x − 1) being at most 1; i, the products and the quotient err by u each. In all
  below 8 + 8 + 6 = 22 u; 64 u are allowed for.
- Any periods: f_i = 1 + f_(i−1)·(1+r_i) and Π(1+r_i) add and multiply positive numbers only, so relative errors add up
  and never grow: each step adds at most 4 u to f and 3 u to Π. With a residual B the numerator is PΠ − B, whose
  absolute error is at most that of PΠ and of B together. In all, |error| <= (7n + 10)·u·(PΠ + B) / f_n.
"""

import numpy as np

from axle.amortization.level import level_fraction
from axle.amortization.vector.columns import RATE_UNIT, Doubles, Int64, Loans
from axle.kernel.rounding import half_up

_ULP = 2.0**-53
_MONTHLY = 12 * RATE_UNIT


def level_instalments(principal: Int64, rate_units: Int64, periods: Int64) -> Int64:
    """The level instalment of each loan, monthly under 30/360, rounded half up to the fen."""
    monthly = np.where(rate_units == 0, 1, rate_units) / _MONTHLY
    exact = principal * monthly / -np.expm1(-periods * np.log1p(monthly))
    instalment = np.floor(exact + 0.5).astype(np.int64)
    free = rate_units == 0
    instalment[free] = (2 * principal[free] + periods[free]) // (2 * periods[free])
    for loan in np.flatnonzero(_is_doubtful(exact, exact * (64 * _ULP)) & ~free):
        factors = [int(rate_units[loan])] * int(periods[loan])
        instalment[loan] = half_up(*level_fraction(int(principal[loan]), factors, _MONTHLY))
    return instalment


def level_instalments_by_parts(loans: Loans, parts: Int64, year_days: int) -> Int64:
    """The level instalment of each loan for periods of any length: ``parts`` of a year, shape (periods, loans)."""
    scale = RATE_UNIT * year_days
    grown, divisor = np.ones(len(loans.principal)), np.zeros(len(loans.principal))
    for index, part in enumerate(parts):
        is_running = index < loans.periods
        growth = np.where(is_running, 1.0 + loans.rate_units * part / scale, 1.0)
        grown *= growth
        divisor = divisor * growth + is_running
    exact = (loans.principal * grown - loans.residual) / divisor
    error = (7 * loans.periods + 10) * _ULP * (loans.principal * grown + loans.residual) / divisor
    instalment: Int64 = np.floor(exact + 0.5).astype(np.int64)
    for loan in np.flatnonzero(_is_doubtful(exact, error)):
        count, rate = int(loans.periods[loan]), int(loans.rate_units[loan])
        factors = [rate * int(part) for part in parts[:count, loan]]
        residual = int(loans.residual[loan])
        instalment[loan] = half_up(*level_fraction(int(loans.principal[loan]), factors, scale, residual))
    return instalment


def _is_doubtful(exact: Doubles, error: Doubles) -> np.ndarray:
    """Where a value lies as close to a half as its error, so that the double cannot say how to round it."""
    shifted = exact + 0.5
    return np.abs(shifted - np.rint(shifted)) <= error + np.abs(shifted) * _ULP
