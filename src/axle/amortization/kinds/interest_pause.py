"""Days without interest (停息)."""

from dataclasses import dataclass
from datetime import date

from axle.amortization.book import Book
from axle.amortization.errors import PauseEndsEarly
from axle.amortization.kinds.kind import Event, Kind, day, flag, optional
from axle.amortization.layout import reprice, require_rows
from axle.amortization.terms import Terms


@dataclass(frozen=True, slots=True, kw_only=True)
class InterestPause(Event):
    """No interest runs from the date to ``until``, and no penalty unless ``keeps_penalty`` (停息)."""

    until: date
    keeps_penalty: bool = False


def _happens(book: Book, event: InterestPause) -> None:
    """Principals stay, so that instalments of the pause are smaller. Errors: NothingToCome where nothing pauses."""
    book.run_penalty()
    if event.keeps_penalty:
        require_rows(book, event.id)
    else:
        book.meter.pause(book.today, event.until)
    if book.upcoming:
        carried = book.interest_accrued
        book.paused_until = max(book.paused_until, event.until)
        reprice(book, carried)


def _check(event: InterestPause, terms: Terms) -> None:
    if event.until <= event.on:
        raise PauseEndsEarly(field="events", id=event.id)


KIND = Kind(
    "interest_pause", InterestPause, _happens, {"until": day(), "keeps_penalty": optional(flag(), False)}, _check
)
