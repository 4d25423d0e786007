"""Replay: a loan account as a fold of its events.

``replay(terms, rules, events, as_of)`` is pure. The same set of events gives the same position in whatever order
they were entered, so a receipt entered late lands as if it had been on time, and a correction is a reversal
followed by a replay.
"""

from collections.abc import Iterable
from datetime import date

from axle.amortization import errors
from axle.amortization.book import Book
from axle.amortization.events import (
    Charge,
    Disbursement,
    Event,
    PartialPrepayment,
    Payoff,
    Receipt,
    Refund,
    Waiver,
    check_event,
    timeline,
)
from axle.amortization.payoff import PayoffQuote, payoff_of
from axle.amortization.position import Position
from axle.amortization.prepayment import pay_off, prepay
from axle.amortization.row import row_of
from axle.amortization.rules import Rules
from axle.amortization.schedule import Instalment, schedule
from axle.amortization.statement import position_of
from axle.amortization.terms import Terms
from axle.kernel.money import ZERO


def replay(terms: Terms, rules: Rules, events: Iterable[Event], as_of: date) -> Position:
    """The position at the end of a date.

    Money: fen; for each component due = paid + waived + outstanding, and what was received is paid, unapplied or
    refunded. Dates: events after ``as_of`` do not count; the clock is not read.
    Errors: those of ``events`` (DuplicateEvent, ReversalOfUnknown, EventBeforeStart, DisbursementMismatch …),
    NothingDisbursed, NotForMethod for a partial prepayment of an irregular or rule-78 loan.
    """
    return position_of(_fold(terms, rules, events, as_of), as_of)


def payoff_quote(terms: Terms, rules: Rules, events: Iterable[Event], on: date) -> PayoffQuote:
    """What repays the whole loan on a date, given its events to that date. Errors: as ``replay``."""
    return payoff_of(_fold(terms, rules, events, on))


def _fold(terms: Terms, rules: Rules, events: Iterable[Event], as_of: date) -> Book:
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


def _happen(book: Book, event: Event) -> None:
    match event:
        case Disbursement():
            _disburse(book, event)
        case Charge():
            _charge(book, event)
        case Waiver():
            book.waive(event.component, event.amount, event.no)
        case Receipt():
            book.receive(event.id, event.amount)
        case PartialPrepayment():
            prepay(book, event)
        case Payoff():
            pay_off(book, event)
        case Refund():
            book.refund(event.amount)


def _disburse(book: Book, event: Disbursement) -> None:
    if book.disbursed:
        raise errors.DisbursementMismatch(field="events", id=event.id)
    book.open_plan(event.amount)
    book.advance(event.on)


def _charge(book: Book, event: Charge) -> None:
    plan = Instalment(0, event.on, 0, ZERO, ZERO, event.amount, event.amount, ZERO, event.on, 0)
    book.fall_due(row_of(plan, "charge", event.id))
    book.pay()
