"""Money after the write-off (已核销收回)."""

from dataclasses import dataclass

from axle.amortization.book import Book
from axle.amortization.errors import NotWrittenOff
from axle.amortization.kinds.kind import Event, Kind, amount
from axle.kernel.money import Fen


@dataclass(frozen=True, slots=True, kw_only=True)
class Recovery(Event):
    """Money came in after the write-off (已核销收回)."""

    amount: Fen


def _happens(book: Book, event: Recovery) -> None:
    """Pay the claim that was kept. Errors: NotWrittenOff."""
    if book.declared.written_off_on is None:
        raise NotWrittenOff(field="events", id=event.id)
    book.receive(event.id, event.amount)


KIND = Kind("recovery", Recovery, _happens, {"amount": amount()})
