"""What makes terms valid: the checks that ``Terms`` runs when it is built."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from axle.amortization import errors
from axle.amortization.bounds import (
    MAX_PRINCIPAL,
    check_amount,
    check_choice,
    check_date,
    check_number,
    check_rate,
    is_whole,
)
from axle.amortization.choices import (
    LEVEL_METHODS,
    DayCount,
    Method,
    Stub,
    Tail,
    Timing,
    Unit,
)
from axle.amortization.terms_parts_check import check_parts
from axle.kernel.dates import MonthEnd, is_month_end

if TYPE_CHECKING:
    from axle.amortization.terms import Terms
MAX_PERIODS = 480
MAX_EVERY = 366

LONGEST_YEARS = 100
PERIODS_A_YEAR = {"month": 12, "week": 52, "day": 365}

_RESIDUAL_METHODS: frozenset[Method] = LEVEL_METHODS | {"level_principal"}
_GRACE_METHODS: frozenset[Method] = _RESIDUAL_METHODS - {"stepped"}
_MULTIPLE_METHODS: frozenset[Method] = _RESIDUAL_METHODS | {"flat", "rule_78"}
_STUB_METHODS: frozenset[Method] = _MULTIPLE_METHODS | {"interest_first", "quarterly_interest"}


def check_terms(terms: Terms) -> None:
    """Refuse terms that break a condition, the first one found. Errors: those of ``errors`` under "terms"."""
    _check_choices(terms)
    _check_ranges(terms)
    _check_dates(terms)
    _check_method(terms)
    check_parts(terms)


def _check_choices(terms: Terms) -> None:
    check_choice(terms.method, Method, "method")
    check_choice(terms.unit, Unit, "unit")
    check_choice(terms.month_end, MonthEnd, "month_end")
    check_choice(terms.day_count, DayCount, "day_count")
    check_choice(terms.timing, Timing, "timing")
    check_choice(terms.stub, Stub, "stub")
    check_choice(terms.tail, Tail, "tail")


def _check_ranges(terms: Terms) -> None:
    if not is_whole(terms.principal) or not 1 <= terms.principal <= MAX_PRINCIPAL:
        raise errors.PrincipalOutOfRange(field="principal", value=str(terms.principal)[:40])
    check_rate(terms.annual_rate, "annual_rate")
    if not is_whole(terms.periods) or not 1 <= terms.periods <= MAX_PERIODS:
        raise errors.PeriodsOutOfRange(field="periods", value=str(terms.periods)[:40])
    check_number(terms.every, "every", 1, MAX_EVERY)
    if terms.every * terms.periods > LONGEST_YEARS * PERIODS_A_YEAR[terms.unit]:
        raise errors.TermTooLong(field="periods", years=LONGEST_YEARS)
    check_number(terms.first_due_min_days, "first_due_min_days", 0, 92)
    check_amount(terms.instalment_multiple, "instalment_multiple", 1)
    check_number(terms.interest_free_periods, "interest_free_periods", 0, terms.periods)
    check_amount(terms.residual, "residual")


def _check_dates(terms: Terms) -> None:
    check_date(terms.start_on, "start_on")
    if terms.first_due_on is not None:
        check_date(terms.first_due_on, "first_due_on")
    if terms.first_due_on is not None and terms.first_due_on <= terms.start_on:
        raise errors.FirstDueTooEarly(field="first_due_on", first_due_on=terms.first_due_on, start_on=terms.start_on)
    if terms.due_day is None:
        return
    check_number(terms.due_day, "due_day", 1, 31)
    if terms.unit != "month":
        raise errors.DueDayNeedsMonths(field="due_day", unit=terms.unit)
    first = terms.first_due_on
    if first is not None and terms.month_end == "clamp" and not _is_on_due_day(first, terms.due_day):
        raise errors.FirstDueOffDueDay(field="first_due_on", first_due_on=first, due_day=terms.due_day)


def _is_on_due_day(on: date, due_day: int) -> bool:
    return on.day == due_day or (on.day < due_day and is_month_end(on))


def _check_method(terms: Terms) -> None:
    method = terms.method
    _only_for(terms, "steps", bool(terms.steps), {"stepped"})
    _only_for(terms, "irregular", bool(terms.irregular), {"irregular"})
    _only_for(terms, "residual", terms.residual > 0, _RESIDUAL_METHODS)
    _only_for(terms, "principal_grace_periods", terms.principal_grace_periods != 0, _GRACE_METHODS)
    _only_for(terms, "timing", terms.timing == "advance", _RESIDUAL_METHODS)
    _only_for(terms, "tail", terms.tail == "levelled", LEVEL_METHODS - {"stepped"})
    _only_for(terms, "instalment_multiple", terms.instalment_multiple != 1, _MULTIPLE_METHODS)
    _only_for(terms, "stub", terms.stub != "first", _STUB_METHODS)
    for field, given, methods in (
        ("residual", terms.residual > 0, {"balloon"}),
        ("steps", bool(terms.steps), {"stepped"}),
        ("irregular", bool(terms.irregular), {"irregular"}),
    ):
        if method in methods and not given:
            raise errors.MissingForMethod(field=field, method=method)
    if terms.residual >= terms.principal:
        raise errors.ResidualTooLarge(field="residual")
    if not is_whole(terms.principal_grace_periods) or not 0 <= terms.principal_grace_periods < terms.periods:
        raise errors.GraceTooLong(field="principal_grace_periods", periods=terms.periods)
    if terms.timing == "advance" and terms.periods == 1 and not terms.residual:
        raise errors.AdvanceNeedsTwoRents(field="periods")
    if method == "quarterly_interest" and (terms.unit != "month" or terms.every != 1 or terms.periods % 3):
        raise errors.PeriodsNotQuarterly(field="periods")


def _only_for(terms: Terms, field: str, given: bool, methods: frozenset[Method] | set[Method]) -> None:
    if given and terms.method not in methods:
        raise errors.NotForMethod(field=field, method=terms.method)
