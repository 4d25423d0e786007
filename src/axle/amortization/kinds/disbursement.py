"""Disbursement (放款)."""

from dataclasses import dataclass

from axle.amortization.book import Book
from axle.amortization.errors import DisbursementMismatch
from axle.amortization.kinds.kind import Event, Kind, amount
from axle.amortization.layout import lay_out_anew, require_rows
from axle.kernel.money import Fen


@dataclass(frozen=True, slots=True, kw_only=True)
class Disbursement(Event):
    """Principal was paid out (放款).

    The first one is on the start date; together they stay within the principal of the terms. A later one joins the
    principal that is not due, and the rows to come are laid out anew over the same term.
    """

    amount: Fen


def _happens(book: Book, event: Disbursement) -> None:
    is_first = not book.disbursed
    if book.disbursed + event.amount > book.terms.principal or (is_first and event.on != book.terms.start_on):
        raise DisbursementMismatch(field="events", id=event.id)
    if is_first:
        book.open_plan(event.amount)
        book.advance(event.on)
    else:
        _pay_out_more(book, event)


def _pay_out_more(book: Book, event: Disbursement) -> None:
    require_rows(book, event.id)
    carried = book.interest_accrued
    book.disbursed = Fen(book.disbursed + event.amount)
    lay_out_anew(book, book.principal_not_due + event.amount, carried=carried)


KIND = Kind("disbursement", Disbursement, _happens, {"amount": amount()})
