"""A payment holiday (还款假期/延期还本付息)."""

from dataclasses import dataclass

from axle.amortization.book import Book
from axle.amortization.choices import LEVEL_METHODS, HolidayInterest, Method
from axle.amortization.course import put_off
from axle.amortization.errors import HolidayTooLong, NotForMethod
from axle.amortization.kinds.kind import Event, Kind, choice, optional, whole
from axle.amortization.layout import course_of, lay_out_anew, lengthen, refuse_fixed, refuse_stepped, require_rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Deferral(Event):
    """The next ``periods`` instalments are put off and the term ends that much later (还款假期/延期还本付息).

    Interest of the holiday is ``carried`` to the first instalment after it, ``paid`` period by period without
    principal, or ``waived``.
    """

    periods: int
    interest: HolidayInterest = "carried"


_METHODS: frozenset[Method] = LEVEL_METHODS - {"stepped"} | {"level_principal", "interest_first"}
"""Methods that can pay interest alone for a while."""


def _happens(book: Book, event: Deferral) -> None:
    """Skip the next instalments, or ask for interest alone. Errors: NothingToCome, HolidayTooLong, NotForMethod."""
    require_rows(book, event.id)
    refuse_fixed(book)
    refuse_stepped(book)
    carried = book.interest_accrued
    if event.interest == "paid":
        _pay_interest_alone(book, event)
        lay_out_anew(book, book.principal_not_due, carried=carried, holiday=event.periods)
    else:
        _skip(book, event)
        lay_out_anew(book, book.principal_not_due, carried=carried)


def _pay_interest_alone(book: Book, event: Deferral) -> None:
    if book.terms.method not in _METHODS:
        raise NotForMethod(field="events", method=book.terms.method)
    lengthen(book, event.periods)


def _skip(book: Book, event: Deferral) -> None:
    course = course_of(book)
    if event.periods > len(course.dues) and book.terms.method != "single":
        raise HolidayTooLong(field="events", id=event.id, periods=len(course.dues))
    if event.interest == "waived":
        book.paused_until = max(book.paused_until, course.dues[min(event.periods, len(course.dues)) - 1])
    book.course = put_off(course, book.terms, event.periods)


KIND = Kind(
    "deferral", Deferral, _happens, {"periods": whole(1, 480), "interest": optional(choice(HolidayInterest), "carried")}
)
