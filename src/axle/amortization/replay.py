"""Replay: a loan account as a fold of its events.

``replay(terms, rules, events, as_of)`` is pure. The same set of events gives the same position in whatever order
they were entered, so a receipt entered late lands as if it had been on time, and a correction is a reversal
followed by a replay.
"""

from collections.abc import Callable, Iterable
from datetime import date

from axle.amortization import errors
from axle.amortization.book import Book
from axle.amortization.choices import COMPONENTS
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
from axle.amortization.position import Amounts, Position, RowPosition
from axle.amortization.prepayment import FIXED_METHODS, pay_off, prepay
from axle.amortization.row import Row, row_of
from axle.amortization.rules import Rules
from axle.amortization.schedule import Instalment, Schedule, schedule
from axle.amortization.terms import Terms
from axle.kernel.money import ZERO, Fen


def replay(terms: Terms, rules: Rules, events: Iterable[Event], as_of: date) -> Position:
    """The position at the end of a date.

    Money: fen; for each component due = paid + waived + outstanding, and what was received is paid, unapplied or
    refunded. Dates: events after ``as_of`` do not count; the clock is not read.
    Errors: those of ``events`` (DuplicateEvent, ReversalOfUnknown, EventBeforeStart, DisbursementMismatch …),
    NothingDisbursed, NotForMethod for a partial prepayment of an irregular or rule-78 loan.
    """
    return _position(_fold(terms, rules, events, as_of))


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
        _HANDLERS[type(event)](book, event)
    book.advance(max(as_of, book.today))
    book.run_penalty()
    return book


def _disburse(book: Book, event: Disbursement) -> None:
    if book.disbursed:
        raise errors.DisbursementMismatch(field="events", id=event.id)
    book.open_plan(book.plan, event.amount)
    book.advance(event.on)


def _charge(book: Book, event: Charge) -> None:
    zero = ZERO
    plan = Instalment(0, event.on, 0, zero, zero, event.amount, event.amount, zero, event.on, 0)
    book.fall_due(row_of(plan, "charge", event.id))
    book.pay()


def _waive(book: Book, event: Waiver) -> None:
    book.waive(event.component, event.amount, event.no)


def _receive(book: Book, event: Receipt) -> None:
    book.receive(event.id, event.amount)


def _prepay(book: Book, event: PartialPrepayment) -> None:
    if book.terms.method in FIXED_METHODS:
        raise errors.NotForMethod(field="events", method=book.terms.method)
    prepay(book, event)


def _refund(book: Book, event: Refund) -> None:
    book.refund(event.amount)


_HANDLERS: dict[type[Event], Callable[[Book, Event], None]] = {
    Disbursement: _disburse,  # type: ignore[dict-item]
    Charge: _charge,  # type: ignore[dict-item]
    Waiver: _waive,  # type: ignore[dict-item]
    Receipt: _receive,  # type: ignore[dict-item]
    PartialPrepayment: _prepay,  # type: ignore[dict-item]
    Payoff: pay_off,  # type: ignore[dict-item]
    Refund: _refund,  # type: ignore[dict-item]
}


# --- the answer ----------------------------------------------------------------------------------------------


def _position(book: Book) -> Position:
    rows = [_row_position(row, book) for row in [*book.rows, *book.upcoming]]
    fallen = book.rows
    due, paid, waived = (
        _sum(part) for part in ([r.due for r in fallen], [r.paid for r in fallen], [r.waived for r in fallen])
    )
    late = [row for row in rows if row.days_past_due]
    is_settled = bool(book.disbursed) and not book.upcoming and not book.payable
    outstanding = Amounts(*(Fen(a - b - c) for a, b, c in zip(due, paid, waived, strict=True)))
    return Position(
        as_of=book.today,
        disbursed=book.disbursed,
        due=due,
        paid=paid,
        waived=waived,
        outstanding=outstanding,
        principal_balance=Fen(outstanding.principal + book.principal_not_due),
        principal_not_due=book.principal_not_due,
        interest_accrued=book.interest_accrued,
        overdue=Fen(sum(row.outstanding_total for row in book.payable if row.due_on < book.today)),
        unapplied=book.unapplied,
        received=book.received,
        refunded=book.refunded,
        days_past_due=max((row.days_past_due for row in late), default=0),
        next_due_on=book.upcoming[0].due_on if book.upcoming else None,
        next_due=book.upcoming[0].plan.total if book.upcoming else ZERO,
        settled_on=max(row.settled_on for row in book.rows if row.settled_on) if is_settled else None,
        rows=tuple(rows),
        schedule=_schedule_now(book),
        allocations=tuple(book.lines),
        plain_receipts=tuple(book.plain_receipts),
    )


def _row_position(row: Row, book: Book) -> RowPosition:
    due, paid, waived = (
        Amounts(*map(Fen, row.due)),
        Amounts(*map(Fen, row.paid)),
        Amounts(*map(Fen, row.waived)),
    )
    outstanding = Amounts(*(Fen(a - b - c) for a, b, c in zip(due, paid, waived, strict=True)))
    is_late = row.due_on < book.today and row.outstanding_scheduled > book.rules.overdue_tolerance
    days = (book.today - row.due_on).days if is_late else 0
    return RowPosition(row.kind, row.no, row.ref, row.due_on, due, paid, waived, outstanding, days, row.settled_on)


def _sum(parts: list[list[int]]) -> Amounts:
    return (
        Amounts(*(Fen(sum(column)) for column in zip(*parts, strict=True)))
        if parts
        else Amounts(*[ZERO] * len(COMPONENTS))
    )


def _schedule_now(book: Book) -> Schedule:
    rows = [*book.rows, *book.upcoming]
    plans = tuple(row.plan for row in rows if row.kind != "charge") or book.plan.instalments
    return Schedule(book.terms, plans, book.scale, book.instalment, book.deferred_interest)
