"""Waiver (减免)."""

from dataclasses import dataclass

from axle.amortization.book import Book
from axle.amortization.choices import Component
from axle.amortization.errors import UnknownInstalment
from axle.amortization.kinds.kind import Event, Kind, amount, choice, optional, whole
from axle.kernel.money import Fen


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiver(Event):
    """Up to ``amount`` of a component was forgiven (减免), oldest instalment first; what is not owed lapses.

    Only what is due on the date can be waived; ``no`` narrows it to one instalment.
    """

    component: Component
    amount: Fen
    no: int | None = None


def _happens(book: Book, event: Waiver) -> None:
    """Forgive what is due. Errors: UnknownInstalment."""
    if event.no is not None and not book.has_instalment(event.no):
        raise UnknownInstalment(field="events", id=event.id, no=event.no)
    book.waive(event.component, event.amount, event.no)


FIELDS = {"component": choice(Component), "amount": amount(), "no": optional(whole(0, 10_000))}
KIND = Kind("waiver", Waiver, _happens, FIELDS)
