"""Interest on many balances, exact: rounded half up from integers that never leave 64 bits."""

import numpy as np

from axle.amortization.vector.columns import RATE_UNIT, Int64

_EXACT_PRODUCT = 2**62


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
