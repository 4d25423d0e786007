"""A payment holiday (还款假期/延期还本付息)."""

from dataclasses import dataclass

from axle.amortization.book import Book
from axle.amortization.choices import LEVEL_METHODS, HolidayInterest, Method
from axle.amortization.course import left_out, put_off, rows_longer
from axle.amortization.errors import HolidayNeedsPrincipal, HolidayTooLong
from axle.amortization.kinds.kind import Event, Kind, choice, optional, whole
from axle.amortization.layout import (
    course_left,
    course_of,
    lay_out_anew,
    lengthen,
    refuse_fixed,
    refuse_stepped,
    require_rows,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Deferral(Event):
    """The next ``periods`` instalments are put off and the term ends that much later (还款假期/延期还本付息).

    Interest of the holiday is ``carried`` to the first instalment after it, ``paid`` period by period without
    principal, ``capitalised`` (joined to the principal on each due date, so that it bears interest from then on and is
    repaid with the instalments after the holiday), or ``waived``.
    """

    periods: int
    interest: HolidayInterest = "carried"


_METHODS: frozenset[Method] = LEVEL_METHODS - {"stepped"} | {"level_principal", "interest_first"}
"""Methods that can go without principal for a while, row by row."""


def _happens(book: Book, event: Deferral) -> None:
    """Skip the next instalments, or let them repay nothing. Errors: NothingToCome, HolidayTooLong, NotForMethod."""
    require_rows(book, event.id)
    refuse_fixed(book)
    refuse_stepped(book)
    carried = book.interest_accrued
    if event.interest in ("paid", "capitalised"):
        _repay_nothing(book, event)
    else:
        _skip(book, event)
    lay_out_anew(book, book.principal_not_due, carried=carried)


def _repay_nothing(book: Book, event: Deferral) -> None:
    if book.terms.method not in _METHODS:
        raise HolidayNeedsPrincipal(field="events", method=book.terms.method)
    lengthen(book, event.periods)
    first = book.next_no
    book.holiday = {no + event.periods: kind for no, kind in book.holiday.items() if no >= first}
    book.holiday |= dict.fromkeys(range(first, first + event.periods), event.interest)


def _skip(book: Book, event: Deferral) -> None:
    """An earlier holiday goes on with the rows that move up."""
    count, first, rows = event.periods, book.next_no, len(course_of(book).dues)
    if book.terms.method == "single":
        _skip_all(book, event)
        return
    if count > rows:
        raise HolidayTooLong(field="events", id=event.id, periods=rows)
    book.course = rows_longer(course_of(book), book.terms, count)
    left = course_left(book)
    book.course = left_out(left, count) if event.interest == "waived" else put_off(left, count, book.interest_from)
    book.holiday = {no - count: kind for no, kind in book.holiday.items() if no >= first + count}


def _skip_all(book: Book, event: Deferral) -> None:
    """The one row of all falls due later; without interest until then as it was due."""
    left = course_left(book)
    if event.interest == "waived":
        book.paused_until = max(book.paused_until, left.dues[0])
    book.course = rows_longer(left, book.terms, event.periods)


KIND = Kind(
    "deferral", Deferral, _happens, {"periods": whole(1, 480), "interest": optional(choice(HolidayInterest), "carried")}
)
