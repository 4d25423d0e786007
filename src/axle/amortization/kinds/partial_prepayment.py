"""Early repayment of a part of the principal (部分提前还款)."""

from dataclasses import dataclass

from axle.amortization.book import Book
from axle.amortization.choices import PartialMode
from axle.amortization.kinds.kind import Event, Kind, amount, choice, optional
from axle.amortization.kinds.payoff import pay_off
from axle.amortization.layout import lay_out, periods_left, place, refuse_fixed
from axle.amortization.payoff import prepayment_fee
from axle.kernel.money import ZERO, Fen
from axle.kernel.rounding import half_up


@dataclass(frozen=True, slots=True, kw_only=True)
class PartialPrepayment(Event):
    """Money came in to repay principal early (部分提前还款).

    It first pays what is due and the interest to date. When too little is left for the rule's minimum, the money
    is a plain receipt; when nothing but the fee would be left open, the loan is paid off.
    """

    amount: Fen
    mode: PartialMode | None = None


def _happens(book: Book, event: PartialPrepayment) -> None:
    """Repay a part of the principal early with what is left after all dues and the interest to date.

    Errors: NotForMethod where the rows cannot be laid out anew.
    """
    refuse_fixed(book)
    book.run_penalty()
    dues = sum(row.outstanding_total for row in book.payable)
    interest = book.interest_accrued + book.deferred_interest
    principal = _principal_for(book, event.amount + book.unapplied - dues, interest)
    if principal >= book.principal_not_due:
        pay_off(book, event.id, event.amount)
        return
    if principal < book.rules.prepayment.principal_min:
        book.plain_receipts.append(event.id)
    else:
        _repay(book, event, principal, interest)
    book.receive(event.id, event.amount)


def _principal_for(book: Book, money: int, interest: int) -> int:
    """The most principal that the money repays together with the interest to date, its fee and VAT."""
    low, high = 0, max(min(money - interest, book.principal_not_due), 0)
    while low < high:
        middle = (low + high + 1) // 2
        if middle + _cost(book, middle, interest) <= money:
            low = middle
        else:
            high = middle - 1
    return low


def _cost(book: Book, principal: int, interest: int) -> int:
    fee = prepayment_fee(book.rules.prepayment, book.terms, book.today, principal)
    interest += _interest_to_period_end(book, principal)
    return fee + interest + book.charges.added(principal + interest)


def _interest_to_period_end(book: Book, principal: int) -> int:
    """Interest that the prepaid principal would have earned to the next due date, where the rule takes it."""
    if book.rules.prepayment.interest_to == "date" or not any(book.started()):
        return 0
    periods = periods_left(book)
    return half_up(principal * periods.factors[0], periods.scale)


def _repay(book: Book, event: PartialPrepayment, principal: int, interest: int) -> None:
    fee = prepayment_fee(book.rules.prepayment, book.terms, book.today, principal)
    interest += _interest_to_period_end(book, principal)
    rows = lay_out(book, book.principal_not_due - principal, mode=event.mode or book.rules.prepayment.mode)
    book.fall_due_now("prepayment", event.id, principal=principal, interest=interest, fee=fee)
    book.deferred_interest = ZERO
    place(book, rows)


FIELDS = {"amount": amount(), "mode": optional(choice(PartialMode))}
KIND = Kind("prepayment", PartialPrepayment, _happens, FIELDS, variant=("scope", "partial"))
