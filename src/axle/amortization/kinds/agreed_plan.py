"""Instalments to come that were agreed one by one (约定还款计划)."""

from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Any

from axle.amortization.book import Book
from axle.amortization.bounds import check_amount, check_date
from axle.amortization.course import on_dates
from axle.amortization.errors import IrregularRemainder, IrregularRowsInvalid, RowsAreFixed
from axle.amortization.kinds.kind import Event, Field, Kind, optional, rate
from axle.amortization.layout import Layout, course_of, loaded, periods_left, place, require_rows, set_rate
from axle.amortization.reader import Reader
from axle.amortization.split import by_principal
from axle.amortization.terms import Terms
from axle.amortization.terms_parts import IrregularRow
from axle.amortization.terms_parts_json import irregular_row_read, part_written
from axle.kernel.money import Fen, yuan

_NOT_BY_BALANCE = ("flat", "rule_78")
"""Methods whose interest does not run on what is owed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreedPlan(Event):
    """What is not due yet is repaid by these rows (约定还款计划): dates and principals; interest follows from them.

    The last row may leave its principal open and takes the rest. Afterwards no event lays the rows out anew but
    another plan.
    """

    rows: tuple[IrregularRow, ...]
    annual_rate: Decimal | None = None


def _happens(book: Book, event: AgreedPlan) -> None:
    """Errors: NothingToCome, RowsAreFixed, IrregularRowsInvalid, IrregularRemainder."""
    require_rows(book, event.id)
    if book.terms.method in _NOT_BY_BALANCE or book.terms.timing == "advance":
        raise RowsAreFixed(field="events", method=book.terms.method)
    carried, balance = book.interest_accrued, int(book.principal_not_due)
    principals = _principals(event.rows, balance)
    if event.rows[0].due_on <= max(book.today, book.interest_from):
        raise IrregularRowsInvalid(field="rows", row=1)
    set_rate(book, event.annual_rate)
    book.holiday.clear()
    book.course = on_dates(course_of(book), book.terms, [row.due_on for row in event.rows])
    book.is_agreed = True
    periods = periods_left(book)
    rows = by_principal(loaded(periods, balance, carried), balance, principals, 0)
    place(book, Layout(balance, periods, rows, book.flat_base, carried, []))


def _principals(rows: tuple[IrregularRow, ...], balance: int) -> list[int]:
    """The principal of each row; all of them together are the balance."""
    found, left = [], balance
    for index, row in enumerate(rows):
        wanted = left if row.principal is None else int(row.principal)
        if wanted > left:
            raise IrregularRowsInvalid(field="rows", row=index + 1)
        found.append(wanted)
        left -= wanted
    if left:
        raise IrregularRemainder(field="rows", left=yuan(Fen(found[-1] + left)))
    return found


def _check(event: Any, terms: Terms) -> None:
    """Rows ascend in date, and only the last one leaves its principal open. Errors: IrregularRowsInvalid."""
    rows: tuple[IrregularRow, ...] = event.rows
    for index, row in enumerate(rows):
        is_open = row.principal is None and index < len(rows) - 1
        if is_open or row.total is not None:
            raise IrregularRowsInvalid(field="rows", row=index + 1)
    for index, (before, after) in enumerate(pairwise(rows)):
        if before.due_on >= after.due_on:
            raise IrregularRowsInvalid(field="rows", row=index + 2)


def _check_rows(rows: tuple[IrregularRow, ...], name: str) -> None:
    if not 1 <= len(rows) <= _MOST_ROWS:
        raise IrregularRowsInvalid(field=name, row=len(rows))
    for row in rows:
        check_date(row.due_on, name)
        check_amount(row.principal or Fen(0), name)


def _read(reader: Reader, key: str) -> tuple[IrregularRow, ...]:
    return tuple(irregular_row_read(row) for row in reader.objects(key))


_MOST_ROWS = 480
_ROWS = Field(
    "list of `due_on` (date) and `principal` (yuan, the last one may be absent)",
    _read,
    lambda rows: [part_written(row) for row in rows],
    _check_rows,
)


KIND = Kind("agreed_plan", AgreedPlan, _happens, {"rows": _ROWS, "annual_rate": optional(rate())}, _check)
