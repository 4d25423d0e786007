"""The whole loan falls due (宣布提前到期)."""

from dataclasses import dataclass, replace

from axle.amortization.book import Book
from axle.amortization.kinds.kind import Event, Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Acceleration(Event):
    """All principal and the interest to date fall due (宣布提前到期)."""


def _happens(book: Book, event: Acceleration) -> None:
    """What is unpaid bears penalty from today on."""
    book.all_falls_due("acceleration", event.id)
    book.declared = replace(book.declared, accelerated_on=book.declared.accelerated_on or book.today)
    book.pay()


KIND = Kind("acceleration", Acceleration, _happens, {})
