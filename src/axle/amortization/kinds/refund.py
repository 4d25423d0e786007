"""Refund of money that waits (溢缴款退款)."""

from dataclasses import dataclass

from axle.amortization.book import Book
from axle.amortization.kinds.kind import Event, Kind, amount
from axle.kernel.money import Fen


@dataclass(frozen=True, slots=True, kw_only=True)
class Refund(Event):
    """Money that waited unapplied was paid back (溢缴款退款), up to what waits."""

    amount: Fen


def _happens(book: Book, event: Refund) -> None:
    book.refund(event.amount)


KIND = Kind("refund", Refund, _happens, {"amount": amount()})
