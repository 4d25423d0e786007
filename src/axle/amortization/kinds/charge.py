"""A fee during the life of a loan (费用)."""

from dataclasses import dataclass

from axle.amortization.book import Book
from axle.amortization.kinds.kind import Event, Kind, amount, optional, text
from axle.amortization.row import row_of
from axle.amortization.schedule import Instalment
from axle.kernel.money import ZERO, Fen


@dataclass(frozen=True, slots=True, kw_only=True)
class Charge(Event):
    """A fee became due on its date, such as a change fee or tow cost (费用)."""

    amount: Fen
    code: str = ""


def _happens(book: Book, event: Charge) -> None:
    plan = Instalment(0, event.on, 0, ZERO, ZERO, event.amount, event.amount, ZERO, event.on, 0)
    book.fall_due(row_of(plan, "charge", event.id))
    book.pay()


KIND = Kind("fee", Charge, _happens, {"amount": amount(), "code": optional(text(), "")})
