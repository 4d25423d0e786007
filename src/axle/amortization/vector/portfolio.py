"""Schedules of loans of any terms, in the same columns: the front door of the vector form.

Terms that a vector form knows (``form_of``) are laid out by it, grouped by that form; the rest by the scalar form, loan
by loan, and placed in the same arrays. Which of the two laid a loan out makes a difference of time only.
"""

from collections.abc import Iterable, Sequence
from dataclasses import MISSING, dataclass, fields
from operator import attrgetter
from typing import NamedTuple

import numpy as np

from axle.amortization.choices import Stub
from axle.amortization.errors import AmortizationError
from axle.amortization.schedule import Schedule, schedule
from axle.amortization.terms import Terms
from axle.amortization.vector.charged import has_columns
from axle.amortization.vector.columns import RATE_UNIT, Days, Int64, loans
from axle.amortization.vector.courses import Rhythm
from axle.amortization.vector.laid import Laid, laid_of
from axle.amortization.vector.schedules import VectorMethod, schedules
from axle.amortization.vector.stubs import laid_out


class Form(NamedTuple):
    """What loans share that are laid out together; ``is_plain`` ones by ``schedules``, the others by ``stubs``."""

    method: str
    rhythm: Rhythm
    stub: Stub
    is_levelled: bool
    is_plain: bool


_METHODS = frozenset({"level_payment", "balloon", "level_principal", "interest_first", "flat", "stepped"})
_PLAIN_METHODS: dict[str, VectorMethod] = {
    "level_payment": "level_payment",
    "balloon": "level_payment",
    "level_principal": "level_principal",
    "interest_first": "interest_first",
    "flat": "flat",
}
_NOT_IN_ROWS = {"stub", "purchase_price", "down_payment", "deposit", "subvention", "funder"}
"""Keys that change no row of a loan whose first period is a whole one."""

_BY_COLUMN = {"principal", "annual_rate", "periods", "start_on", "residual", "method", "day_count", "every"}
_DEFAULTS = {
    key.name: key.default
    for key in fields(Terms)
    if key.default is not MISSING and key.name not in _BY_COLUMN | _NOT_IN_ROWS
}
_others = attrgetter(*_DEFAULTS)
_PLAIN = tuple(_DEFAULTS.values())


def form_of(terms: Terms) -> Form | None:
    """The vector form that lays these terms out; None where only the scalar form does.

    Plain are monthly periods in arrears from the start on, without any other key that changes a row, at a rate of at
    most eight decimals.
    """
    if terms.method not in _METHODS or terms.holidays is not None or not has_columns(terms):
        return None
    is_plain = _others(terms) == _PLAIN and terms.method in _PLAIN_METHODS and not terms.annual_rate * RATE_UNIT % 1
    rhythm = Rhythm(terms.day_count, terms.every, terms.unit, terms.month_end, terms.timing)
    is_whole = terms.first_due_on is None and terms.due_day is None
    return Form(terms.method, rhythm, "first" if is_whole else terms.stub, terms.tail == "levelled", is_plain)


class Part(NamedTuple):
    """Loans that a vector form laid out: their places in the portfolio, and their schedules."""

    places: Int64
    plan: Laid


@dataclass(frozen=True, slots=True, kw_only=True)
class Portfolio:
    """The schedules of many loans: row k of an array is the k-th row of every loan, a column a loan.

    Money: int64 fen. ``counts`` is how many rows a loan has; its later rows are zero, their dates NaT. With stub
    ``upfront`` the interest of the broken period is a loan's first row, due on the start date. ``parts`` and
    ``singles`` (by place) are what was laid out by a vector form and by the scalar form.
    """

    terms: tuple[Terms, ...]
    counts: Int64
    instalment: Int64
    starts: Days
    dues: Days
    principal: Int64
    interest: Int64
    fee: Int64
    vat: Int64
    total: Int64
    balance: Int64
    parts: tuple[Part, ...]
    singles: dict[int, Schedule]


