"""Where many loans stand on a date: interest earned, penalty, and what repays them.

``paid`` is how many rows of each loan have been paid, each in full on its due date; whatever else fell due is overdue
as a whole. That is the question of end of day over a book in good order; loans with other lives are replayed.
"""

from datetime import date
from decimal import Decimal
from typing import NamedTuple

import numpy as np

from axle.amortization.day_count import year_days
from axle.amortization.errors import NotForMethod, RateTooFine
from axle.amortization.rules import Prepayment, Rules
from axle.amortization.vector.calendar import actual_days, elapsed_part
from axle.amortization.vector.columns import RATE_UNIT, Days, Int64
from axle.amortization.vector.interest import interest_accrued
from axle.amortization.vector.schedules import Schedules
from axle.kernel.dates import is_month_end

_MAX_FEN = 2**62


def rate_units_of(rate: Decimal) -> int:
    """A rate in units of 1e-8. Errors: RateTooFine for more than eight decimals."""
    units = rate * RATE_UNIT
    if units != int(units):
        raise RateTooFine(field="rate", places=8)
    return int(units)


def accrued_to(plan: Schedules, on: date, *, base: Int64 | None = None) -> Int64:
    """Interest that the running row of each loan has earned to a date, as ``schedule.row_accrued``; rounded once.

    ``base`` is the amount that interest runs on where it is not the balance (flat loans: the principal).
    """
    starts, dues = plan.dates[:-1], plan.dates[1:]
    is_running = (starts < np.datetime64(on)) & (np.datetime64(on) < dues) & _exists(plan)
    opening = np.vstack([plan.loans.principal[None, :], plan.rows.balance[:-1]])
    row, loan = np.nonzero(is_running)
    part = elapsed_part(plan.day_count, starts[row, loan], plan.parts[row, loan], dues[row, loan], on)
    balance = opening[row, loan] if base is None else base[loan]
    earned = interest_accrued(balance, plan.loans.rate_units[loan], part, year_days(plan.day_count))
    found = np.zeros(len(plan.loans.principal), np.int64)
    found[loan] = np.minimum(earned, plan.rows.interest[row, loan])
    return found


def interest_to(plan: Schedules, on: date, *, base: Int64 | None = None) -> Int64:
    """Interest earned from the start to a date, as ``schedule.interest_accrued_to``."""
    is_due = plan.dates[1:] <= np.datetime64(on)
    earned: Int64 = (plan.rows.interest * is_due).sum(axis=0) + accrued_to(plan, on, base=base)
    return earned


class Penalties(NamedTuple):
    """Penalty and compound interest, in fen."""

    penalty: Int64
    compound: Int64


def penalties(principal: Int64, interest: Int64, due_on: Days, on: date, rules: Rules) -> Penalties:
    """Penalty and compound interest of rows that are unpaid since their due dates, as ``penalty.PenaltyMeter``."""
    late = actual_days(due_on, on)
    days = late if rules.grace_is_retroactive else late - rules.grace_days
    days = np.where(late > rules.grace_days, days, 0)
    base = principal + interest if rules.penalty_base == "instalment" else principal
    owed = principal + interest
    penalty = _by_days(base, days, rules.penalty_rate, rules.penalty_year_days)
    compound = _by_days(interest, days, rules.compound_rate, rules.penalty_year_days)
    return Penalties(_capped(penalty, owed, rules.penalty_cap), _capped(compound, owed, rules.compound_cap))


def _capped(amount: Int64, owed: Int64, cap: Decimal | None) -> Int64:
    """At most a fraction of what is owed."""
    if cap is None:
        return amount
    top = interest_accrued(owed, np.full_like(owed, rate_units_of(cap)), np.int64(1), 1)
    return np.minimum(amount, top)


def _by_days(amount: Int64, days: Int64, rate: Decimal, year: int) -> Int64:
    return interest_accrued(amount, np.full_like(amount, rate_units_of(rate)), days, year)


