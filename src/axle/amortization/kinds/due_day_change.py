"""Another day of the month (还款日变更)."""

from dataclasses import dataclass, replace
from datetime import date

from axle.amortization.book import Book
from axle.amortization.course import Course, on_due_day
from axle.amortization.errors import DueDayNeedsMonths, FirstDueOffDueDay, FirstDueTooEarly
from axle.amortization.kinds.kind import Event, Kind, day, optional, whole
from axle.amortization.layout import course_of, lay_out_anew, refuse_fixed, require_rows
from axle.kernel.dates import add_months


@dataclass(frozen=True, slots=True, kw_only=True)
class DueDayChange(Event):
    """Rows to come fall due on another day of the month (还款日变更); the running period bears the bridge interest.

    Its new due date is ``first_due_on``, else the new day of the month in which it was due, or of the next month
    when that day is past.
    """

    due_day: int
    first_due_on: date | None = None


def _happens(book: Book, event: DueDayChange) -> None:
    """The running period is longer or shorter by the difference; later ones are whole.

    Errors: DueDayNeedsMonths, FirstDueTooEarly, FirstDueOffDueDay, NothingToCome, NotForMethod.
    """
    require_rows(book, event.id)
    refuse_fixed(book)
    if book.terms.unit != "month":
        raise DueDayNeedsMonths(field="events")
    carried, course = book.interest_accrued, course_of(book)
    first = event.first_due_on or _new_first_due(book, course, event.due_day)
    if first <= book.today:
        raise FirstDueTooEarly(field="first_due_on", first_due_on=first, start_on=book.today)
    if first != add_months(first, 0, anchor_day=event.due_day) and book.terms.month_end == "clamp":
        raise FirstDueOffDueDay(field="first_due_on", first_due_on=first, due_day=event.due_day)
    book.terms = replace(book.terms, due_day=event.due_day, first_due_on=None)
    book.course = on_due_day(course, book.terms, first)
    lay_out_anew(book, book.principal_not_due, carried=carried)


def _new_first_due(book: Book, course: Course, due_day: int) -> date:
    """The new day in the month of the next due date, or in the month after when that day is past."""
    due, rule = course.dues[0], book.terms.month_end
    first = add_months(due, 0, anchor_day=due_day, rule=rule)
    if first <= max(book.today, course.starts[0]):
        first = add_months(due, 1, anchor_day=due_day, rule=rule)
    return first


KIND = Kind("due_day_change", DueDayChange, _happens, {"due_day": whole(1, 31), "first_due_on": optional(day())})
