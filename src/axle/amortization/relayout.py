"""Laying the rows to come out anew: after an early repayment, or whatever else changes principal or terms."""

from collections import deque
from dataclasses import replace
from itertools import islice

from axle.amortization.book import Book
from axle.amortization.charges import Charges
from axle.amortization.choices import PartialMode
from axle.amortization.day_count import days_between, elapsed, span
from axle.amortization.due_dates import Grid
from axle.amortization.methods import KEPT_METHODS, split, split_keeping
from axle.amortization.row import Row, row_of
from axle.amortization.schedule import Instalment
from axle.amortization.split import Split
from axle.kernel.money import Fen
from axle.kernel.rounding import half_up


def fall_due_early(book: Book, ref: str, principal: int, interest: int, fee: int) -> None:
    """What an early repayment asks for falls due today, as a row of its own."""
    on, total = book.today, Fen(principal + interest + fee)
    balance = Fen(book.principal_not_due - principal)
    plan = Instalment(0, on, 0, Fen(principal), Fen(interest), Fen(fee), total, balance, on, 0)
    book.fall_due(row_of(plan, "prepayment", ref))


def periods_left(book: Book) -> Grid:
    """The periods of the rows to come; the running one begins today and keeps the rest of its factor."""
    periods, count = book.charged_periods, book.terms.day_count
    rows = [row.plan for row in book.upcoming]
    skip = rows[0].no - 1
    begun, due = periods.starts[skip], periods.dues[skip]
    whole = span(count, begun, due, periods.days[skip])
    passed = min(max(elapsed(count, begun, book.today), 0), whole)
    start = max(begun, book.today)
    factor = periods.factors[skip] * (whole - passed) // whole if whole else 0
    days = max(periods.days[skip] - days_between(count, begun, start), 0)
    return Grid(
        starts=[start, *(row.starts_on for row in rows[1:])],
        dues=[row.due_on for row in rows],
        days=[days, *(row.days for row in rows[1:])],
        factors=[factor, *periods.factors[skip + 1 : skip + len(rows)]],
        scale=periods.scale,
        first=0,
        regular_first=factor,
    )


def split_anew(book: Book, balance: int, mode: PartialMode) -> tuple[Grid, Split]:
    """The rows to come for a smaller principal; a residual above it shrinks to it."""
    periods, terms = periods_left(book), book.terms
    flat_base = half_up(book.flat_base * balance, book.principal_not_due)
    if terms.residual > balance:
        terms = replace(terms, residual=Fen(balance))
    if mode == "keep_instalment" and terms.method in KEPT_METHODS:
        rows = split_keeping(terms, periods, balance, instalment=book.instalment, flat_base=flat_base)
    else:
        rows = split(terms, periods, balance, skip=book.upcoming[0].plan.no - 1, flat_base=flat_base)
        book.instalment = rows.instalment
    book.flat_base = Fen(flat_base)
    return periods, rows


def lay_out_anew(book: Book, balance: int, laid_out: tuple[Grid, Split]) -> None:
    """Replace the rows to come; each keeps its number and due date."""
    periods, rows = laid_out
    book.scale = rows.scale
    fresh: deque[Row] = deque()
    charges = Charges(book.terms)
    for index, row in enumerate(islice(book.upcoming, len(rows.principals))):
        principal, interest = rows.principals[index], rows.interests[index]
        fee, vat, total = charges.row(balance, principal, interest)
        balance -= principal
        no, due_on, days, starts = row.no, row.due_on, periods.days[index], periods.starts[index]
        parts = (no, due_on, days, principal, interest, fee, total, balance, starts, rows.exact[index], vat)
        fresh.append(row_of(Instalment._make(parts)))
    book.upcoming = fresh
