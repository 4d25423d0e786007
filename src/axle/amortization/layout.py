"""Laying out anew the rows to come of a running loan, from the day of a change on. Internal to ``replay``.

An early repayment changes the principal, a rate change the rate, an extension or a due-day change the course, and
each of them ends here. Interest that the running period has earned, and that does not fall due with the change, is
carried into its row.
"""

from collections import deque
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from axle.amortization.book import Book
from axle.amortization.choices import Method, PartialMode
from axle.amortization.course import Course, begun_again, course_of_terms, longer
from axle.amortization.day_count import days_between, elapsed, span
from axle.amortization.due_dates import Grid, payable_on
from axle.amortization.errors import NothingToCome, RowsAreFixed, StepsAreFixed
from axle.amortization.holiday import holiday_rows
from axle.amortization.methods import KEPT_METHODS, split, split_keeping
from axle.amortization.row import Row, row_of
from axle.amortization.schedule import Instalment
from axle.amortization.split import Split, by_principal
from axle.amortization.terms import Terms
from axle.kernel.money import ZERO, Fen
from axle.kernel.rounding import half_up

FIXED_METHODS: frozenset[Method] = frozenset({"irregular", "rule_78"})
"""Methods whose rows cannot be laid out anew for a smaller principal; they are repaid early as a whole."""


def refuse_fixed(book: Book) -> None:
    """Refuse a change of rows that cannot be laid out anew. Errors: RowsAreFixed."""
    if book.terms.method in FIXED_METHODS or book.is_agreed:
        raise RowsAreFixed(field="events", method="irregular" if book.is_agreed else book.terms.method)


class Layout(NamedTuple):
    """Rows to come that are laid out for a principal, and not yet placed in the book."""

    balance: int
    periods: Grid
    rows: Split
    flat_base: int
    carried: Fen
    capitalised: list[int]


def course_of(book: Book) -> Course:
    """The periods of the rows to come, the running one whole."""
    if book.course is None:
        book.course = course_of_terms(book.terms)
    return book.course.since(book.next_no)


def course_left(book: Book) -> Course:
    """The rest of the course; the running period, and those that a pause covers, keep the rest of their parts."""
    course, count, resumes = course_of(book), book.terms.day_count, book.interest_from
    starts, days, parts = [], [], []
    for begun, due, whole, part in zip(course.starts, course.dues, course.days, course.parts, strict=True):
        start = max(begun, min(resumes, due))
        starts.append(start)
        days.append(whole if start == begun else max(whole - days_between(count, begun, start), 0))
        parts.append(_rest(book, part, begun, start, due, whole))
    return course._replace(starts=starts, days=days, parts=parts)


def periods_left(book: Book) -> Grid:
    """What is left of the course, at the rate of today."""
    left, (rate, per) = course_left(book), book.terms.annual_rate.as_integer_ratio()
    factors = [rate * part for part in left.parts]
    return Grid(left.starts, left.dues, left.days, factors, per * left.year, 0, factors[0])


def _rest(book: Book, part: int, begun: date, start: date, due: date, days: int) -> int:
    """What is left of a part of a year when interest runs from ``start`` only."""
    if start == begun:
        return part
    count = book.terms.day_count
    whole = span(count, begun, due, days)
    passed = min(max(elapsed(count, begun, start), 0), whole)
    return part * (whole - passed) // whole if whole else 0


def require_rows(book: Book, event_id: str) -> None:
    """Refuse a change that needs instalments to come, where there are none. Errors: NothingToCome."""
    if not book.upcoming:
        raise NothingToCome(field="events", id=event_id)


def refuse_stepped(book: Book) -> None:
    """Refuse more or fewer rows where each one has its step. Errors: StepsAreFixed."""
    if book.terms.method == "stepped":
        raise StepsAreFixed(field="events", method=book.terms.method)


def set_rate(book: Book, rate: Decimal | None) -> None:
    """Another rate from today on, within the rules' floor and cap."""
    if rate is not None:
        bounded = min(max(rate, book.rules.rate_floor), book.rules.rate_cap)
        book.terms = replace(book.terms, annual_rate=bounded, rent=None, subvention=None)


def lengthen(book: Book, periods: int) -> None:
    """So many periods more. Errors: StepsAreFixed, PeriodsNotQuarterly."""
    refuse_stepped(book)
    book.course = longer(course_of(book), book.terms, periods)


def set_rows(book: Book, count: int | None) -> None:
    """Keep as many rows to come as are left, or make them as many as are asked for. Errors: as ``lengthen``."""
    if count is None:
        return
    more = count - len(course_of(book).dues)
    if more > 0:
        lengthen(book, more)
    else:
        refuse_stepped(book)
        book.course = course_of(book).until(count)


def begin_again(book: Book, periods: int) -> None:
    """Rows to come for a loan that has none any more: from today, on its due day. Errors: as ``lengthen``."""
    refuse_stepped(book)
    last = max((row.due_on for row in book.rows if row.kind == "instalment"), default=book.terms.start_on)
    book.holiday.clear()
    book.course = begun_again(course_of(book), book.terms, book.today, last, periods)


