"""Replay: a loan account as a fold of its events.

``replay(terms, rules, events, as_of)`` is pure. The same set of events gives the same position in whatever order
they were entered, so a receipt entered late lands as if it had been on time, and a correction is a reversal
followed by a replay.
"""

from collections.abc import Iterable
from datetime import date

from axle.amortization import errors
from axle.amortization.book import Book
from axle.amortization.bounds import check_date
from axle.amortization.events import check_event, timeline
from axle.amortization.kinds import kind_of
from axle.amortization.kinds.disbursement import Disbursement
from axle.amortization.kinds.kind import Event
from axle.amortization.payoff import PayoffQuote, payoff_of
from axle.amortization.position import Position
from axle.amortization.rules import Rules
from axle.amortization.schedule import schedule
from axle.amortization.statement import position_of
from axle.amortization.terms import Terms


def replay(terms: Terms, rules: Rules, events: Iterable[Event], as_of: date) -> Position:
    """The position at the end of a date.

    Money: fen; for each component due = paid + waived + moved + outstanding; received + credited = paid + unapplied
    + refunded + charged back. Dates: events after ``as_of`` do not count; the clock is not read.
    Errors: those of ``events`` (DuplicateEvent, ReversalOfUnknown, EventBeforeStart, DisbursementMismatch …),
    DateOutOfRange, NothingDisbursed, NotForMethod where rows of an irregular or rule-78 loan would have to be laid out
    anew, and those of the kinds (``kinds``).
    """
    return position_of(_fold(terms, rules, events, as_of), as_of)


def replay_with_payoff(
    terms: Terms, rules: Rules, events: Iterable[Event], as_of: date
) -> tuple[Position, PayoffQuote]:
    """The position at the end of a date, and what repays the loan on it, by one fold. Errors: as ``replay``."""
    book = _fold(terms, rules, events, as_of)
    return position_of(book, as_of), payoff_of(book)


def payoff_quote(terms: Terms, rules: Rules, events: Iterable[Event], on: date) -> PayoffQuote:
    """What repays the whole loan on a date, given its events to that date. Errors: as ``replay``."""
    return payoff_of(_fold(terms, rules, events, on))


def _happen(book: Book, event: Event) -> None:
    """Let an event happen; a refusal tells which one it was, whatever rule it broke."""
    try:
        kind_of(event).happens(book, event)
    except errors.AmortizationError as refusal:
        refusal.params.setdefault("id", event.id)
        refusal.field = "events"
        raise


def _fold(terms: Terms, rules: Rules, events: Iterable[Event], as_of: date) -> Book:
    check_date(as_of, "as_of")
    entered = list(events)
    for event in entered:
        check_event(event, terms)
    book = Book(terms, rules, schedule(terms))
    for event in timeline(entered, as_of):
        if not book.disbursed and not isinstance(event, Disbursement):
            raise errors.NothingDisbursed(field="events", id=event.id)
        book.advance(event.on)
        _happen(book, event)
    book.advance(max(as_of, book.today))
    book.run_penalty()
    return book
