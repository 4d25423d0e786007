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
from axle.amortization.vector.charged import added_vat
from axle.amortization.vector.columns import RATE_UNIT, Days, Int64
from axle.amortization.vector.interest import FINE_UNIT, fine_interest, interest_accrued
from axle.amortization.vector.laid import Laid, laid_of
from axle.amortization.vector.schedules import Schedules
from axle.kernel.dates import is_month_end
from axle.kernel.rounding import half_up

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
    return running_interest(laid_of(plan, base), on)


def interest_to(plan: Schedules, on: date, *, base: Int64 | None = None) -> Int64:
    """Interest earned from the start to a date, as ``schedule.interest_accrued_to``."""
    return earned_interest(laid_of(plan, base), on)


def running_interest(plan: Laid, on: date) -> Int64:
    """``accrued_to`` of schedules that any form laid out."""
    day, year = np.datetime64(on), year_days(plan.day_count)
    row, loan = np.nonzero((plan.starts < day) & (day < plan.dues))
    at = row, loan
    part, span = plan.parts[at], plan.spans[at]
    passed = elapsed_part(plan.day_count, plan.starts[at], span, plan.dues[at], on)
    balance = plan.opening[at] if plan.base is None else plan.base[loan]
    earned = fine_interest(balance, plan.rate[loan], np.where(part == 0, 0, passed), year)
    for lane in np.flatnonzero((part != span) & (part != 0)):
        top = int(balance[lane]) * int(plan.rate[loan[lane]]) * int(part[lane]) * int(passed[lane])
        earned[lane] = half_up(top, FINE_UNIT * year * int(span[lane]))
    found = np.zeros(len(plan.lent), np.int64)
    found[loan] = np.minimum(earned, plan.interest[at])
    return found


def earned_interest(plan: Laid, on: date) -> Int64:
    """``interest_to`` of schedules that any form laid out."""
    earned: Int64 = (plan.interest * (plan.dues <= np.datetime64(on))).sum(axis=0) + running_interest(plan, on)
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
    """The items of ``payoff.PayoffQuote`` for many loans; ``total`` is their sum."""

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
    return payoffs_of(laid_of(plan, base), paid, on, rules)


def payoffs_of(plan: Laid, paid: Int64, on: date, rules: Rules) -> Payoffs:
    """``payoffs`` of schedules that any form laid out."""
    fell_due = (plan.dues <= np.datetime64(on)).sum(axis=0)
    if (paid < 0).any() or (paid > fell_due).any():
        raise NotForMethod(field="paid", method="rows ahead of their due dates")
    number = np.arange(len(plan.principal))[:, None]
    is_overdue = (number >= paid) & (number < fell_due)
    row, loan = np.nonzero(is_overdue)
    late = penalties(plan.principal[row, loan], plan.interest[row, loan], plan.dues[row, loan], on, rules)
    not_due = (plan.principal * (number >= fell_due)).sum(axis=0)
    interest = _interest_to_pay(plan, fell_due, on, rules)
    items = (
        (plan.principal * is_overdue).sum(axis=0),
        (plan.interest * is_overdue).sum(axis=0),
        _by_loan(late.penalty, loan, len(paid)),
        _by_loan(late.compound, loan, len(paid)),
        not_due,
        interest,
        prepayment_fees(rules.prepayment, plan.start_on, on, not_due),
        ((plan.total - plan.principal - plan.interest) * is_overdue).sum(axis=0),
        added_vat(not_due + interest, plan.vat_added),
    )
    return Payoffs(*items, total=np.sum(items, axis=0))


def _interest_to_pay(plan: Laid, fell_due: Int64, on: date, rules: Rules) -> Int64:
    """Interest of the running row, and what a stub left to the last one, as ``payoff.interest_to_pay``."""
    deferred = np.where(fell_due < plan.counts, plan.deferred, 0)
    if rules.prepayment.interest_to == "date":
        return running_interest(plan, on) + deferred
    day = np.datetime64(on)
    is_running = (plan.starts < day) & (day < plan.dues)
    is_last = is_running[plan.counts - 1, np.arange(len(plan.counts))] if len(plan.counts) else False
    whole: Int64 = (plan.interest * is_running).sum(axis=0) + np.where(is_last, 0, deferred)
    return whole


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
