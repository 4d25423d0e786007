"""A fee during the life of a loan (费用)."""

from dataclasses import dataclass

from axle.amortization.book import Book
from axle.amortization.kinds.kind import Event, Kind, amount, optional, text
from axle.kernel.money import Fen


@dataclass(frozen=True, slots=True, kw_only=True)
class Charge(Event):
    """A fee became due on its date, such as a change fee or tow cost (费用)."""

    amount: Fen
    code: str = ""


def _happens(book: Book, event: Charge) -> None:
    book.fall_due_now("charge", event.id, principal=0, interest=0, fee=event.amount)
    book.pay()


KIND = Kind("fee", Charge, _happens, {"amount": amount(), "code": optional(text(), "")})
