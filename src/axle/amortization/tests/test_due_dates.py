"""Due dates: due day, anchor day, month end, broken first period; and what becomes of its interest."""

from datetime import date
from decimal import Decimal

import pytest

from axle.amortization.due_dates import due_dates, first_due
from axle.amortization.public import schedule
from axle.amortization.tests.loan_a import loan_terms


def dates(**changes):
    terms = loan_terms(**changes)
    return due_dates(terms, terms.periods)


@pytest.mark.parametrize(
    ("start", "due_day", "minimum", "expected"),
    [
        (date(2026, 3, 12), 25, 15, date(2026, 4, 25)),
        (date(2026, 3, 8), 25, 15, date(2026, 3, 25)),
        (date(2026, 3, 10), 25, 15, date(2026, 3, 25)),
        (date(2026, 3, 25), 25, 15, date(2026, 4, 25)),
        (date(2026, 3, 25), 25, 0, date(2026, 4, 25)),
        (date(2026, 3, 12), 25, 0, date(2026, 3, 25)),
        (date(2026, 1, 31), 31, 15, date(2026, 2, 28)),
        (date(2026, 12, 20), 5, 15, date(2027, 1, 5)),
    ],
)
def test_first_due_date_by_due_day(start, due_day, minimum, expected):
    assert first_due(loan_terms(start_on=start, due_day=due_day, first_due_min_days=minimum)) == expected


def test_a_due_day_returns_after_a_short_month():
    assert dates(start_on=date(2024, 1, 31), periods=4) == [
        date(2024, 2, 29),
        date(2024, 3, 31),
        date(2024, 4, 30),
        date(2024, 5, 31),
    ]


def test_a_first_due_date_at_month_end_keeps_the_later_day_of_the_start():
    assert dates(start_on=date(2026, 1, 30), first_due_on=date(2026, 2, 28), periods=3) == [
        date(2026, 2, 28),
        date(2026, 3, 30),
        date(2026, 4, 30),
    ]


def test_month_end_roll():
    assert dates(start_on=date(2026, 1, 31), month_end="roll", periods=4) == [
        date(2026, 3, 1),
        date(2026, 3, 31),
        date(2026, 5, 1),
        date(2026, 5, 31),
    ]


def test_roll_under_30_360_still_has_whole_months():
    plan = schedule(loan_terms(start_on=date(2026, 1, 31), month_end="roll", periods=4))
    assert [row.days for row in plan.instalments] == [30, 30, 30, 30]


@pytest.mark.parametrize(
    ("unit", "every", "expected"),
    [
        ("week", 2, [date(2026, 3, 11), date(2026, 3, 25)]),
        ("day", 15, [date(2026, 3, 12), date(2026, 3, 27)]),
        ("month", 6, [date(2026, 8, 25), date(2027, 2, 25)]),
    ],
)
def test_other_periods(unit, every, expected):
    assert dates(unit=unit, every=every, periods=2) == expected


BROKEN = {"start_on": date(2026, 3, 12), "due_day": 25}


@pytest.mark.parametrize(
    ("day_count", "days", "interest"),
    [("actual/360", 44, 110000), ("actual/365", 44, 108493), ("30/360", 43, 107500)],
)
def test_interest_of_a_long_first_period(day_count, days, interest):
    row = schedule(loan_terms(**BROKEN, day_count=day_count)).instalments[0]
    assert (row.due_on, row.days, row.interest) == (date(2026, 4, 25), days, interest)


def test_where_the_interest_of_a_long_first_period_goes():
    """13 days beyond a month: 325.00 on 100,000.00 at 9 %."""
    whole = schedule(loan_terms(start_on=date(2026, 3, 25)))
    plans = {stub: schedule(loan_terms(**BROKEN, stub=stub)) for stub in ("first", "upfront", "last", "none")}
    first = [plan.instalments[0].interest for plan in plans.values()]
    assert first == [107500, 32500, 75000, 75000]
    assert plans["upfront"].instalments[0]._asdict() | {"exact": 0} == {
        "no": 0,
        "due_on": date(2026, 3, 12),
        "days": 0,
        "principal": 0,
        "interest": 32500,
        "fee": 0,
        "total": 32500,
        "balance": 10_000_000,
        "starts_on": date(2026, 3, 12),
        "exact": 0,
        "vat": 0,
        "carried": 0,
        "capitalised": 0,
    }
    assert plans["last"].instalments[-1].interest == whole.instalments[-1].interest + 32500
    assert plans["last"].deferred == 32500
    for plan in plans.values():
        assert [row.principal for row in plan.instalments if row.no] == [row.principal for row in whole.instalments]


def test_amortised_stub_keeps_every_instalment_level():
    plan = schedule(loan_terms(**BROKEN, stub="amortised"))
    assert plan.instalments[0].interest == 107500
    assert {row.total for row in plan.instalments[:-1]} == {plan.instalment}
    assert abs(plan.instalments[-1].total - plan.instalment) < 36


@pytest.mark.parametrize("stub", ["first", "upfront", "last"])
def test_a_short_first_period_lowers_the_first_interest(stub):
    plan = schedule(loan_terms(start_on=date(2026, 3, 8), due_day=25, stub=stub))
    assert (plan.instalments[0].no, plan.instalments[0].days, plan.instalments[0].interest) == (1, 17, 42500)


def test_advance_rent_with_a_broken_second_period():
    plan = schedule(loan_terms(**BROKEN, timing="advance", annual_rate=Decimal("0.072")))
    assert [row.due_on for row in plan.instalments[:3]] == [date(2026, 3, 12), date(2026, 4, 25), date(2026, 5, 25)]
    assert [row.days for row in plan.instalments[:3]] == [0, 43, 30]
