"""Early end of a lease (提前终止)."""

from dataclasses import dataclass, replace

from axle.amortization.book import Book
from axle.amortization.errors import LeaseHasEnded, NotALease
from axle.amortization.kinds.kind import Event, Kind, amount, optional
from axle.amortization.terms import Terms
from axle.kernel.money import ZERO, Fen


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaseTermination(Event):
    """The lease ends early (提前终止): all falls due with ``fee``; the returned vehicle pays ``vehicle_value``.

    A lease is what has rent in advance, an agreed rent, VAT on the rent, a residual or a purchase price.
    """

    fee: Fen = ZERO
    vehicle_value: Fen = ZERO


def refuse_ended(book: Book, event: Event) -> None:
    """Refuse a second end of a lease. Errors: LeaseHasEnded."""
    if ended_on := book.declared.terminated_on or book.declared.purchased_on:
        raise LeaseHasEnded(field="events", id=event.id, on=ended_on)


def _happens(book: Book, event: LeaseTermination) -> None:
    """All of it falls due with the fee, and the returned vehicle pays what it is worth. Errors: LeaseHasEnded."""
    refuse_ended(book, event)
    book.all_falls_due("termination", event.id, fee=event.fee)
    book.declared = replace(book.declared, terminated_on=book.today)
    book.credit(event.id, event.vehicle_value)


def _check(event: LeaseTermination, terms: Terms) -> None:
    marks = terms.timing == "advance", terms.rent, terms.vat_base == "rent", terms.residual, terms.purchase_price
    if not any(marks):
        raise NotALease(field="events", id=event.id)


KIND = Kind(
    "lease_termination",
    LeaseTermination,
    _happens,
    {"fee": optional(amount(0), ZERO), "vehicle_value": optional(amount(0), ZERO)},
    _check,
)
