"""The repayment schedule (还款计划): every instalment of the terms, exact to the fen.

Where the interest of an irregular first period goes is ``Terms.stub``. Instalments are laid out as if the first
period were a whole one, and the difference to its real interest

- ``first``: is paid with the first instalment;
- ``upfront``: is paid on the start date, as row 0;
- ``last``: is paid with the last instalment;
- ``none``: is not charged;
- ``amortised``: does not arise, the level instalment is solved with the real first period.

A first period shorter than a whole one always lowers the interest of the first instalment (``none`` apart).
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import accumulate, count, islice, repeat
from operator import add, sub
from typing import NamedTuple

from axle.amortization.charges import Charges
from axle.amortization.day_count import elapsed, span
from axle.amortization.due_dates import Grid, collapsed, grid, payable_on
from axle.amortization.methods import split
from axle.amortization.split import Split
from axle.amortization.terms import Terms
from axle.kernel.money import ZERO, Fen
from axle.kernel.rounding import half_up

_MONTHS_OF_QUARTER = 3


class Instalment(NamedTuple):
    """One row. ``balance`` is the principal left after it; ``days`` are those of the day count.

    ``total`` is principal, interest, fee and the VAT of a rent agreed without it; ``vat`` is all tax of the row.
    Interest runs from ``starts_on``; ``exact / Schedule.scale`` is that interest before rounding. ``carried`` is the
    part of the interest that the period earned before a change of the running loan; ``starts_on`` is then the
    day of the change. ``capitalised`` is interest that joins the principal on the due date instead of being paid.
    """

    no: int
    due_on: date
    days: int
    principal: Fen
    interest: Fen
    fee: Fen
    total: Fen
    balance: Fen
    starts_on: date
    exact: int
    vat: Fen = ZERO
    carried: Fen = ZERO
    capitalised: Fen = ZERO

    @property
    def charges(self) -> Fen:
        """What the row asks for besides principal and interest."""
        return Fen(self.total - self.principal - self.interest + self.capitalised)


@dataclass(frozen=True)
class Schedule:
    """The instalments of terms, in order of their due dates.

    ``instalment`` is the level amount: the payment, or for level principal the principal part of each row.
    ``deferred`` is the first period's broken interest that the last row carries (stub ``last``).
    """

    terms: Terms
    instalments: tuple[Instalment, ...]
    scale: int
    instalment: Fen
    deferred: Fen = ZERO

    @cached_property
    def interest_total(self) -> Fen:
        """All interest of the schedule."""
        return Fen(sum(row.interest for row in self.instalments))

    @cached_property
    def fee_total(self) -> Fen:
        """All fees that are charged with instalments."""
        return Fen(sum(row.fee for row in self.instalments))

    @cached_property
    def vat_total(self) -> Fen:
        """All VAT of the rows."""
        return Fen(sum(row.vat for row in self.instalments))

    @cached_property
    def total(self) -> Fen:
        """Principal, interest, instalment fees and the VAT added to them."""
        return Fen(sum(row.total for row in self.instalments))

    @property
    def matures_on(self) -> date:
        """The last due date."""
        return self.instalments[-1].due_on


def schedule(terms: Terms) -> Schedule:
    """Lay out the terms' instalments.

    Money: fen; principals add up to the principal; interest is rounded half up row by row; the last row takes the
    remainder. Dates: by ``Terms``; no clock is read.
    Errors: NegativeAmortization, IrregularRowsInvalid.
    """
    periods = periods_of(terms)
    rows, upfront, deferred = _with_stub(terms, periods)
    instalments = _instalments(terms, periods, rows)
    if upfront:
        instalments.insert(0, _upfront_row(terms, upfront))
    return Schedule(terms, tuple(instalments), rows.scale, rows.instalment, deferred)


def periods_of(terms: Terms) -> Grid:
    """The periods of the terms, drawn together where the method pays less often than it counts."""
    periods = grid(terms)
    if terms.method == "single":
        return collapsed(periods, terms.periods)
    if terms.method == "quarterly_interest":
        return collapsed(periods, _MONTHS_OF_QUARTER)
    return periods


def charged_periods(terms: Terms) -> Grid:
    """The periods by which rows are charged: a stub that the first row does not bear makes its period whole."""
    periods = periods_of(terms)
    if terms.stub in ("first", "amortised") or not _broken_factor(terms, periods):
        return periods
    is_short = _broken_factor(terms, periods) < 0
    return periods if is_short and terms.stub != "none" else with_whole_first(periods)


def _broken_factor(terms: Terms, periods: Grid) -> int:
    """By how much the first period's factor exceeds that of a whole one; 0 where that makes no difference."""
    if terms.stub == "amortised" or periods.first == len(periods.factors):
        return 0
    return periods.factors[periods.first] - periods.regular_first


