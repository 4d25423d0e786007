"""The course of a loan (期次): its periods as parts of a year, apart from the rate that runs over them.

A schedule's ``Grid`` is a course with a rate. A running loan keeps its course, so that an extension, a holiday or
another due day changes periods only, and a rate change the rate only. Internal to ``replay``.
"""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from axle.amortization.day_count import days_between, year_days, year_part
from axle.amortization.due_dates import Grid, later_due_dates, regular_days, whole_period_start
from axle.amortization.errors import FirstDueTooEarly, PeriodsNotQuarterly, TermTooLong
from axle.amortization.schedule import charged_periods
from axle.amortization.terms import Terms
from axle.amortization.terms_check import LONGEST_YEARS, PERIODS_A_YEAR

_MONTHS_OF_QUARTER = 3


class Course(NamedTuple):
    """Periods from row ``first_no`` on; interest of period k runs for ``parts[k] / year`` of a year."""

    first_no: int
    starts: list[date]
    dues: list[date]
    days: list[int]
    parts: list[int]
    year: int

    def since(self, no: int) -> "Course":
        """The course from a row on."""
        return self._cut(slice(no - self.first_no, None))._replace(first_no=no)

    def until(self, count: int) -> "Course":
        """Its first ``count`` periods."""
        return self._cut(slice(0, count))

    def _cut(self, which: slice) -> "Course":
        return self._replace(
            starts=self.starts[which], dues=self.dues[which], days=self.days[which], parts=self.parts[which]
        )

    def joined(self, later: "Course") -> "Course":
        """This course and the periods that follow it."""
        return self._replace(
            starts=self.starts + later.starts,
            dues=self.dues + later.dues,
            days=self.days + later.days,
            parts=self.parts + later.parts,
        )


def course_of_terms(terms: Terms) -> Course:
    """The course of a loan as it was agreed."""
    periods: Grid = charged_periods(replace(terms, annual_rate=Decimal(1), rent=None, subvention=None))
    return Course(1, periods.starts, periods.dues, periods.days, periods.factors, periods.scale)


def longer(course: Course, terms: Terms, count: int) -> Course:
    """The course with ``count`` periods of the terms more, as rows of its method.

    Errors: TermTooLong, PeriodsNotQuarterly.
    """
    last = course.dues[-1]
    _check_term(terms, last, count)
    more = _as_rows(terms, _periods(terms, course, [last, *later_due_dates(terms, last, count)]))
    whole = course.joined(more)
    return _drawn_together(whole, len(whole.dues)) if terms.method == "single" else whole


def _check_term(terms: Terms, last: date, more: int) -> None:
    """Refuse periods past a hundred years after the start. Errors: TermTooLong."""
    years = last.year - terms.start_on.year + terms.every * more // PERIODS_A_YEAR[terms.unit]
    if years > LONGEST_YEARS:
        raise TermTooLong(field="periods", years=LONGEST_YEARS)


def begun_again(course: Course, terms: Terms, today: date, due: date, count: int) -> Course:
    """``count`` periods from today on, for a loan whose last due date is past.

    Errors: TermTooLong, PeriodsNotQuarterly.
    """
    _check_term(terms, today, count)
    following = due
    while following <= today:
        due, following = following, later_due_dates(terms, following, 1)[0]
    return _as_rows(terms, _periods(terms, course, [today, *later_due_dates(terms, due, count)]))


def rows_longer(course: Course, terms: Terms, rows: int) -> Course:
    """The course with so many rows more, each of as many periods as the method draws together."""
    size = _MONTHS_OF_QUARTER if terms.method == "quarterly_interest" else 1
    return longer(course, terms, rows * size)


def put_off(left: Course, count: int, resumes: date) -> Course:
    """What is left of a course, whose first ``count`` rows are drawn into the next; interest runs from a date on."""
    whole = _drawn_together(left, count + 1)
    start = max(whole.starts[0], min(resumes, whole.dues[0]))
    return whole._replace(starts=[start, *whole.starts[1:]])


def left_out(left: Course, count: int) -> Course:
    """What is left of a course without its first ``count`` rows."""
    return left.since(left.first_no + count)._replace(first_no=left.first_no)


def on_due_day(course: Course, terms: Terms, first: date) -> Course:
    """The course whose rows fall due from ``first`` on, each a whole period after the one before.

    Errors: FirstDueTooEarly.
    """
    start = course.starts[0]
    if first <= start:
        raise FirstDueTooEarly(field="first_due_on", first_due_on=first, start_on=start)
    size = _MONTHS_OF_QUARTER if terms.method == "quarterly_interest" else 1
    later = later_due_dates(terms, first, (len(course.dues) - 1) * size)[size - 1 :: size]
    return _periods(terms, course, [start, first, *later])


def on_dates(course: Course, terms: Terms, dues: list[date]) -> Course:
    """The course whose rows fall due on some dates, the days between them counted; the running period begins where it
    did.
    """
    count, spans = terms.day_count, list(pairwise([course.starts[0], *dues]))
    parts = [year_part(count, start, due) * (course.year // year_days(count)) for start, due in spans]
    days = [days_between(count, start, due) for start, due in spans]
    return Course(course.first_no, [start for start, _due in spans], dues, days, parts, course.year)


def _periods(terms: Terms, course: Course, dates: list[date]) -> Course:
    """Periods between dates; under 30/360 a whole one always has the days of its months."""
    count, whole = terms.day_count, regular_days(terms)
    spans = list(pairwise(dates))
    parts = [year_part(count, start, due) * (course.year // year_days(count)) for start, due in spans]
    days = [days_between(count, start, due) for start, due in spans]
    if whole is not None and terms.unit == "month":
        days = [_regular(terms, start, due, whole) for start, due in spans]
        parts = [part_days * (course.year // year_days(count)) for part_days in days]
    return Course(course.first_no, dates[:-1], dates[1:], days, parts, course.year)


def _regular(terms: Terms, start: date, due: date, whole: int) -> int:
    """30/360 days of a period; exactly ``whole`` where the due date is one period after the start."""
    return whole if whole_period_start(terms, due) == start else days_between(terms.day_count, start, due)


def _as_rows(terms: Terms, course: Course) -> Course:
    """Periods drawn together where the method pays less often than it counts."""
    if terms.method == "single":
        return _drawn_together(course, len(course.dues))
    if terms.method != "quarterly_interest":
        return course
    if len(course.dues) % _MONTHS_OF_QUARTER:
        raise PeriodsNotQuarterly(field="periods")
    return _by_groups(course, _MONTHS_OF_QUARTER)


def _drawn_together(course: Course, count: int) -> Course:
    """The first ``count`` periods as one."""
    first, rest = course.until(count), course._cut(slice(count, None))
    one = course._replace(
        starts=first.starts[:1], dues=first.dues[-1:], days=[sum(first.days)], parts=[sum(first.parts)]
    )
    return one.joined(rest)


def _by_groups(course: Course, size: int) -> Course:
    groups = range(0, len(course.dues), size)
    return course._replace(
        starts=[course.starts[index] for index in groups],
        dues=[course.dues[index + size - 1] for index in groups],
        days=[sum(course.days[index : index + size]) for index in groups],
        parts=[sum(course.parts[index : index + size]) for index in groups],
    )
