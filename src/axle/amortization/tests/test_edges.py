"""The edges of what a loan may be: the longest terms, one fen, no interest, month ends, leap days, year ends."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from axle.amortization.public import (
    Disbursement,
    Payoff,
    Receipt,
    Rules,
    Terms,
    interest_accrued_to,
    payoff_quote,
    portfolio,
    replay,
    schedule,
)
from axle.amortization.tests.examples import examples
from axle.amortization.tests.slow_model import slow_schedule
from axle.amortization.tests.strategies import ALL_DAY_COUNTS, day_counts, principals, rates, simple_methods, starts

METHODS = ["level_payment", "level_principal", "interest_first", "flat", "rule_78", "single"]
EDGES = [
    date(2024, 1, 31),
    date(2024, 2, 29),
    date(2023, 12, 31),
    date(2024, 12, 31),
    date(2025, 8, 31),
    date(2027, 1, 1),
]
long_terms = st.builds(
    Terms,
    principal=principals,
    annual_rate=rates,
    method=simple_methods,
    periods=st.integers(61, 480),
    start_on=starts,
    day_count=day_counts,
)


@examples(15)
@given(long_terms)
def test_the_slow_model_lays_out_long_terms_too(terms):
    rows, _ = slow_schedule(terms)
    found = [(row.due_on, row.principal, row.interest) for row in schedule(terms).instalments]
    assert found == [(row.due_on, row.due["principal"], row.due["interest"]) for row in rows]
    assert sum(principal for _, principal, _ in found) == terms.principal


@examples(5)
@given(st.sampled_from([1, 100, 10**9]), rates, starts, st.sampled_from(["level_payment", "level_principal", "flat"]))
def test_four_hundred_and_eighty_instalments_paid_on_time_settle_the_loan(principal, rate, start, method):
    terms = Terms(principal=principal, annual_rate=rate, method=method, periods=480, start_on=start)
    plan = schedule(terms)
    events = [Disbursement(id="d", on=start, amount=principal)]
    events += [Receipt(id=f"r{row.no}", on=row.due_on, amount=row.total) for row in plan.instalments if row.total]
    found = replay(terms, Rules(), events, plan.matures_on)
    assert found.is_settled
    assert (found.paid.principal, found.paid.interest) == (principal, plan.interest_total)
    assert (found.unapplied, found.outstanding.total) == (0, 0)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("rate", ["0", "0.24", "1"])
@pytest.mark.parametrize("periods", [1, 2, 12])
def test_a_loan_of_one_fen(method, rate, periods):
    """Its principal is one fen in one row; paid off on any day by what the payoff asks for."""
    terms = Terms(principal=1, annual_rate=Decimal(rate), method=method, periods=periods, start_on=date(2024, 2, 29))
    plan = schedule(terms)
    assert sorted(row.principal for row in plan.instalments)[-1] == sum(row.principal for row in plan.instalments) == 1
    on = date(2024, 3, 7)
    lent = Disbursement(id="d", on=terms.start_on, amount=1)
    total = payoff_quote(terms, Rules(), [lent], on).total
    assert total == 1 + interest_accrued_to(plan, on)
    if method != "rule_78":
        assert replay(terms, Rules(), [lent, Payoff(id="p", on=on, amount=total)], on).is_settled


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("periods", [1, 7, 480])
def test_without_interest_a_loan_costs_its_principal(method, periods):
    terms = Terms(principal=99_999, annual_rate=Decimal(0), method=method, periods=periods, start_on=date(2024, 1, 31))
    plan = schedule(terms)
    assert (plan.interest_total, plan.total) == (0, 99_999)
    assert portfolio([terms]).total.sum() == 99_999


@pytest.mark.parametrize("start", EDGES)
@pytest.mark.parametrize("day_count", ALL_DAY_COUNTS)
def test_month_ends_leap_days_and_year_ends(start, day_count):
    """Due dates keep their day or clamp to the month's end; interest by days adds up to the schedule's at any edge."""
    terms = Terms(
        principal=1_200_000,
        annual_rate=Decimal("0.0729"),
        method="interest_first",
        periods=50,
        start_on=start,
        day_count=day_count,
    )
    plan = schedule(terms)
    for row in plan.instalments:
        following = date(row.due_on.year + row.due_on.month // 12, row.due_on.month % 12 + 1, 1)
        month_end = (following - date.resolution).day
        assert row.due_on.day == min(start.day, month_end)
        assert interest_accrued_to(plan, row.due_on) == sum(one.interest for one in plan.instalments[: row.no])
    assert plan.matures_on.toordinal() - start.toordinal() in range(1519, 1525)
