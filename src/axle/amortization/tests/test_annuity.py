"""Spreadsheet functions agree with numpy-financial, and refuse what a spreadsheet refuses."""

from fractions import Fraction

import numpy_financial
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from axle.amortization import annuity
from axle.amortization.errors import AmortizationError, NoRate
from axle.amortization.tests.examples import examples

SOME = examples(100)

rates = st.integers(1, 3000).map(lambda units: Fraction(units, 100_000))
counts = st.integers(1, 120)
amounts = st.integers(-(10**6), 10**6)
sides = st.booleans()


def close(found, oracle, size):
    return abs(float(found) - float(oracle)) <= 1e-9 * size


@SOME
@given(rates, counts, amounts, amounts, sides)
def test_payment_and_its_parts(rate, periods, worth, future, is_advance):
    when, size = ("begin" if is_advance else "end"), 1e3 * (abs(worth) + abs(future) + 1)
    paid = annuity.payment(rate, periods, worth, future, is_advance=is_advance)
    assert close(paid, numpy_financial.pmt(float(rate), periods, worth, future, when), size)
    no = (periods + 1) // 2
    arguments = (float(rate), no, periods, worth, future, when)
    parts = [part(rate, no, periods, worth, future, is_advance=is_advance) for part in PARTS]
    assert close(parts[0], numpy_financial.ipmt(*arguments), size)
    assert close(parts[1], numpy_financial.ppmt(*arguments), size)
    assert sum(parts) == paid


PARTS = (annuity.interest_part, annuity.principal_part)


@SOME
@given(rates, counts, amounts, amounts, sides)
def test_worth_now_and_later(rate, periods, paid, worth, is_advance):
    when, grown = ("begin" if is_advance else "end"), float((1 + rate) ** periods)
    size = 1e3 * (abs(worth) + abs(paid) * periods + 1) * grown
    later = annuity.future_worth(rate, periods, paid, worth, is_advance=is_advance)
    assert close(later, numpy_financial.fv(float(rate), periods, paid, worth, when), size)
    now = annuity.present_worth(rate, periods, paid, later, is_advance=is_advance)
    assert now == worth


@SOME
@given(rates, st.integers(2, 120), st.integers(1, 10**6), sides)
def test_rate_and_number_of_periods_go_back(rate, periods, worth, is_advance):
    paid = annuity.payment(rate, periods, worth, is_advance=is_advance)
    assert annuity.rate_of(periods, paid, worth, is_advance=is_advance) == pytest.approx(float(rate), abs=1e-7)
    assert annuity.periods_of(rate, paid, worth, is_advance=is_advance) == pytest.approx(periods, rel=1e-6)


@SOME
@given(rates, counts, st.integers(1, 10**6), sides)
def test_sums_over_periods(rate, periods, worth, is_advance):
    interest = annuity.interest_between(rate, periods, worth, 1, periods, is_advance=is_advance)
    principal = annuity.principal_between(rate, periods, worth, 1, periods, is_advance=is_advance)
    paid = annuity.payment(rate, periods, worth, is_advance=is_advance) * periods
    assert (principal, interest + principal) == (-worth, paid)


@SOME
@given(rates, st.lists(amounts, min_size=1, max_size=20))
def test_net_present_worth(rate, flows):
    oracle = numpy_financial.npv(float(rate), flows) / (1 + float(rate))
    assert close(annuity.worth_of(rate, flows), oracle, 1e3 * (sum(map(abs, flows)) + 1))


@SOME
@given(st.lists(amounts, min_size=2, max_size=20), rates, rates)
def test_modified_rate(flows, borrow, invest):
    assume(any(flow > 0 for flow in flows) and any(flow < 0 for flow in flows))
    oracle = numpy_financial.mirr(flows, float(borrow), float(invest))
    assert annuity.modified_rate(flows, borrow, invest) == pytest.approx(oracle, rel=1e-9, abs=1e-9)


@SOME
@given(rates, st.integers(1, 365))
def test_nominal_and_effective_rates_go_back(rate, times):
    assert annuity.nominal(annuity.effective(rate, times), times) == pytest.approx(float(rate), rel=1e-9)


def test_interest_at_no_rate():
    assert annuity.payment(0, 24, 100_000) == Fraction(-12500, 3)
    assert annuity.periods_of(0, -100, -1000, 10000) == 90


@pytest.mark.parametrize(
    "call",
    [
        lambda: annuity.interest_part(Fraction(1, 100), 0, 12, 1000),
        lambda: annuity.interest_part(Fraction(1, 100), 13, 12, 1000),
        lambda: annuity.effective(0, 12),
        lambda: annuity.nominal(Fraction(1, 10), 0),
        lambda: annuity.rate_of_growth(0, 1, 2),
        lambda: annuity.periods_of_growth(0, 1, 2),
        lambda: annuity.interest_between(Fraction(1, 100), 12, 1000, 5, 3),
    ],
)
def test_what_a_spreadsheet_refuses(call):
    with pytest.raises(AmortizationError):
        call()


@pytest.mark.parametrize(
    "call",
    [
        lambda: annuity.modified_rate([1, 2], 0, 0),
        lambda: annuity.rate_of(12, 100, 1000),
        lambda: annuity.rate_with_odd_days(1000, [500], 0, 0),
        lambda: annuity.rate_with_odd_days(0, [500], 0, 0),
    ],
)
def test_flows_without_a_rate(call):
    with pytest.raises(NoRate):
        call()
