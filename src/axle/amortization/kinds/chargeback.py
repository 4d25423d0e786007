"""A receipt taken back by the payer's bank (退票/拒付)."""

from dataclasses import dataclass

from axle.amortization.book import Book
from axle.amortization.kinds.kind import Event, Kind, amount, optional, text
from axle.kernel.money import Fen


@dataclass(frozen=True, slots=True, kw_only=True)
class Chargeback(Event):
    """The payer's bank took the money of ``of`` back (退票/拒付), all of it or ``amount``.

    Unlike a reversal it does not undo the past: what the money had paid is owed again, and penalty runs again, from
    this date on.
    """

    of: str
    amount: Fen | None = None


def _happens(book: Book, event: Chargeback) -> None:
    book.take_back(event.of, event.amount)


KIND = Kind("chargeback", Chargeback, _happens, {"of": text(), "amount": optional(amount())})
