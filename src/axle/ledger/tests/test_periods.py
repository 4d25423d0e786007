"""Accounting months as numbers."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from axle.ledger.domain.periods import is_period, period_end, period_next, period_of, period_start


@pytest.mark.parametrize(
    ("period", "following", "last_day"),
    [
        (202601, 202602, date(2026, 1, 31)),
        (202602, 202603, date(2026, 2, 28)),
        (202402, 202403, date(2024, 2, 29)),
        (202612, 202701, date(2026, 12, 31)),
    ],
)
def test_months_follow_each_other(period, following, last_day):
    assert period_next(period) == following
    assert period_end(period) == last_day


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(9998, 11, 30)))
def test_a_date_lies_in_its_month(on):
    period = period_of(on)
    assert is_period(period)
    assert period_start(period) <= on <= period_end(period)
    assert period_of(period_end(period)) == period


@pytest.mark.parametrize("period", [0, 202600, 202613, 2026, 20261, 189912])
def test_other_numbers_are_no_months(period):
    assert not is_period(period)
