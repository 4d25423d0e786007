"""The fast search for a rate gives the rate of the bracketed search, or nothing."""

from datetime import date, timedelta
from decimal import Decimal
from math import expm1

import pytest
from hypothesis import given
from hypothesis import strategies as st

from axle.amortization.irr import RATE_PLACES, _bracket, _refine, _worth
from axle.amortization.newton import growth_at, growth_of_even
from axle.amortization.public import irr, xirr
from axle.amortization.tests.examples import examples

MANY = examples(300)
back = st.lists(st.one_of(st.just(0), st.integers(0, 10**9)), min_size=1, max_size=80).filter(any)
lent = st.one_of(st.integers(1, 1000), st.integers(1, 10**12))


def bracketed(flows):
    flows = [(float(time), flow) for time, flow in flows]
    return _refine(flows, *_bracket(lambda growth: _worth(flows, growth), 0.01))


@MANY
@given(lent, back)
def test_even_flows(principal, amounts):
    found = growth_of_even([-principal, *amounts])
    if found is not None and abs(found) < 20:
        slow = bracketed(enumerate([-principal, *amounts]))
        assert abs(found - slow) <= 1e-11 * max(1.0, abs(slow))


@MANY
@given(lent, st.lists(st.tuples(st.integers(1, 12_000), st.integers(1, 10**9)), min_size=1, max_size=60))
def test_dated_flows(principal, dated):
    flows = [(0, -principal), *sorted(dated)]
    found = growth_at(flows, 365)
    if found is not None and abs(found * 365) < 20:
        slow = bracketed((time / 365, flow) for time, flow in flows if flow)
        assert abs(found * 365 - slow) <= 1e-11 * max(1.0, abs(slow))


@pytest.mark.parametrize("flows", [[], [-5], [5, -6], [-5, 0, 0], [-5, 3, -1, 4], [0, -5, 6]])
def test_other_shapes_are_left_to_the_bracketed_search(flows):
    assert growth_of_even(flows) is None


@pytest.mark.parametrize(
    "flows", [[(0, -5)], [(1, -5), (2, 6)], [(0, -5), (0, 6)], [(0, 5), (1, -6)], [(0, -5), (1, -1), (2, 9)]]
)
def test_dated_flows_of_other_shapes(flows):
    assert growth_at(flows) is None


def test_ordinary_loans_are_answered_without_a_bracket():
    for payment in (280_000, 300_000, 316_800, 1_000_000):
        flows = [-10_000_000, *[payment] * 36]
        found = growth_of_even(flows)
        assert found is not None
        assert irr(flows) == round(Decimal(expm1(found)), RATE_PLACES)


def test_an_amount_far_from_any_loan():
    assert irr([-1, *[0] * 479, 1]) == 0
    assert irr([-(10**12), 1]) == Decimal("-1.0000000000")
    start = date(2026, 1, 1)
    assert xirr([(start, -100), (start + timedelta(days=365), 110)]) == Decimal("0.1000000000")
