"""The language of amounts and conditions: what it says, and that it says nothing else."""

import contextlib
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from axle.accounting.domain.expressions import Facts, amount_parse, condition_parse
from axle.accounting.errors import ExpressionInvalid
from axle.kernel.money import parse_yuan, yuan

FACTS = Facts(
    amounts={"cash": parse_yuan("500.00"), "fee": parse_yuan("20.00"), "none": parse_yuan("0.00")},
    dimensions={"product_code": "NEW"},
    rates={"loan_service": Decimal("0.06")},
)


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("cash", "500.00"),
        ("cash + fee", "520.00"),
        ("cash - fee - fee", "460.00"),
        ("cash - (fee - fee)", "500.00"),
        ("fee - cash", "-480.00"),
        ("net(cash, loan_service)", "471.70"),
        ("vat(cash, loan_service)", "28.30"),
        ("vat(cash - fee, loan_service) + net(fee, loan_service)", "46.04"),
        ("unheard_of", "0.00"),
    ],
)
def test_amounts(text, amount):
    assert yuan(amount_parse(text).value(FACTS)) == amount


def test_an_amount_names_what_it_needs():
    parsed = amount_parse("vat(cash - fee, loan_service) + penalty")
    assert parsed.names == {"cash", "fee", "penalty"}
    assert parsed.rates == {"loan_service"}


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("cash > 0", True),
        ("none > 0", False),
        ("none == 0", True),
        ("cash == 0", False),
        ("cash - fee > 0", True),
        ("dim.product_code == 'NEW'", True),
        ("dim.product_code != 'NEW'", False),
        ("dim.dealer_id == ''", True),
        ("dim.product_code == 'NEW' and cash > 0", True),
        ("dim.product_code == 'NEW' and none > 0", False),
    ],
)
def test_conditions(text, holds):
    assert condition_parse(text).holds(FACTS) is holds


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "cash *",
        "cash * 2",
        "cash / fee",
        "-cash",
        "1",
        "cash + 1",
        "0.06",
        "cash if fee else none",
        "__import__('os')",
        "cash.real",
        "dim.product_code",
        "max(cash, fee)",
        "net(cash)",
        "net(cash, loan_service, fee)",
        "net(cash, rate=loan_service)",
        "net(cash, loan_service + x)",
        "(cash := fee)",
        "cash\nfee",
        "'cash'",
        "[cash]",
        "lambda: cash",
        "(" * 99 + "cash",
        "cash+" * 40 + "cash",
        "现金",
    ],
)
def test_nothing_else_is_an_amount(text):
    with pytest.raises(ExpressionInvalid):
        amount_parse(text)


@pytest.mark.parametrize(
    "text",
    [
        "cash",
        "cash > 1",
        "cash < 0",
        "cash != 0",
        "0 < cash",
        "cash > 0 or fee > 0",
        "not cash > 0",
        "cash > 0 > fee",
        "dim.product_code > 'A'",
        "dim.product_code == 1",
        "dim == 'NEW'",
        "other.product_code == 'NEW'",
        "dim.a.b == 'NEW'",
        "'NEW' == dim.product_code",
        "True",
    ],
)
def test_nothing_else_is_a_condition(text):
    with pytest.raises(ExpressionInvalid):
        condition_parse(text)


@given(st.text(max_size=60) | st.text(alphabet="ab()+-,. netvard'=>0_", max_size=60))
def test_any_text_is_an_amount_or_refused(text):
    with contextlib.suppress(ExpressionInvalid, KeyError):
        amount_parse(text).value(FACTS)
