"""Quotes: schedule, annual rates and the cost sheet, against worked figures."""

from decimal import Decimal
from typing import Any

import pytest

from axle.kernel.money import Fen
from axle.product.domain.quotation import CostCap, Quote, quotation
from axle.product.domain.terms_check import TermsRequest
from axle.product.tests.factories import TODAY, terms

CAP = CostCap(Decimal("0.24"), "REG-SPC-2017-22")
DISBURSEMENT_DAY: Any = {"due_day": {"kind": "disbursement_day"}}


def quoted(*, method="level_payment", rate="0.09", cap=CAP, **changes) -> Quote:
    request = TermsRequest(principal=Fen(10_000_000), periods=36, method=method, annual_rate=Decimal(rate))
    product = terms(**DISBURSEMENT_DAY, **changes)
    return quotation(product, request, product="NEW-CAR", version_id=1, start_on=TODAY, cap=cap, lender="车轴汽车金融")


NO_FEES: Any = {"fees": []}


@pytest.mark.parametrize(
    ("method", "rate", "instalment", "last", "interest"),
    [
        ("level_payment", "0.09", 317_997, 318_011, 1_447_906),
        ("level_principal", "0.09", 352_778, 279_853, 1_387_500),
        ("interest_first", "0.09", 75_000, 10_075_000, 2_700_000),
        ("flat", "0.072", 337_778, 337_770, 2_160_000),
    ],
)
def test_each_method_gives_its_worked_figures(method, rate, instalment, last, interest):
    quote = quoted(method=method, rate=rate, **NO_FEES)
    rows = quote.schedule.instalments
    assert (quote.instalment, rows[-1].total, quote.interest_total) == (instalment, last, interest)
    assert (sum(row.principal for row in rows), rows[-1].balance) == (10_000_000, 0)


def test_a_flat_loan_shows_its_real_annual_rate():
    quote = quoted(method="flat", rate="0.072", **NO_FEES)
    assert (round(quote.irr.simple, 4), round(quote.irr.compound, 4)) == (Decimal("0.1317"), Decimal("0.1400"))


def test_without_fees_the_two_rates_are_the_contract_rate():
    quote = quoted(**NO_FEES)
    assert round(quote.irr.simple, 6) == round(quote.apr.simple, 6) == Decimal("0.090000")


UPFRONT = {"code": "service", "name_zh": "服务费", "name_en": "Service fee", "collector": "甲", "rate": "0.01"}
MONTHLY = {"code": "gps", "name_zh": "终端费", "name_en": "GPS", "collector": "乙", "amount": "30.00"}
DEALER = {"code": "subsidy", "name_zh": "贴息", "name_en": "Subsidy", "collector": "甲", "amount": "500.00"}
FEES: Any = {
    "fees": [UPFRONT, {**MONTHLY, "timing": "by_instalment"}, {**DEALER, "payer": "dealer"}],
}


def test_the_cost_sheet_names_every_cost_and_adds_up():
    sheet = quoted(**FEES).costs
    assert [(item.code, item.amount, item.collector, item.timing) for item in sheet.items] == [
        ("interest", 1_447_906, "车轴汽车金融", "by_instalment"),
        ("service", 100_000, "甲", "upfront"),
        ("gps", 108_000, "乙", "by_instalment"),
    ]
    assert sheet.total_amount == 1_655_906
    assert (sheet.principal, sheet.received) == (10_000_000, 9_900_000)
    assert sum(item.annualised for item in sheet.items) == sheet.total.simple
    assert all(item.annualised > 0 for item in sheet.items)
    assert sheet.items[0].annualised.quantize(Decimal("0.0001")) == Decimal("0.0900")


def test_contingent_costs_are_on_the_sheet():
    costs = [(item.code, item.rate, item.before_month) for item in quoted().costs.contingent]
    assert costs == [
        ("penalty", Decimal("0.135"), None),
        ("prepayment_fee", Decimal("0.03"), 12),
        ("prepayment_fee", Decimal("0.02"), 24),
        ("prepayment_fee", Decimal(0), None),
    ]


def test_the_all_in_rate_is_held_against_the_cap():
    tight = CostCap(Decimal("0.0900"), "REG-SPC-2017-22")
    assert [violation.code for violation in quoted(cap=tight, **FEES).violations] == ["cost_above_cap"]
    assert quoted(**FEES).violations == ()
    assert quoted(cap=CostCap(Decimal("0.0901"), ""), **NO_FEES).violations == ()


@pytest.mark.parametrize("periods", [12, 18, 24, 36, 48, 60])
@pytest.mark.parametrize("method", ["level_payment", "level_principal", "interest_first", "flat"])
def test_every_offered_combination_quotes_and_repays(method, periods):
    request = TermsRequest(
        principal=Fen(12_345_678), periods=periods, method=method, annual_rate=Decimal("0.0899"), due_day=15
    )
    quote = quotation(terms(), request, product="x", version_id=1, start_on=TODAY, cap=CAP, lender="甲")
    assert sum(row.principal for row in quote.schedule.instalments) == 12_345_678
    assert quote.total == 12_345_678 + quote.interest_total + quote.schedule.fee_total
    assert {row.due_on.day for row in quote.schedule.instalments} == {15}
