"""Rates: the regulator's example, the domain's figures, published XIRR cases, and two oracles."""

from datetime import date, timedelta
from decimal import Decimal

import numpy_financial
import pytest
import pyxirr
from hypothesis import given
from hypothesis import strategies as st

from axle.amortization.errors import NoRate
from axle.amortization.public import (
    Fee,
    annual_rates,
    apr,
    irr,
    irr_annual,
    irr_at,
    schedule,
    xirr,
    xirr_of,
)
from axle.amortization.tests.examples import examples
from axle.amortization.tests.loan_a import loan_terms


def percent(rate, places=2):
    return str(round(rate * 100, places))


def test_the_regulators_example():
    """REG-PBOC-2021-3: 100,000 less 1,000 of fees, twelve times 8,833.3: 12.80 % simple, 13.58 % by IRR."""
    rates = annual_rates(irr([-9_900_000, *[883_330] * 12]), Decimal(12))
    assert str(rates.periodic)[:10] == "0.01066983"
    assert (percent(rates.simple), percent(rates.compound)) == ("12.80", "13.58")


def test_flat_loan():
    rates = irr_annual(schedule(loan_terms(method="flat", annual_rate=Decimal("0.072"))))
    assert percent(rates.periodic, 5) == "1.09783"
    assert (percent(rates.simple), percent(rates.compound)) == ("13.17", "14.00")


@pytest.mark.parametrize(("fees", "simple", "compound"), [(0, "7.51", "7.77"), (600_000, "12.25", "12.96")])
def test_card_instalment(fees, simple, compound):
    fee = (Fee(code="service", amount=fees, timing="financed"),) if fees else ()
    rates = apr(schedule(loan_terms(principal=9_000_000, method="flat", annual_rate=Decimal("0.04"), fees=fee)))
    assert (percent(rates.simple), percent(rates.compound)) == (simple, compound)


def test_lease_with_deposit_offset_against_the_last_rents():
    """Rent in advance 4,617.59; the deposit of 15,000 pays three rents and 1,147.23 of the one before."""
    flows = [-15_000_000 + 1_500_000 + 461_759, *[461_759] * 31, 461_759 - 114_723, 0, 0, 0, 10_000]
    rates = annual_rates(irr(flows), Decimal(12))
    assert percent(rates.periodic, 5) == "0.73654"
    assert (percent(rates.simple), percent(rates.compound)) == ("8.84", "9.21")


def test_effective_rate_of_a_loan_net_of_fee_and_commission():
    rows = schedule(loan_terms()).instalments
    rate = irr([-9_905_660, *[row.total for row in rows]])
    assert percent(rate, 6) == "0.804073"
    assert round(9_905_660 * rate) == 79649


def test_apr_counts_fees_and_irr_does_not():
    fees = (
        Fee(code="service", amount=100_000),
        Fee(code="manage", amount=1000, timing="by_instalment"),
        Fee(code="subsidy", amount=500_000, payer="dealer"),
    )
    plan, bare = schedule(loan_terms(fees=fees)), schedule(loan_terms())
    assert irr_annual(plan) == irr_annual(bare)
    assert apr(plan).simple > irr_annual(plan).simple
    assert apr(bare) == irr_annual(bare)
    assert plan.fee_total == 36_000


@pytest.mark.parametrize(
    "method", ["level_payment", "level_principal", "interest_first", "single", "quarterly_interest"]
)
def test_the_rate_of_a_schedule_is_its_contract_rate(method):
    simple = irr_annual(schedule(loan_terms(method=method))).simple
    if method == "single":
        assert abs((1 + simple / 12) ** 36 - Decimal("1.27")) < Decimal("1e-6")
    elif method == "quarterly_interest":
        assert abs((1 + simple / 12) ** 3 - Decimal("1.0225")) < Decimal("1e-7")
    else:
        assert abs(simple - Decimal("0.09")) < Decimal("1e-6")


@pytest.mark.parametrize("broken", [{"due_day": 10}, {"first_due_on": date(2026, 4, 10)}])
@pytest.mark.parametrize("timing", ["arrears", "advance"])
def test_the_rate_of_a_broken_first_period_is_the_contract_rate(broken, timing):
    """Its part of a whole one is in the exponent; what is paid on the start date is paid at time zero."""
    plan = schedule(loan_terms(stub="amortised", timing=timing, **broken))
    assert abs(irr_annual(plan).simple - Decimal("0.09")) < Decimal("0.0003")
    upfront = schedule(loan_terms(stub="upfront", first_due_on=date(2026, 4, 10)))
    rows = [
        (0, upfront.instalments[0].total),
        *((1.5 + no, row.total) for no, row in enumerate(upfront.instalments[1:])),
    ]
    assert irr_annual(upfront).periodic == irr_at([(0, -10_000_000), *rows])


def test_interest_free_loan_has_no_rate_to_pay():
    rates = irr_annual(schedule(loan_terms(annual_rate=Decimal(0))))
    assert (rates.periodic, rates.simple, rates.compound) == (0, 0, 0)


@pytest.mark.parametrize("flows", [[], [0, 0], [100, 200], [-100, -200], [0, 0, 5]])
def test_flows_without_two_signs_have_no_rate(flows):
    with pytest.raises(NoRate):
        irr(flows)


def test_flows_on_one_day_have_no_rate():
    with pytest.raises(NoRate):
        xirr([(date(2026, 1, 1), 5), (date(2026, 1, 1), -7)])


# --- oracles -------------------------------------------------------------------------------------------------

payments = st.lists(st.integers(0, 10**6), min_size=1, max_size=60).filter(any)


@examples(100)
@given(st.integers(1, 10**7), payments)
def test_irr_agrees_with_numpy_financial(principal, amounts):
    rate = irr([-principal, *amounts])
    worth = numpy_financial.npv(float(rate), [-principal, *amounts])
    assert abs(worth) <= 1e-6 * (principal + sum(amounts)) * max(1.0, float(1 + rate) ** -len(amounts))


@examples(100)
@given(st.integers(10**3, 10**7), st.lists(st.tuples(st.integers(1, 3000), st.integers(1, 10**6)), min_size=1))
def test_xirr_agrees_with_pyxirr(principal, dated):
    start = date(2026, 1, 1)
    flows = [(start, -principal), *((start + timedelta(days=day), amount) for day, amount in dated)]
    oracle = pyxirr.xirr(flows)
    if oracle is not None and -0.99 < oracle < 100:
        assert float(xirr(flows)) == pytest.approx(oracle, abs=2e-9, rel=1e-8)


@examples(100)
@given(st.integers(10**4, 10**9), st.integers(1, 3000), st.integers(1, 360))
def test_level_instalment_agrees_with_numpy_financial(principal, bps, periods):
    rate = Decimal(bps) / 10000
    plan = schedule(loan_terms(principal=principal, annual_rate=rate, periods=periods))
    payment = -numpy_financial.pmt(float(rate) / 12, periods, principal)
    assert abs(plan.instalment - payment) <= 0.5 + 1e-9 * principal


def test_xirr_of_a_schedule():
    assert percent(xirr_of(schedule(loan_terms()))) == "9.40"


def test_a_rate_past_a_trillionfold_is_none():
    with pytest.raises(NoRate):
        irr([-1, 10**13])
    with pytest.raises(NoRate):
        annual_rates(Decimal(40), Decimal(12))
