"""What the database says a stored row has earned is what the engine says, on any day and by any day count."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import get_args

import pytest

from axle.amortization.choices import DayCount
from axle.amortization.public import row_accrued
from axle.servicing.models import Instalment, Loan
from axle.servicing.selectors.accrual import interest_not_due, interest_of_day
from axle.servicing.services.loan_restate import life_of
from axle.servicing.tests.factories import make_loan

STARTS = (date(2023, 12, 31), date(2024, 1, 31), date(2027, 12, 15), date(2028, 2, 29), date(2028, 11, 30))
"""Into, over and out of leap years, and from ends of months."""


def earned(plan, on):
    """What the engine has earned on rows that are not due."""
    return sum(row_accrued(plan.terms, row, plan.scale, on) for row in plan.instalments if row.due_on > on)


@pytest.mark.parametrize("start_on", STARTS)
@pytest.mark.parametrize("day_count", get_args(DayCount))
def test_every_day_of_a_loan(start_on, day_count):
    loan = make_loan(start_on=start_on, business_on=start_on, day_count=day_count, periods=3, method="level_payment")
    plan = life_of(loan).position(start_on).schedule
    days = [start_on + timedelta(days=number) for number in range((plan.instalments[-1].due_on - start_on).days + 1)]
    assert [interest_not_due(loan.legal_entity_id, on) for on in days] == [earned(plan, on) for on in days]
    of_days = [sum(day.amount for day in interest_of_day(on)) for on in days[:-1]]
    due = {row.due_on: row.interest for row in plan.instalments}
    assert of_days == [earned(plan, next_on) + due.get(next_on, 0) - earned(plan, on) for on, next_on in pairwise(days)]
    assert sum(of_days) == sum(due.values())


def test_interest_carried_into_a_row_is_earned_before_it_starts():
    loan = make_loan(annual_rate=Decimal("0.09"))
    Instalment.objects.filter(loan=loan).delete()
    Instalment.objects.create(
        loan=loan, position=1, kind="instalment", no=1, starts_on=date(2026, 3, 1), due_on=date(2026, 3, 31), days=30,
        principal=0, interest=400, fee=0, balance=0, exact=300, carried=100,
    )  # fmt: skip
    loan.exact_scale = 1
    loan.save()
    days = {"2026-02-01": 100, "2026-03-01": 100, "2026-03-02": 110, "2026-03-30": 390, "2026-03-31": 0}
    assert {on: interest_not_due(loan.legal_entity_id, date.fromisoformat(on)) for on in days} == days
    assert [(day.rows, day.amount) for day in interest_of_day(date(2026, 3, 1))] == [(1, 10)]
    assert interest_of_day(date(2026, 2, 28)) == []


@pytest.mark.parametrize("due_on", [date(2026, 1, 31), date(2026, 2, 1), date(2026, 2, 2), date(2027, 1, 1)])
def test_rows_of_any_length_are_found(due_on):
    """Those longer than a month by their own index: at its edge, each day is earned once."""
    loan, starts_on = make_loan(), date(2026, 1, 1)
    length = (due_on - starts_on).days
    Instalment.objects.filter(loan=loan).delete()
    Instalment.objects.create(
        loan=loan, position=1, kind="instalment", no=1, starts_on=starts_on, due_on=due_on, days=length,
        principal=0, interest=length, fee=0, balance=0, exact=length,
    )  # fmt: skip
    Loan.objects.filter(pk=loan.pk).update(exact_scale=1, terms=loan.terms | {"day_count": "actual/360"})
    days = [starts_on + timedelta(days=number) for number in range(-1, length + 1)]
    assert [sum(day.amount for day in interest_of_day(on)) for on in days] == [0, *[1] * length, 0]
    assert [interest_not_due(loan.legal_entity_id, on) for on in days] == [0, *range(length), 0]
