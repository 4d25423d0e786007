"""Subvention from the dealer or manufacturer (贴息到账)."""

from dataclasses import dataclass

from axle.amortization.book import Book
from axle.amortization.errors import NoSubvention
from axle.amortization.kinds.kind import Event, Kind, amount
from axle.amortization.terms import Terms
from axle.kernel.money import Fen


@dataclass(frozen=True, slots=True, kw_only=True)
class SubventionReceipt(Event):
    """The dealer or manufacturer paid subvention (贴息到账). It is kept apart: the borrower's dues do not change."""

    amount: Fen


def _happens(book: Book, event: SubventionReceipt) -> None:
    book.subvention_received = Fen(book.subvention_received + event.amount)


def _check(event: SubventionReceipt, terms: Terms) -> None:
    if terms.subvention is None:
        raise NoSubvention(field="events", id=event.id)


KIND = Kind("subvention_receipt", SubventionReceipt, _happens, {"amount": amount()}, _check)