def with_whole_first(periods: Grid) -> Grid:
    """The periods as if the first were a whole one, by which rows are laid out."""
    factors, first = periods.factors, periods.first
    return periods._replace(factors=[*factors[:first], periods.regular_first, *factors[first + 1 :]])


def _with_stub(terms: Terms, periods: Grid) -> tuple[Split, int, Fen]:
    """Rows, the broken interest that is paid upfront, and the broken interest that the last row carries."""
    difference = _broken_factor(terms, periods)
    if not difference:
        return split(terms, periods, terms.principal), 0, ZERO
    rows = split(terms, with_whole_first(periods), terms.principal)
    base = terms.principal - sum(rows.principals[: periods.first])
    broken = base * difference * (rows.scale // periods.scale)
    if terms.stub == "first" or (broken < 0 and terms.stub != "none"):
        _charge_first(rows, periods.first, broken)
        return rows, 0, ZERO
    interest = 0 if terms.stub == "none" else half_up(broken, rows.scale)
    if terms.stub == "upfront":
        return rows, interest, ZERO
    rows.interests[-1] += interest
    return rows, 0, Fen(interest)


def _charge_first(rows: Split, index: int, exact: int) -> None:
    before = half_up(rows.exact[index], rows.scale)
    rows.exact[index] += exact
    rows.interests[index] += half_up(rows.exact[index], rows.scale) - before


def _instalments(terms: Terms, periods: Grid, rows: Split) -> list[Instalment]:
    charges = Charges(terms)
    if charges.are_none:
        fees: Iterable[Fen] = repeat(ZERO)
        vats: Iterable[Fen] = repeat(ZERO)
        totals: Iterable[int] = map(add, rows.principals, rows.interests)
    else:
        fees, vats, totals = charges.column(terms.principal, rows.principals, rows.interests)
    columns = zip(
        count(1),
        payable_on(terms, periods.dues),
        periods.days,
        rows.principals,
        rows.interests,
        fees,
        totals,
        islice(accumulate(rows.principals, sub, initial=terms.principal), 1, None),
        periods.starts,
        rows.exact,
        vats,
        repeat(ZERO),
        repeat(ZERO),
        strict=False,
    )
    return list(map(Instalment._make, columns))


def _upfront_row(terms: Terms, interest: int) -> Instalment:
    on, none = terms.start_on, ZERO
    tax = Charges(replace(terms, fees=())).row(terms.principal, 0, interest)
    return Instalment(0, on, 0, none, Fen(interest), none, tax[2], terms.principal, on, 0, tax[1])


def interest_accrued_to(plan: Schedule, on: date) -> Fen:
    """Interest earned from the start to a date by the schedule, the date itself not counted.

    Rows that are due give their interest; the running row gives its exact interest by the days that have passed,
    rounded once. So the total on the last due date is the schedule's interest, and the difference of two days is
    what accrues between them.
    """
    return Fen(sum(row_accrued(plan.terms, row, plan.scale, on) for row in plan.instalments))


def row_accrued(terms: Terms, row: Instalment, scale: int, on: date) -> Fen:
    """Interest of one row earned to a date: none before it starts, all of it from its due date on."""
    if on >= row.due_on:
        return row.interest
    if on <= row.starts_on or not row.exact:
        return row.carried
    whole = span(terms.day_count, row.starts_on, row.due_on, row.days)
    passed = min(elapsed(terms.day_count, row.starts_on, on), whole)
    return Fen(min(row.carried + half_up(row.exact * passed, scale * whole), row.interest))
