"""Reversal of an event (冲正)."""

from dataclasses import dataclass

from axle.amortization.book import Book
from axle.amortization.kinds.kind import Event, Kind, text


@dataclass(frozen=True, slots=True, kw_only=True)
class Reversal(Event):
    """The event ``of`` counts as never having happened, from the reversal's date on (冲正)."""

    of: str


def _happens(book: Book, event: Reversal) -> None:
    """Nothing: ``events.timeline`` has left out both the reversal and what it reverses."""


KIND = Kind("reversal", Reversal, _happens, {"of": text()})
