"""Receipt (还款)."""

from dataclasses import dataclass

from axle.amortization.book import Book
from axle.amortization.kinds.kind import Event, Kind, amount
from axle.kernel.money import Fen


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt(Event):
    """Money came in (还款). What is due is paid at once; the rest waits for the next due date."""

    amount: Fen


def _happens(book: Book, event: Receipt) -> None:
    book.receive(event.id, event.amount)


KIND = Kind("receipt", Receipt, _happens, {"amount": amount()})
