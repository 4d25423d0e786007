"""The margin deposit pays (保证金冲抵)."""

from dataclasses import dataclass

from axle.amortization.book import Book
from axle.amortization.kinds.kind import Event, Kind, amount
from axle.kernel.money import Fen


@dataclass(frozen=True, slots=True, kw_only=True)
class DepositOffset(Event):
    """A part of the margin deposit pays what is due (保证金冲抵), as money of the borrower that was held already."""

    amount: Fen


def _happens(book: Book, event: DepositOffset) -> None:
    book.credit(event.id, event.amount)


KIND = Kind("deposit_offset", DepositOffset, _happens, {"amount": amount()})
