"""The vector form gives the scalar form's figures, row by row."""

from datetime import date, timedelta
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from axle.amortization.day_count import days_30_360
from axle.amortization.errors import AmortizationError
from axle.amortization.public import Terms, schedule
from axle.amortization.tests.examples import examples
from axle.amortization.vector.calendar import days_30_360 as vector_days_30_360
from axle.amortization.vector.columns import RATE_UNIT
from axle.amortization.vector.interest import interest_accrued
from axle.amortization.vector.level import level_instalments
from axle.amortization.vector.schedules import level_schedules
from axle.kernel.rounding import half_up

loans = st.lists(
    st.tuples(
        st.one_of(st.integers(1, 1000), st.integers(1, 10**9), st.integers(1, 10**13)),
        st.one_of(st.just(0), st.integers(0, 4 * 10**7), st.integers(0, RATE_UNIT)),
        st.one_of(st.integers(1, 72), st.integers(1, 480)),
    ),
    min_size=1,
    max_size=8,
)


def columns(rows):
    return [np.array(column, dtype=np.int64) for column in zip(*rows, strict=True)]


def scalar(principal, rate_units, periods):
    return schedule(
        Terms(
            principal=principal,
            annual_rate=Decimal(rate_units) / RATE_UNIT,
            method="level_payment",
            periods=periods,
            start_on=date(2026, 2, 25),
        )
    )


@examples(40)
@given(loans)
def test_schedules_equal_the_scalar_form(rows):
    found = level_schedules(*columns(rows))
    for loan, row in enumerate(rows):
        plan, periods = scalar(*row), row[2]
        assert found.instalment[loan] == plan.instalment
        assert found.principal[:periods, loan].tolist() == [row.principal for row in plan.instalments]
        assert found.interest[:periods, loan].tolist() == [row.interest for row in plan.instalments]
        assert found.balance[:periods, loan].tolist() == [row.balance for row in plan.instalments]
        assert not found.principal[periods:, loan].any()
        assert not found.interest[periods:, loan].any()


def test_a_portfolio_equals_the_scalar_form():
    random = np.random.default_rng(20261122)
    count = 2000
    principal = random.integers(10**6, 5 * 10**7, count)
    rate_units = random.integers(0, 3600, count) * 10_000
    periods = random.choice([12, 24, 36, 48, 60], count)
    found = level_instalments(principal, rate_units, periods)
    plans = [scalar(int(p), int(r), int(n)) for p, r, n in zip(principal, rate_units, periods, strict=True)]
    assert found.tolist() == [plan.instalment for plan in plans]


def test_an_instalment_on_the_half_is_rounded_up():
    """One period of 100 at 6 % is 100.5; a double alone cannot be trusted there."""
    principal, rate_units, periods = columns([(100, 6_000_000, 1), (300, 2_000_000, 1), (200, 3_000_000, 1)])
    assert level_instalments(principal, rate_units, periods).tolist() == [101, 301, 201]


@examples(200)
@given(st.integers(1, 10**13), st.integers(0, RATE_UNIT), st.integers(0, 10**4), st.sampled_from([360, 365]))
def test_interest_to_a_date_equals_exact_arithmetic(principal, rate_units, days, year):
    (found,) = interest_accrued(*columns([(principal, rate_units, days)]), year)
    assert found == half_up(principal * rate_units * days, RATE_UNIT * year)


@examples(200)
@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(0, 5000))
def test_thirty_day_months_equal_the_scalar_form(start, days):
    on = start + timedelta(days=days)
    (found,) = vector_days_30_360(np.array([start], dtype="datetime64[D]"), on)
    assert found == days_30_360(start, on)


@pytest.mark.parametrize(
    "row", [(0, 1, 1), (10**13 + 1, 1, 1), (1, -1, 1), (1, RATE_UNIT + 1, 1), (1, 1, 0), (1, 1, 481)]
)
def test_loans_out_of_bounds_are_refused(row):
    with pytest.raises(AmortizationError):
        level_schedules(*columns([(100, 1, 1), row]))


def test_no_loans():
    empty = np.array([], dtype=np.int64)
    assert level_schedules(empty, empty, empty).principal.shape == (0, 0)
