"""Early settlement (提前结清): what must be paid on a day so that nothing is owed any more."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from axle.amortization.book import Book
from axle.amortization.fees import rate_of
from axle.amortization.rules import Prepayment
from axle.amortization.terms import Terms
from axle.kernel.dates import months_between
from axle.kernel.money import ZERO, Fen
from axle.kernel.rounding import round_fen


@dataclass(frozen=True, slots=True)
class PayoffQuote:
    """The payoff amount of a day and its items (结清试算).

    ``total`` = due items + principal not due + accrued interest + the VAT added to both + fee - unapplied money, never
    below zero.
    ``per_diem`` is what one more day costs before the next due date, rounded.
    """

    on: date
    principal_due: Fen
    interest_due: Fen
    penalty: Fen
    compound: Fen
    fee_due: Fen
    principal_not_due: Fen
    interest_accrued: Fen
    prepayment_fee: Fen
    unapplied: Fen
    total: Fen
    per_diem: Fen
    vat: Fen = ZERO


def prepayment_fee(rule: Prepayment, terms: Terms, on: date, principal: int) -> Fen:
    """The fee for repaying a principal early on a date, by the loan's age in whole months."""
    if principal <= 0:
        return ZERO
    age = months_between(terms.start_on, on)
    rates = (band.rate for band in rule.fee_bands if band.before_month is None or age < band.before_month)
    rate = next(rates, None)
    fee = rule.fee_fixed + (rate_of(principal, rate.as_integer_ratio()) if rate is not None else 0)
    fee = max(fee, rule.fee_min)
    return Fen(fee if rule.fee_max is None else min(fee, rule.fee_max))


def interest_to_pay(book: Book) -> Fen:
    """Interest of an early settlement today: earned to date, or all of the running period by the rule."""
    if not book.upcoming:
        return ZERO
    if book.rules.prepayment.interest_to == "date":
        return Fen(book.interest_accrued + book.deferred_interest)
    running = list(book.started())
    is_last = book.upcoming[-1] in running  # its interest has the deferred in it
    return Fen(sum(row.plan.interest for row in running) + (0 if is_last else book.deferred_interest))


def payoff_of(book: Book) -> PayoffQuote:
    """The payoff amount of the book's day."""
    book.run_penalty()
    owed = {component: book.outstanding_due(component) for component in book.rules.allocation_order}
    principal, interest = book.principal_not_due, interest_to_pay(book)
    fee = prepayment_fee(book.rules.prepayment, book.terms, book.today, principal)
    vat = book.charges.added(principal + interest)
    total = sum(owed.values()) + principal + interest + vat + fee
    return PayoffQuote(
        on=book.today,
        principal_due=owed["principal"],
        interest_due=owed["interest"],
        penalty=owed["penalty"],
        compound=owed["compound"],
        fee_due=owed["fee"],
        principal_not_due=principal,
        interest_accrued=interest,
        prepayment_fee=fee,
        unapplied=book.unapplied,
        total=Fen(max(total - book.unapplied, 0)),
        per_diem=_per_diem(book),
        vat=vat,
    )


def _per_diem(book: Book) -> Fen:
    """One day of interest and penalty; a day is the period's average where months have thirty days."""
    cost = sum((book.meter.per_day(row, book.today) for row in book.payable), Fraction(0))
    if book.rules.prepayment.interest_to == "date":
        for row in book.upcoming:
            if row.plan.starts_on <= book.today and row.plan.days:
                cost += Fraction(row.plan.exact, book.scale * row.plan.days)
    return round_fen(cost)
