"""Tax inside an amount: known figures, and parts that are the whole."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from axle.accounting.domain.tax import net_inside, vat_inside
from axle.kernel.money import Fen, parse_yuan, yuan

RATES = st.decimals(min_value=0, max_value=Decimal("0.5"), places=4)
AMOUNTS = st.integers(min_value=0, max_value=10**13)


@pytest.mark.parametrize(
    ("amount", "rate", "net", "tax"),
    [
        ("500.00", "0.06", "471.70", "28.30"),
        ("3000.00", "0.06", "2830.19", "169.81"),
        ("2000.00", "0.06", "1886.79", "113.21"),
        ("2088.21", "0.06", "1970.01", "118.20"),
        ("6000.00", "0.06", "5660.38", "339.62"),
        ("750.00", "0.06", "707.55", "42.45"),
        ("113000.00", "0.13", "100000.00", "13000.00"),
        ("3541.01", "0.13", "3133.64", "407.37"),
        ("0.09", "0.06", "0.08", "0.01"),
        ("0.08", "0.06", "0.08", "0.00"),
        ("0.00", "0.06", "0.00", "0.00"),
        ("100.00", "0", "100.00", "0.00"),
    ],
)
def test_figures(amount, rate, net, tax):
    whole = parse_yuan(amount)
    assert yuan(net_inside(whole, Decimal(rate))) == net
    assert yuan(vat_inside(whole, Decimal(rate))) == tax


@given(AMOUNTS, RATES)
def test_net_and_tax_are_the_amount(amount, rate):
    net, tax = net_inside(Fen(amount), rate), vat_inside(Fen(amount), rate)
    assert net + tax == amount
    assert 0 <= tax <= amount


@given(AMOUNTS, RATES)
def test_the_tax_is_the_nearest_fen(amount, rate):
    tax = vat_inside(Fen(amount), rate)
    assert abs(2 * (tax * (1 + rate) - amount * rate)) <= 1 + rate


@given(AMOUNTS, AMOUNTS, RATES)
def test_more_money_never_means_less_tax(amount, more, rate):
    assert vat_inside(Fen(amount), rate) <= vat_inside(Fen(amount + more), rate)