def portfolio(terms: Iterable[Terms]) -> Portfolio:
    """Lay out any terms together; every column equals ``schedule`` of its terms.

    Errors: as ``schedule``, ``field`` telling which terms: ``terms[7].annual_rate``.
    """
    every = tuple(terms)
    groups: dict[Form | None, list[int]] = {}
    for place, one in enumerate(every):
        groups.setdefault(form_of(one), []).append(place)
    alone, parts = groups.pop(None, []), []
    for form, places in groups.items():
        assert form is not None  # the terms without a form are alone
        part, left = _part(form, every, places)
        alone += left
        parts += [part] if len(part.places) else []
    singles = {place: _single(every[place], place) for place in sorted(alone)}
    longest = max([*(len(plan.instalments) for plan in singles.values()), *(len(part.plan.parts) for part in parts), 0])
    found = _empty(every, longest, tuple(parts), singles)
    for part in parts:
        _place_part(found, part)
    for place, plan in singles.items():
        _place_single(found, place, plan)
    return found


def _single(terms: Terms, place: int) -> Schedule:
    try:
        return schedule(terms)
    except AmortizationError as refusal:
        refusal.field = f"terms[{place}].{refusal.field}"
        raise


def _part(form: Form, every: Sequence[Terms], places: list[int]) -> tuple[Part, list[int]]:
    """The loans of a form laid out together, and those that it leaves to the scalar form."""
    some, where = [every[place] for place in places], _column(places)
    if form.is_plain:
        return Part(where, _plain(form, some)), []
    plan, is_left = laid_out(form.rhythm, form.method, form.stub, is_levelled=form.is_levelled, some=some)
    return Part(where[~is_left], plan.part(~is_left)), where[is_left].tolist()


def _plain(form: Form, some: Sequence[Terms]) -> Laid:
    columns = loans(
        _column(one.principal for one in some),
        _column(int(one.annual_rate * RATE_UNIT) for one in some),
        _column(one.periods for one in some),
        np.array([one.start_on for one in some], "datetime64[D]"),
        _column(one.residual for one in some),
    )
    method, rhythm = _PLAIN_METHODS[form.method], form.rhythm
    plan = schedules(columns, method, day_count=rhythm.day_count, every=rhythm.every)
    return laid_of(plan, columns.principal if method == "flat" else None)


def _column(values: Iterable[int]) -> Int64:
    return np.fromiter(values, np.int64)


def _empty(every: tuple[Terms, ...], longest: int, parts: tuple[Part, ...], singles: dict[int, Schedule]) -> Portfolio:
    shape = longest, len(every)
    nothing, never = np.zeros(shape, np.int64), np.full(shape, "NaT", "datetime64[D]")
    return Portfolio(
        terms=every,
        counts=np.zeros(len(every), np.int64),
        instalment=np.zeros(len(every), np.int64),
        starts=never,
        dues=never.copy(),
        principal=nothing,
        interest=nothing.copy(),
        fee=nothing.copy(),
        vat=nothing.copy(),
        total=nothing.copy(),
        balance=nothing.copy(),
        parts=parts,
        singles=singles,
    )


def _place_part(into: Portfolio, part: Part) -> None:
    plan, places = part.plan, part.places
    lanes = slice(0, len(plan.parts)), places
    into.counts[places], into.instalment[places] = plan.counts, plan.instalment
    into.starts[lanes], into.dues[lanes] = plan.starts, plan.dues
    into.principal[lanes], into.interest[lanes] = plan.principal, plan.interest
    into.fee[lanes], into.vat[lanes], into.total[lanes] = plan.fee, plan.vat, plan.total
    into.balance[lanes] = plan.balance


def _place_single(into: Portfolio, place: int, plan: Schedule) -> None:
    rows = plan.instalments
    into.counts[place], into.instalment[place] = len(rows), plan.instalment
    into.starts[: len(rows), place] = [row.starts_on for row in rows]
    into.dues[: len(rows), place] = [row.due_on for row in rows]
    for name in ("principal", "interest", "fee", "vat", "total", "balance"):
        getattr(into, name)[: len(rows), place] = [getattr(row, name) for row in rows]
