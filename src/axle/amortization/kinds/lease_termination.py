"""Early end of a lease (提前终止)."""

from dataclasses import dataclass, replace

from axle.amortization.book import Book
from axle.amortization.kinds.kind import Event, Kind, amount, optional
from axle.kernel.money import ZERO, Fen


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaseTermination(Event):
    """The lease ends early (提前终止): all falls due with ``fee``; the returned vehicle pays ``vehicle_value``."""

    fee: Fen = ZERO
    vehicle_value: Fen = ZERO


def _happens(book: Book, event: LeaseTermination) -> None:
    """All of it falls due with the fee, and the returned vehicle pays what it is worth."""
    book.all_falls_due("termination", event.id, fee=event.fee)
    book.declared = replace(book.declared, terminated_on=book.declared.terminated_on or book.today)
    book.credit(event.id, event.vehicle_value)


KIND = Kind(
    "lease_termination",
    LeaseTermination,
    _happens,
    {"fee": optional(amount(0), ZERO), "vehicle_value": optional(amount(0), ZERO)},
)
