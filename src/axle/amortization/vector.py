"""Many loans at once: the same figures as the scalar form, in NumPy.

Amounts are ``int64`` fen, rates ``int64`` in units of 1e-8 (``rate_units``); columns are loans. No double holds money.
One double is used, for the level instalment before it is rounded: its relative error is below 10 units in the last
place (log1p, expm1 and three operations, each within one), so that its rounding is certain unless it lies within
``_DOUBT`` of a half. Those few are solved again in exact integers.
"""

from datetime import date
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from axle.amortization.bounds import MAX_PRINCIPAL
from axle.amortization.errors import AmountOutOfRange, PeriodsOutOfRange, RateOutOfRange
from axle.amortization.level import level_fraction
from axle.amortization.terms_check import MAX_PERIODS
from axle.kernel.rounding import half_up

Int64 = NDArray[np.int64]
Days = NDArray[np.datetime64]

RATE_UNIT = 10**8
"""Units in a rate of one: rates have eight decimals."""

_MONTHLY = 12 * RATE_UNIT
_EXACT_PRODUCT = 2**62
_DOUBT = 1e-13


class LevelSchedules(NamedTuple):
    """Level-payment schedules, 30/360, monthly in arrears: row k of each array is period k + 1 of every loan.

    Shapes: ``instalment`` (loans,), the others (longest period, loans); rows after a loan's last period are zero.
    """

    instalment: Int64
    principal: Int64
    interest: Int64
    balance: Int64


def level_schedules(principal: Int64, rate_units: Int64, periods: Int64) -> LevelSchedules:
    """The schedules of ``Terms(method="level_payment")`` with its defaults, for arrays of one length.

    Errors: AmountOutOfRange, RateOutOfRange, PeriodsOutOfRange when any loan is outside the bounds of ``Terms``.
    """
    _check(principal, rate_units, periods)
    instalment = level_instalments(principal, rate_units, periods)
    longest = int(periods.max(initial=0))
    shape = (longest, len(principal))
    principals, interests, balances = (np.empty(shape, np.int64) for _ in range(3))
    ends, is_small = set(np.unique(periods).tolist()), _is_small(principal, rate_units)
    balance = principal
    for index in range(longest):
        interest = _month_interest(balance, rate_units, is_small, out=interests[index])
        repaid = np.subtract(instalment, interest, out=principals[index])
        np.clip(repaid, 0, balance, out=repaid)
        if index + 1 in ends:
            np.copyto(repaid, balance, where=periods == index + 1)
        balance = np.subtract(balance, repaid, out=balances[index])
    return LevelSchedules(instalment, principals, interests, balances)


def _check(principal: Int64, rate_units: Int64, periods: Int64) -> None:
    if principal.min(initial=1) < 1 or principal.max(initial=1) > MAX_PRINCIPAL:
        raise AmountOutOfRange(field="principal", value="array")
    if rate_units.min(initial=0) < 0 or rate_units.max(initial=0) > RATE_UNIT:
        raise RateOutOfRange(field="rate_units", value="array")
    if periods.min(initial=1) < 1 or periods.max(initial=1) > MAX_PERIODS:
        raise PeriodsOutOfRange(field="periods", value="array")


def _is_small(principal: Int64, rate_units: Int64) -> bool:
    """Whether principal x rate fits 64 bits, for all loans."""
    return int(principal.max(initial=0)) * int(rate_units.max(initial=0)) < _EXACT_PRODUCT


def _month_interest(balance: Int64, rate_units: Int64, is_small: bool, out: Int64) -> Int64:
    """A month's interest on each balance, rounded half up, written to ``out``."""
    if is_small:
        np.multiply(balance, rate_units, out=out)
        out += _MONTHLY // 2
        out //= _MONTHLY
    else:
        out[:] = interest_accrued(balance, rate_units, np.int64(30), 360)
    return out


def level_instalments(principal: Int64, rate_units: Int64, periods: Int64) -> Int64:
    """The level instalment of each loan, monthly under 30/360, rounded half up to the fen."""
    monthly = np.where(rate_units == 0, 1, rate_units) / _MONTHLY
    exact = principal * monthly / -np.expm1(-periods * np.log1p(monthly))
    rounded = np.floor(exact + 0.5)
    instalment = rounded.astype(np.int64)
    free = rate_units == 0
    instalment[free] = (2 * principal[free] + periods[free]) // (2 * periods[free])
    is_doubtful = np.abs(exact + 0.5 - np.rint(exact + 0.5)) <= exact * _DOUBT
    for loan in np.flatnonzero(is_doubtful & ~free):
        count = int(periods[loan])
        factors = [int(rate_units[loan])] * count
        instalment[loan] = half_up(*level_fraction(int(principal[loan]), factors, _MONTHLY))
    return instalment


def interest_accrued(principal: Int64, rate_units: Int64, days: Int64 | np.int64, year_days: int) -> Int64:
    """Interest of a balance over a number of days, rounded half up: principal x rate x days / ``year_days``.

    Exact for principals to 10^13 fen and 10^4 days: the quotient and the remainder are multiplied apart, and neither
    product leaves 64 bits.
    """
    scale = year_days * RATE_UNIT
    whole, rest = np.divmod(principal * days, scale)
    interest: Int64 = whole * rate_units + (2 * rest * rate_units + scale) // (2 * scale)
    return interest


def days_30_360(starts: Days, on: date) -> Int64:
    """Days from each start to one date when every month has thirty, as ``day_count.days_30_360``."""
    months = starts.astype("datetime64[M]")
    day = (starts.astype("datetime64[D]") - months.astype("datetime64[D]")).astype(np.int64) + 1
    elapsed = (np.datetime64(on, "M") - months).astype(np.int64)
    days: Int64 = elapsed * 30 + min(on.day, 30) - np.minimum(day, 30)
    return days
