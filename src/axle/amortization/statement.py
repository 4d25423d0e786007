"""The answer of a replay: a position, read off the book."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from axle.amortization.book import Book
from axle.amortization.choices import COMPONENTS
from axle.amortization.position import Amounts, Declared, Position, RowPosition
from axle.amortization.row import Row
from axle.amortization.schedule import Schedule
from axle.kernel.money import ZERO, Fen

_PARTS = ("due", "paid", "waived", "moved")


def position_of(book: Book, as_of: date) -> Position:
    """The position of the book's loan, whose penalty has run to ``as_of``."""
    due, paid, waived, moved = (_sum(getattr(row, part) for row in book.rows) for part in _PARTS)
    outstanding = _rest(due, paid, waived, moved)
    rows = tuple(_row_position(row, book) for row in [*book.rows, *book.upcoming])
    upcoming = book.upcoming[0].plan if book.upcoming else None
    return Position(
        as_of=as_of,
        disbursed=book.disbursed,
        due=due,
        paid=paid,
        waived=waived,
        moved=moved,
        outstanding=outstanding,
        principal_balance=Fen(outstanding.principal + book.principal_not_due),
        principal_not_due=book.principal_not_due,
        interest_accrued=book.interest_accrued,
        overdue=Fen(sum(row.outstanding_total for row in book.payable if row.due_on < book.today)),
        unapplied=book.unapplied,
        received=book.received,
        credited=book.credited,
        refunded=book.refunded,
        charged_back=book.charged_back,
        recovered=book.recovered,
        subvention_received=book.subvention_received,
        annual_rate=book.terms.annual_rate,
        declared=_declared(book),
        days_past_due=max((row.days_past_due for row in rows), default=0),
        next_due_on=upcoming.due_on if upcoming else None,
        next_due=upcoming.total if upcoming else ZERO,
        settled_on=_settled_on(book),
        rows=rows,
        schedule=_schedule_now(book),
        allocations=tuple(book.lines),
        plain_receipts=tuple(book.plain_receipts),
    )


def _declared(book: Book) -> Declared:
    if book.declared.non_accrual_since is None:
        return book.declared
    return replace(book.declared, interest_suspended=Fen(book.interest_earned - book.earned_at_charge_off))


def _settled_on(book: Book) -> date | None:
    if not book.disbursed or book.upcoming or book.payable:
        return None
    return max(row.settled_on for row in book.rows if row.settled_on)


def _row_position(row: Row, book: Book) -> RowPosition:
    due, paid, waived, moved = (_amounts(getattr(row, part)) for part in _PARTS)
    is_late = row.due_on < book.today and row.outstanding_scheduled > book.rules.overdue_tolerance
    return RowPosition(
        kind=row.kind,
        no=row.no,
        ref=row.ref,
        due_on=row.due_on,
        due=due,
        paid=paid,
        waived=waived,
        moved=moved,
        outstanding=_rest(due, paid, waived, moved),
        days_past_due=(book.today - row.due_on).days if is_late else 0,
        settled_on=row.settled_on,
    )


def _amounts(values: Sequence[int]) -> Amounts:
    return Amounts._make(values)


def _rest(due: Amounts, *gone: Amounts) -> Amounts:
    return Amounts._make([owed - sum(parts) for owed, *parts in zip(due, *gone, strict=True)])


def _sum(parts: Iterable[list[int]]) -> Amounts:
    return _amounts([sum(column) for column in zip(*parts, strict=True)] or [0] * len(COMPONENTS))


def _schedule_now(book: Book) -> Schedule:
    """The rows that are due, early repayments among them, and the rows to come; the agreed plan before that."""
    rows = tuple(row.plan for row in [*book.rows, *book.upcoming] if row.kind != "charge")
    return Schedule(book.terms, rows or book.plan.instalments, book.scale, book.instalment, book.deferred_interest)
