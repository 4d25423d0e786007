"""Schedules of many loans: monthly periods in arrears, without a stub, by the methods that products offer."""

from collections.abc import Callable
from typing import Literal, NamedTuple

import numpy as np

from axle.amortization.bounds import check_choice, check_number
from axle.amortization.choices import DayCount
from axle.amortization.day_count import year_days
from axle.amortization.errors import NotForMethod
from axle.amortization.vector.calendar import due_dates, year_part
from axle.amortization.vector.columns import Days, Int64, Loans, check_columns
from axle.amortization.vector.interest import is_small, row_interest
from axle.amortization.vector.level import level_instalments, level_instalments_by_parts

VectorMethod = Literal["level_payment", "level_principal", "interest_first", "flat"]

_LANES = 8192
"""Loans that are laid out together: few enough for their rows to stay in the cache."""


class LevelSchedules(NamedTuple):
    """Row k of each array is period k + 1 of every loan.

    Shapes: ``instalment`` (loans,), the others (longest period, loans); rows after a loan's last period are zero.
    ``instalment`` is the level amount: the payment, or for level principal the principal part.
    """

    instalment: Int64
    principal: Int64
    interest: Int64
    balance: Int64


class Schedules(NamedTuple):
    """Schedules with their dates: ``dates`` is (longest period + 1, loans), row 0 the start; ``parts`` of a year."""

    loans: Loans
    day_count: DayCount
    dates: Days
    parts: Int64
    rows: LevelSchedules


def level_schedules(principal: Int64, rate_units: Int64, periods: Int64) -> LevelSchedules:
    """The schedules of ``Terms(method="level_payment")`` with its defaults, for arrays of one length.

    Errors: AmountOutOfRange, RateOutOfRange, PeriodsOutOfRange when any loan is outside the bounds of ``Terms``.
    """
    check_columns(principal, rate_units, periods)
    rows = _empty(int(periods.max(initial=0)), len(principal))
    rows.instalment[:] = level_instalments(principal, rate_units, periods)
    for first in range(0, len(principal), _LANES):
        lanes = slice(first, first + _LANES)
        chunk = LevelSchedules(*(column[..., lanes] for column in rows))
        _pay(chunk, principal[lanes], rate_units[lanes], periods[lanes], None, 360)
    return rows


def schedules(
    loans: Loans, method: VectorMethod = "level_payment", *, day_count: DayCount = "30/360", every: int = 1
) -> Schedules:
    """The schedules of ``Terms`` with this method and day count, in arrears, ``every`` months apart.

    Errors: UnknownChoice; NotForMethod for a residual with flat or interest-first loans.
    """
    check_choice(method, VectorMethod, "method")
    check_choice(day_count, DayCount, "day_count")
    check_number(every, "every", 1, 366)
    if loans.residual.any() and method not in ("level_payment", "level_principal"):
        raise NotForMethod(field="residual", method=method)
    dates = due_dates(loans.start_on, int(loans.periods.max(initial=0)), every)
    parts = _parts(day_count, dates, every)
    rows = _empty(len(parts), len(loans.principal))
    for first in range(0, len(loans.principal), _LANES):
        lanes = slice(first, first + _LANES)
        chunk = LevelSchedules(*(column[..., lanes] for column in rows))
        _LAY_OUT[method](chunk, loans.part(lanes), parts[:, lanes], year_days(day_count))
    return Schedules(loans, day_count, dates, parts, rows)


def _empty(longest: int, count: int) -> LevelSchedules:
    principals, interests, balances = (np.zeros((longest, count), np.int64) for _ in range(3))
    return LevelSchedules(np.zeros(count, np.int64), principals, interests, balances)


def _parts(day_count: DayCount, dates: Days, every: int) -> Int64:
    """Under 30/360 every whole period has the same days, wherever its months end."""
    if day_count == "30/360":
        return np.full((len(dates) - 1, dates.shape[1]), 30 * every, np.int64)
    return year_part(day_count, dates[:-1], dates[1:])


# --- methods, on one chunk of loans --------------------------------------------------------------------------


def _pay(
    rows: LevelSchedules, principal: Int64, rate_units: Int64, periods: Int64, parts: Int64 | None, year: int
) -> None:
    """Pay interest out of each instalment, principal with the rest; the last row repays what is left."""
    longest = 30 if parts is None else int(parts.max(initial=0))
    small, ends = is_small(principal, rate_units, longest), set(periods.tolist())
    balance = principal
    for index in range(max(ends, default=0)):
        interest, part = rows.interest[index], 30 if parts is None else parts[index]
        row_interest(balance, rate_units, part, year, interest, small=small)
        repaid = np.subtract(rows.instalment, interest, out=rows.principal[index])
        np.maximum(repaid, 0, out=repaid)
        np.minimum(repaid, balance, out=repaid)
        if index + 1 in ends:
            np.copyto(repaid, balance, where=periods == index + 1)
        balance = np.subtract(balance, repaid, out=rows.balance[index])


def _level_payment(rows: LevelSchedules, loans: Loans, parts: Int64, year: int) -> None:
    rows.instalment[:] = level_instalments_by_parts(loans, parts, year)
    _pay(rows, loans.principal, loans.rate_units, loans.periods, parts, year)


def _level_principal(rows: LevelSchedules, loans: Loans, parts: Int64, year: int) -> None:
    share = _share(loans.principal - loans.residual, loans.periods)
    rows.instalment[:] = share
    _repay(rows, loans, parts, year, share)


def _interest_first(rows: LevelSchedules, loans: Loans, parts: Int64, year: int) -> None:
    _repay(rows, loans, parts, year, np.zeros_like(loans.principal))


def _flat(rows: LevelSchedules, loans: Loans, parts: Int64, year: int) -> None:
    share = _share(loans.principal, loans.periods)
    _repay(rows, loans, parts, year, share, base=loans.principal)
    rows.instalment[:] = share + rows.interest[0] if len(parts) else share


def _share(amount: Int64, periods: Int64) -> Int64:
    return (2 * amount + periods) // (2 * periods)


def _repay(
    rows: LevelSchedules, loans: Loans, parts: Int64, year: int, share: Int64, base: Int64 | None = None
) -> None:
    """Repay ``share`` while more than the residual is left, the rest at the end; interest on balance or ``base``."""
    small = is_small(loans.principal, loans.rate_units, int(parts.max(initial=0)))
    balance = loans.principal
    for index, part in enumerate(parts):
        is_last, is_over = loans.periods == index + 1, loans.periods <= index
        interest = rows.interest[index]
        row_interest(balance if base is None else base, loans.rate_units, part, year, interest, small=small)
        interest[is_over] = 0
        repaid = np.minimum(share, np.maximum(balance - loans.residual, 0), out=rows.principal[index])
        np.copyto(repaid, balance, where=is_last | is_over)
        balance = np.subtract(balance, repaid, out=rows.balance[index])


_LAY_OUT: dict[VectorMethod, Callable[[LevelSchedules, Loans, Int64, int], None]] = {
    "level_payment": _level_payment,
    "level_principal": _level_principal,
    "interest_first": _interest_first,
    "flat": _flat,
}
