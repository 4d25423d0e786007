"""Early repayment inside a replay: principal that was not due is repaid, and the rows to come are laid out anew."""

from collections import deque
from dataclasses import replace

from axle.amortization.book import Book
from axle.amortization.charges import Charges
from axle.amortization.choices import Method, PartialMode
from axle.amortization.day_count import days_between, elapsed, span
from axle.amortization.due_dates import Grid
from axle.amortization.errors import NotForMethod
from axle.amortization.events import PartialPrepayment, Payoff
from axle.amortization.methods import KEPT_METHODS, split, split_keeping
from axle.amortization.payoff import payoff_of, prepayment_fee
from axle.amortization.row import Row, row_of
from axle.amortization.schedule import Instalment, charged_periods
from axle.amortization.split import Split
from axle.kernel.money import ZERO, Fen
from axle.kernel.rounding import half_up

FIXED_METHODS: frozenset[Method] = frozenset({"irregular", "rule_78"})
"""Methods whose rows cannot be laid out anew for a smaller principal; they are repaid early as a whole."""


def pay_off(book: Book, event: Payoff | PartialPrepayment) -> None:
    """Repay everything early, when the money reaches the payoff amount; else the money is a plain receipt."""
    quote = payoff_of(book)
    if event.amount < quote.total:
        book.plain_receipts.append(event.id)
    elif book.upcoming:
        _fall_due_early(book, event.id, quote.principal_not_due, quote.interest_accrued, quote.prepayment_fee)
        book.upcoming.clear()
    book.receive(event.id, event.amount)


def prepay(book: Book, event: PartialPrepayment) -> None:
    """Repay a part of the principal early with what is left after all dues and the interest to date.

    Errors: NotForMethod where the rows cannot be laid out anew.
    """
    if book.terms.method in FIXED_METHODS:
        raise NotForMethod(field="events", method=book.terms.method)
    book.run_penalty()
    dues = sum(row.outstanding_total for row in book.payable)
    interest = book.interest_accrued + book.deferred_interest
    principal = _principal_for(book, event.amount + book.unapplied - dues - interest)
    if principal >= book.principal_not_due:
        pay_off(book, event)
        return
    if principal < book.rules.prepayment.principal_min:
        book.plain_receipts.append(event.id)
    else:
        _repay(book, event, principal, interest)
    book.receive(event.id, event.amount)


def _principal_for(book: Book, money: int) -> int:
    """The most principal that the money repays together with its fee and interest."""
    low, high = 0, max(min(money, book.principal_not_due), 0)
    while low < high:
        middle = (low + high + 1) // 2
        if middle + _cost(book, middle) <= money:
            low = middle
        else:
            high = middle - 1
    return low


def _cost(book: Book, principal: int) -> int:
    fee = prepayment_fee(book.rules.prepayment, book.terms, book.today, principal)
    return fee + _interest_to_period_end(book, principal)


def _interest_to_period_end(book: Book, principal: int) -> int:
    """Interest that the prepaid principal would have earned to the next due date, where the rule takes it."""
    if book.rules.prepayment.interest_to == "date" or not any(book.started()):
        return 0
    periods = _periods_left(book)
    return half_up(principal * periods.factors[0], periods.scale)


def _repay(book: Book, event: PartialPrepayment, principal: int, interest: int) -> None:
    fee = prepayment_fee(book.rules.prepayment, book.terms, book.today, principal)
    interest += _interest_to_period_end(book, principal)
    balance = book.principal_not_due - principal
    rows = _split_anew(book, balance, event.mode or book.rules.prepayment.mode)
    _fall_due_early(book, event.id, principal, interest, fee)
    _lay_out_anew(book, balance, rows)
    book.deferred_interest = ZERO


def _fall_due_early(book: Book, ref: str, principal: int, interest: int, fee: int) -> None:
    """What an early repayment asks for falls due today, as a row of its own."""
    on, total = book.today, Fen(principal + interest + fee)
    balance = Fen(book.principal_not_due - principal)
    plan = Instalment(0, on, 0, Fen(principal), Fen(interest), Fen(fee), total, balance, on, 0)
    book.fall_due(row_of(plan, "prepayment", ref))


def _periods_left(book: Book) -> Grid:
    """The periods of the rows to come; the running one begins today and keeps the rest of its factor."""
    periods, count = charged_periods(book.terms), book.terms.day_count
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


def _split_anew(book: Book, balance: int, mode: PartialMode) -> tuple[Grid, Split]:
    """The rows to come for a smaller principal; a residual above it shrinks to it."""
    periods, terms = _periods_left(book), book.terms
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


def _lay_out_anew(book: Book, balance: int, laid_out: tuple[Grid, Split]) -> None:
    """Replace the rows to come; each keeps its number and due date."""
    periods, rows = laid_out
    book.scale = rows.scale
    fresh: deque[Row] = deque()
    charges = Charges(book.terms)
    for index, row in enumerate(list(book.upcoming)[: len(rows.principals)]):
        principal, interest = rows.principals[index], rows.interests[index]
        fee, vat, total = charges.row(balance, principal, interest)
        balance -= principal
        plan = row.plan._replace(
            days=periods.days[index],
            principal=Fen(principal),
            interest=Fen(interest),
            fee=fee,
            total=total,
            balance=Fen(balance),
            starts_on=periods.starts[index],
            exact=rows.exact[index],
            vat=vat,
        )
        fresh.append(row_of(plan))
    book.upcoming = fresh
