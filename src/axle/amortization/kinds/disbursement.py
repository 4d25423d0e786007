"""Disbursement (放款)."""

from dataclasses import dataclass

from axle.amortization.book import Book
from axle.amortization.errors import DisbursementMismatch
from axle.amortization.kinds.kind import Event, Kind, amount
from axle.amortization.terms import Terms
from axle.kernel.money import Fen


@dataclass(frozen=True, slots=True, kw_only=True)
class Disbursement(Event):
    """The principal was paid out (放款)."""

    amount: Fen


def _happens(book: Book, event: Disbursement) -> None:
    if book.disbursed:
        raise DisbursementMismatch(field="events", id=event.id)
    book.open_plan(event.amount)
    book.advance(event.on)


def _check(event: Disbursement, terms: Terms) -> None:
    if event.amount != terms.principal or event.on != terms.start_on:
        raise DisbursementMismatch(field="events", id=event.id)


KIND = Kind("disbursement", Disbursement, _happens, {"amount": amount()}, _check)