def lay_out_anew(book: Book, balance: int, *, carried: Fen = ZERO) -> None:
    """Lay out the rows to come for a principal, by the method of the terms, and place them.

    ``carried`` is interest that is earned already and joins the first row. Errors: RowsAreFixed,
    NegativeAmortization.
    """
    refuse_fixed(book)
    place(book, lay_out(book, balance, carried=carried))


def lay_out_rest(
    book: Book, event_id: str, rate: Decimal | None, reshape: Callable[[Book], None] = lambda _book: None
) -> None:
    """Lay out what is not due anew, at another rate if one is given, over the rows that ``reshape`` leaves.

    Errors: NothingToCome, those of ``reshape`` and of ``lay_out_anew``.
    """
    require_rows(book, event_id)
    carried = book.interest_accrued
    set_rate(book, rate)
    reshape(book)
    lay_out_anew(book, book.principal_not_due, carried=carried)


def lay_out(book: Book, balance: int, *, mode: PartialMode = "keep_term", carried: Fen = ZERO) -> Layout:
    """The rows to come for a principal; a residual above it shrinks to it. The book is only read.

    Rows of a payment holiday repay nothing; what they capitalise is repaid by the rows after them.
    """
    periods, not_due = periods_left(book), book.principal_not_due
    flat_base = half_up(book.flat_base * balance, not_due) if not_due else balance
    charged = loaded(periods, flat_base if book.terms.method == "flat" else balance, carried)
    waits = holiday_rows(book, charged, balance)
    after, grown = waits.periods_after(charged), balance + sum(waits.capitalised)
    terms = _terms_left(book, grown)
    if mode == "keep_instalment" and terms.method in KEPT_METHODS:
        rows = split_keeping(terms, after, grown, instalment=book.instalment, flat_base=flat_base)
    else:
        skip = book.next_no - 1 + len(waits.interests)
        rows = split(terms, after, grown, skip=skip, flat_base=flat_base)
    return Layout(balance, periods, waits.before(rows), flat_base, carried, waits.capitalised)


def _terms_left(book: Book, balance: int) -> Terms:
    terms = book.terms
    return replace(terms, residual=Fen(balance)) if terms.residual > balance else terms


def loaded(periods: Grid, base: int, carried: int) -> Grid:
    """Periods whose first factor, on the base that it runs on, gives the carried interest too."""
    if not carried or not base:
        return periods
    first, *others = periods.factors
    factors = [carried * periods.scale + base * first, *(base * factor for factor in others)]
    return periods._replace(factors=factors, scale=periods.scale * base, regular_first=factors[0])


def reprice(book: Book, carried: Fen) -> None:
    """Interest of the rows to come anew, their principals as they are; the last row takes what capitalises less."""
    periods, principals = periods_left(book), [row.plan.principal for row in book.upcoming]
    balance = int(book.principal_not_due)
    flat_base = book.flat_base if book.terms.method == "flat" else None
    charged = loaded(periods, balance if flat_base is None else flat_base, carried)
    waits = holiday_rows(book, charged, balance)
    after, grown = waits.periods_after(charged), balance + sum(waits.capitalised)
    rows = waits.before(by_principal(after, grown, principals[len(waits.interests) :], book.instalment))
    if flat_base is not None:
        exact = [flat_base * factor for factor in charged.factors]
        rows = rows._replace(exact=exact, interests=[half_up(raw, rows.scale) for raw in exact])
    place(book, Layout(balance, periods, rows, book.flat_base, carried, waits.capitalised))


def place(book: Book, layout: Layout) -> None:
    """Replace the rows to come. Broken interest that waits for the last row stays with it."""
    balance, periods, rows, carried = layout.balance, layout.periods, layout.rows, layout.carried
    first_no = book.next_no
    charges, dues = book.charges, payable_on(book.terms, periods.dues)
    rows.interests[-1] += book.deferred_interest
    book.scale, book.instalment, book.flat_base = rows.scale, rows.instalment, Fen(layout.flat_base)
    joining = layout.capitalised + [0] * (len(rows.principals) - len(layout.capitalised))
    fresh: deque[Row] = deque()
    for index, (principal, interest) in enumerate(zip(rows.principals, rows.interests, strict=True)):
        joins, earned = joining[index], carried if index == 0 else ZERO
        of_row = charges.capitalised(balance, interest) if joins else charges.row(balance, principal, interest)
        balance += joins - principal
        plan = Instalment(
            no=first_no + index,
            due_on=dues[index],
            days=periods.days[index],
            principal=Fen(principal),
            interest=Fen(interest),
            fee=of_row[0],
            total=of_row[2],
            balance=Fen(balance),
            starts_on=periods.starts[index],
            exact=rows.exact[index] - earned * rows.scale,
            vat=of_row[1],
            carried=earned,
            capitalised=Fen(joins),
        )
        fresh.append(row_of(plan))
    book.upcoming, book.course = fresh, course_of(book).until(len(fresh))