class Payoffs(NamedTuple):
    """The items of ``payoff.PayoffQuote`` for many loans; ``total`` is their sum.

    Only loans that the scalar form laid out (``portfolio``) have fees of rows and VAT added to them.
    """

    principal_due: Int64
    interest_due: Int64
    penalty: Int64
    compound: Int64
    principal_not_due: Int64
    interest_accrued: Int64
    prepayment_fee: Int64
    fee_due: Int64
    vat: Int64
    total: Int64


def payoffs(plan: Schedules, paid: Int64, on: date, rules: Rules, *, base: Int64 | None = None) -> Payoffs:
    """What repays each loan on a date, its first ``paid`` rows being paid on time and nothing else.

    Money: int64 fen. Errors: NotForMethod when a loan paid rows ahead of their due dates.
    """
    fell_due = ((plan.dates[1:] <= np.datetime64(on)) & _exists(plan)).sum(axis=0)
    if (paid < 0).any() or (paid > fell_due).any():
        raise NotForMethod(field="paid", method="rows ahead of their due dates")
    number = np.arange(len(plan.parts))[:, None]
    is_overdue = (number >= paid) & (number < fell_due)
    row, loan = np.nonzero(is_overdue)
    late = penalties(
        plan.rows.principal[row, loan], plan.rows.interest[row, loan], plan.dates[row + 1, loan], on, rules
    )
    not_due = (plan.rows.principal * ((number >= fell_due) & _exists(plan))).sum(axis=0)
    items = (
        (plan.rows.principal * is_overdue).sum(axis=0),
        (plan.rows.interest * is_overdue).sum(axis=0),
        _by_loan(late.penalty, loan, len(paid)),
        _by_loan(late.compound, loan, len(paid)),
        not_due,
        _interest_to_pay(plan, on, rules, base),
        prepayment_fees(rules.prepayment, plan.loans.start_on, on, not_due),
        np.zeros(len(paid), np.int64),
        np.zeros(len(paid), np.int64),
    )
    return Payoffs(*items, total=np.sum(items, axis=0))


def _interest_to_pay(plan: Schedules, on: date, rules: Rules, base: Int64 | None) -> Int64:
    if rules.prepayment.interest_to == "date":
        return accrued_to(plan, on, base=base)
    day = np.datetime64(on)
    is_running = (plan.dates[:-1] < day) & (day < plan.dates[1:])
    whole: Int64 = (plan.rows.interest * is_running).sum(axis=0)
    return whole


def _exists(plan: Schedules) -> np.ndarray:
    """Which rows a loan has."""
    return np.arange(len(plan.parts))[:, None] < plan.loans.periods


def _by_loan(amounts: Int64, loan: np.ndarray, count: int) -> Int64:
    found = np.zeros(count, np.int64)
    np.add.at(found, loan, amounts)
    return found


def prepayment_fees(rule: Prepayment, start_on: Days, on: date, principal: Int64) -> Int64:
    """The fee for repaying principals early, by each loan's age in whole months, as ``payoff.prepayment_fee``."""
    age, units, is_open = _months_between(start_on, on), np.zeros_like(principal), np.ones(len(principal), bool)
    for band in rule.fee_bands:
        is_in = is_open if band.before_month is None else is_open & (age < band.before_month)
        units[is_in] = rate_units_of(band.rate)
        is_open &= ~is_in
    fee = rule.fee_fixed + interest_accrued(principal, units, np.int64(1), 1)
    top = _MAX_FEN if rule.fee_max is None else rule.fee_max
    return np.where(principal > 0, np.minimum(np.maximum(fee, rule.fee_min), top), 0)


def _months_between(starts: Days, on: date) -> Int64:
    """Whole months, as ``kernel.dates.months_between``."""
    first = starts.astype("datetime64[M]")
    months = (np.datetime64(on, "M") - first).astype(np.int64)
    day = (starts - first.astype("datetime64[D]")).astype(np.int64) + 1
    whole: Int64 = months - (0 if is_month_end(on) else (on.day < day).astype(np.int64))
    return whole
