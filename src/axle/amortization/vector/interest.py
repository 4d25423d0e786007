"""Interest on many balances, exact: rounded half up from integers that never leave 64 bits."""

import numpy as np

from axle.amortization.vector.columns import RATE_UNIT, Int64

_EXACT_PRODUCT = 2**62
_HALF = 10**6
FINE_UNIT = _HALF**2
"""Units in a rate of one that has twelve decimals, as solved rates have."""


def interest_accrued(principal: Int64, rate_units: Int64, part: Int64 | np.int64, year_days: int) -> Int64:
    """Interest of a balance over a part of a year, rounded half up: principal x rate x part / ``year_days``.

    Exact wherever principal x part fits 63 bits (10^13 fen over 7 x 10^5 days): the product is taken apart into
    quotient and remainder of the year, then of the rate's unit, so that no later product exceeds 10^17.
    """
    years, rest = np.divmod(principal * part, year_days)
    high, low = np.divmod(years, RATE_UNIT)
    whole, fraction = np.divmod(low * rate_units, RATE_UNIT)
    top, scale = fraction * year_days + rest * rate_units, RATE_UNIT * year_days
    interest: Int64 = high * rate_units + whole + (2 * top + scale) // (2 * scale)
    return interest


def fine_interest(principal: Int64, fine_units: Int64, part: Int64 | np.int64, year_days: int) -> Int64:
    """The same at rates in units of 1e-12.

    Years and rate are taken apart by the million: a·r = a1·r1·10^12 + (a1·r0 + a0·r1)·10^6 + a0·r0, where a1 is below
    10^10 and the others are below 10^6, so that no product exceeds 10^18.
    """
    years, rest = np.divmod(principal * part, year_days)
    (high, low), (rate_high, rate_low) = np.divmod(years, _HALF), np.divmod(fine_units, _HALF)
    middle, crossed = np.divmod(high * rate_low + low * rate_high, _HALF)
    top = (crossed * _HALF + low * rate_low) * year_days + rest * fine_units
    scale = FINE_UNIT * year_days
    interest: Int64 = high * rate_high + middle + (2 * top + scale) // (2 * scale)
    return interest


def is_small(principal: Int64, rate_units: Int64, part: int) -> bool:
    """Whether principal x rate x part fits 62 bits, for all loans."""
    return int(principal.max(initial=0)) * int(rate_units.max(initial=0)) * part < _EXACT_PRODUCT


def row_interest(
    balance: Int64, rate_units: Int64, part: Int64 | int, year_days: int, out: Int64, *, small: bool
) -> None:
    """Interest of one row of periods, written to ``out``; ``small`` says that plain products are exact."""
    if not small:
        out[:] = interest_accrued(balance, rate_units, np.asarray(part, np.int64), year_days)
        return
    scale = year_days * RATE_UNIT
    np.multiply(balance, rate_units, out=out)
    out *= part
    out += scale // 2
    out //= scale
