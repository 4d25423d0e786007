"""The margin deposit pays (保证金冲抵)."""

from dataclasses import dataclass

from axle.amortization.book import Book
from axle.amortization.deposit import deposit_amount
from axle.amortization.errors import DepositUsedUp, NoDeposit
from axle.amortization.kinds.kind import Event, Kind, amount
from axle.amortization.terms import Terms
from axle.kernel.money import Fen, yuan


@dataclass(frozen=True, slots=True, kw_only=True)
class DepositOffset(Event):
    """A part of the margin deposit pays what is due (保证金冲抵), as money of the borrower that was held already."""

    amount: Fen


def _happens(book: Book, event: DepositOffset) -> None:
    """Pay with what is left of the deposit. Errors: DepositUsedUp."""
    left = deposit_amount(book.terms) - book.deposit_used
    if event.amount > left:
        raise DepositUsedUp(field="events", id=event.id, left=yuan(Fen(left)))
    book.deposit_used = Fen(book.deposit_used + event.amount)
    book.credit(event.id, event.amount)


def _check(event: DepositOffset, terms: Terms) -> None:
    if terms.deposit is None:
        raise NoDeposit(field="events", id=event.id)


KIND = Kind("deposit_offset", DepositOffset, _happens, {"amount": amount()}, _check)
