"""Quotes: what each key of the terms does to the rows, to who pays whom, and to the rates."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import numpy_financial
import pytest
from hypothesis import given

from axle.amortization.public import (
    irr,
    quote_json,
    rate_of_rent,
    received_at_start,
    schedule,
    terms_from_json,
    terms_to_json,
    transfers,
)
from axle.amortization.tests.examples import examples
from axle.amortization.tests.loan_a import loan_terms
from axle.amortization.tests.strategies import any_terms, lays_out
from axle.amortization.transfers import Transfer
from axle.kernel.errors import AxleError
from axle.kernel.money import parse_yuan

LOAN = {
    "principal": "100000.00",
    "annual_rate": "0.09",
    "method": "level_payment",
    "periods": 36,
    "start_on": "2026-02-25",
}


def quoted(**changes):
    """The quote of loan A with changes; a change to None takes the key away."""
    return quote_json({key: value for key, value in (LOAN | changes).items() if value is not None})


def row(quote, no):
    return next(found for found in quote["instalments"] if found["no"] == no)


# --- leases --------------------------------------------------------------------------------------------------

LEASE = {"principal": "150000.00", "annual_rate": "0.072"}


def test_rent_in_arrears_and_in_advance():
    assert quoted(**LEASE)["instalment"] == "4645.29"
    assert quoted(**LEASE, timing="advance")["instalment"] == "4617.59"


def test_a_deposit_that_pays_the_last_rents_and_a_nominal_price_raise_the_yield():
    quote = quoted(**LEASE, timing="advance", deposit={"rate": "0.1", "mode": "offset"}, purchase_price="100.00")
    assert quote["deposit"] == {
        "amount": "15000.00",
        "mode": "offset",
        "offsets": [
            {"no": 33, "amount": "1147.30"},
            {"no": 34, "amount": "4617.59"},
            {"no": 35, "amount": "4617.59"},
            {"no": 36, "amount": "4617.52"},
        ],
    }
    assert (quote["apr"]["simple"][:6], quote["apr"]["compound"][:6]) == ("0.0883", "0.0920")
    assert quote["irr_annual"]["simple"][:5] == "0.072"
    assert quote["cash_flows"]["borrower"][-1] == {
        "on": "2029-02-25",
        "amount": "-100.00",
        "items": {"purchase_price": "-100.00"},
    }
    assert quote["disclosure"]["cash_at_signing"] == "19617.59"


def test_a_deposit_that_is_paid_back_at_the_end():
    quote = quoted(deposit={"amount": "10000.00"})
    assert quote["cash_flows"]["borrower"][0]["items"] == {"disbursement": "100000.00", "deposit": "-10000.00"}
    assert quote["cash_flows"]["borrower"][-1]["items"] == {"instalment": "-3180.11", "deposit": "10000.00"}


@pytest.mark.parametrize(
    ("changes", "rate", "when"),
    [
        ({"rent": "3179.97"}, "0.089999298258", "end"),
        ({"principal": "150000.00", "rent": "4645.29"}, "0.071999515791", "end"),
        ({"principal": "150000.00", "rent": "4617.59", "timing": "advance"}, "0.072000341241", "begin"),
        ({"principal": "200000.00", "rent": "4559.07", "residual": "60000.00"}, "0.059999890402", "end"),
        ({"principal": "36000.00", "rent": "1000.00"}, "0", "end"),
    ],
)
def test_the_rate_of_a_rent(changes, rate, when):
    quote = quoted(**changes | {"annual_rate": None})
    principal, rent, residual = (float(changes.get(key, default)) for key, default in AMOUNTS)
    oracle = numpy_financial.rate(36, -rent, principal, -residual, when=when)
    assert quote["annual_rate"] == rate
    assert abs(float(rate) - 12 * oracle) < 1e-9
    assert quote["instalment"] == changes["rent"]
    assert {found["total"] for found in quote["instalments"][:-1]} == {changes["rent"]}


AMOUNTS = (("principal", 100000), ("rent", 0), ("residual", 0))


@examples(25)
@given(any_terms().filter(lambda terms: terms.method in ("level_payment", "balloon") and lays_out(terms)))
def test_the_rate_of_a_rent_gives_that_rent(terms):
    plain = replace(
        terms, instalment_multiple=1, tail="last", principal_grace_periods=0, interest_free_periods=0, subvention=None
    )
    rent = schedule(plain).instalment
    if not rent:
        return
    solved = rate_of_rent(replace(plain, rent=rent))
    assert schedule(replace(plain, annual_rate=solved)).instalment == rent


def test_vat_is_added_to_the_rent_of_a_direct_lease():
    """100,000 + 13 % VAT at 8 %: rent 3,133.64, tax 407.37 a month."""
    quote = quoted(annual_rate="0.08", vat_rate="0.13", vat_base="rent")
    assert (row(quote, 1)["vat"], row(quote, 1)["total"]) == ("407.37", "3541.01")
    assert quote["cash_flows"]["borrower"][1]["items"] == {"instalment": "-3133.64", "vat": "-407.37"}
    assert [item["code"] for item in quote["disclosure"]["items"]] == ["interest", "vat"]


def test_vat_is_contained_in_the_interest_of_a_loan():
    """750.00 of interest contain 42.45 at 6 %."""
    quote = quoted(vat_rate="0.06")
    assert (row(quote, 1)["vat"], row(quote, 1)["total"]) == ("42.45", "3179.97")
    assert quote["apr"] == quoted()["apr"]


# --- subvention, funder, dealer ------------------------------------------------------------------------------


@pytest.mark.parametrize(("rate", "settlement", "amount"), [("0.0399", "0.0899", "7157.02"), ("0", "0.07", "10037.53")])
def test_subvention_as_a_present_value_gives_the_lender_the_settlement_rate(rate, settlement, amount):
    quote = quoted(annual_rate=rate, subvention={"settlement_rate": settlement})
    assert quote["subvention"]["amount"] == amount
    assert round(float(quote["irr_lender"]["simple"]), 5) == float(settlement)
    assert quote["cash_flows"]["manufacturer"] == [
        {"on": "2026-02-25", "amount": f"-{amount}", "items": {"subvention": f"-{amount}"}}
    ]


def test_subvention_by_period_is_the_difference_of_interest():
    """Month 1: 100,000 x (8.99 % - 3.99 %) / 12 = 749.17 - 332.50."""
    subvention = {"mode": "by_period", "settlement_rate": "0.0899", "payer": "dealer", "periods": 12}
    quote = quoted(annual_rate="0.0399", subvention=subvention)
    assert quote["subvention"]["payments"][0] == {"on": "2026-03-25", "no": 1, "amount": "416.67"}
    assert len(quote["subvention"]["payments"]) == 12
    whole = quoted(annual_rate="0.0399", subvention=subvention | {"periods": None})
    assert round(float(whole["irr_lender"]["simple"]), 6) == 0.0899


def test_a_fixed_subvention_reaches_the_lender_at_the_start():
    quote = quoted(subvention={"mode": "fixed", "amount": "500.00", "payer": "dealer"})
    assert quote["cash_flows"]["lender"][0]["items"] == {"disbursement": "-100000.00", "subvention": "500.00"}
    assert quote["cash_flows"]["dealer"] == [
        {"on": "2026-02-25", "amount": "99500.00", "items": {"purchase": "100000.00", "subvention": "-500.00"}}
    ]


def test_a_funder_gets_its_share_of_every_instalment():
    flows = quoted(funder={"share": "0.7"})["cash_flows"]
    assert [flow["amount"] for flow in flows["funder"][:2]] == ["-70000.00", "2225.98"]
    assert flows["lender"][1]["items"] == {"instalment": "3179.97", "funding": "-2225.98"}


def test_a_funder_with_a_rate_of_its_own():
    """70 % of 2,429.97 principal, and 5 % a year on 70,000.00."""
    flows = quoted(funder={"share": "0.7", "annual_rate": "0.05"})["cash_flows"]["funder"]
    assert flows[1]["amount"] == "1992.65"
    worth = irr([parse_yuan(flow["amount"]) for flow in flows])
    assert round(float(worth) * 12, 6) == 0.05


def test_a_down_payment_goes_to_the_dealer_and_is_no_part_of_the_loan():
    quote = quoted(down_payment="30000.00", fees=[{"code": "plate", "rate": "0.01", "base": "price"}])
    assert quote["cash_flows"]["dealer"][0]["amount"] == "130000.00"
    assert quote["totals"]["fee_upfront"] == "1300.00"
    assert quote["disclosure"]["cash_at_signing"] == "31300.00"
    assert quote["cash_flows"]["borrower"][0]["amount"] == "98700.00"


@examples(60)
@given(any_terms().filter(lays_out))
def test_what_one_party_pays_another_gets(terms):
    plan = schedule(terms)
    every = transfers(plan)
    assert all(isinstance(found, Transfer) and found.amount > 0 for found in every)
    rows = sum(found.amount for found in every if found.kind in ("instalment", "vat"))
    fees = sum(found.amount for found in every if found.kind == "fee" and found.payer == "borrower")
    assert rows + plan.fee_total == plan.total
    assert fees == plan.fee_total + terms.principal - received_at_start(terms)
    deposits = [found for found in every if found.kind == "deposit"]
    given = sum(found.amount for found in deposits if found.payer == "borrower")
    assert given == sum(found.amount for found in deposits if found.payee == "borrower")
    funded = [found for found in every if found.kind == "funding"]
    if terms.funder and terms.funder.annual_rate is None and funded:
        assert sum(found.amount for found in funded if found.payee == "funder") >= funded[0].amount - len(funded)


def test_a_deposit_passes_over_rows_that_ask_for_nothing():
    """2.47 in 29 parts of 0.09: the last two rows are empty, and the deposit pays the ones before them."""
    quote = quoted(
        principal="2.47", annual_rate="0", method="flat", periods=29, deposit={"amount": "0.10", "mode": "offset"}
    )
    assert row(quote, 29)["total"] == "0.00"
    assert sum(parse_yuan(offset["amount"]) for offset in quote["deposit"]["offsets"]) == 10


def test_a_rent_with_a_subvention_has_its_rate_solved():
    quote = quoted(**RENT, subvention={"settlement_rate": "0.12"})
    assert quote["annual_rate"] == "0.089999298258"


# --- rates ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "simple", "compound"),
    [
        # flat 0.6 % a month, quoted as 7.2 % a year
        ({"annual_rate": None, "flat_rate": "0.006", "method": "flat"}, 13.17, 14.00),
        # a card instalment of 90,000 with a fee of 12 %, and with 6,000 of it as a service fee
        (
            {"principal": "90000.00", "annual_rate": "0", "fees": [{"amount": "300.00", "timing": "by_instalment"}]},
            7.51,
            7.77,
        ),
        (
            {
                "principal": "90000.00",
                "annual_rate": "0",
                "fees": [{"amount": "300.00", "timing": "by_instalment"}, {"amount": "6000.00", "timing": "financed"}],
            },
            12.25,
            12.96,
        ),
    ],
)
def test_the_annualised_rate_of_all_costs(changes, simple, compound):
    apr = quoted(**changes)["apr"]
    assert (round(float(apr["simple"]) * 100, 2), round(float(apr["compound"]) * 100, 2)) == (simple, compound)


def test_costs_of_the_sheet_add_up_to_its_total():
    fees = [
        {"code": "service", "rate": "0.03", "collector": "Axle Guarantee"},
        {"code": "gps", "amount": "20.00", "timing": "by_instalment"},
        {"code": "rebate", "amount": "2000.00", "payer": "dealer"},
    ]
    rules = {"penalty_rate": "0.135", "prepayment": {"fee_bands": [{"before_month": 12, "rate": "0.03"}]}}
    sheet = quoted(fees=fees, deposit={"amount": "5000.00"}, purchase_price="1.00", **rules)["disclosure"]
    found = {item["code"]: (item["collected"], item["collector"], item["amount"]) for item in sheet["items"]}
    assert found == {
        "interest": ("by_instalment", "lender", "14479.06"),
        "service": ("upfront", "Axle Guarantee", "3000.00"),
        "gps": ("by_instalment", "lender", "720.00"),
        "deposit": ("upfront", "lender", "0.00"),
        "purchase_price": ("at_end", "lender", "1.00"),
    }
    total = sum(Decimal(item["annualised"]) for item in sheet["items"])
    assert total == Decimal(sheet["annualised"]["simple"])
    assert [(item["code"], item["rate"]) for item in sheet["contingent"]] == [
        ("penalty", "0.135"),
        ("prepayment_fee", "0.03"),
    ]


# --- fees, dates ---------------------------------------------------------------------------------------------


def test_a_fee_on_the_balance_and_the_tax_in_it():
    """0.1 % of 100,000.00, then of 66,915.42; 6 % VAT inside."""
    fee = {"code": "guarantee", "rate": "0.001", "base": "balance", "timing": "by_instalment", "vat_rate": "0.06"}
    quote = quoted(periods=3, fees=[fee])
    assert [(found["fee"], found["vat"]) for found in quote["instalments"]] == [
        ("100.00", "5.66"),
        ("66.92", "3.79"),
        ("33.58", "1.90"),
    ]


def test_a_fee_on_the_instalment():
    fee = {"rate": "0.01", "base": "instalment", "timing": "by_instalment"}
    assert row(quoted(fees=[fee]), 1)["fee"] == "31.80"


@pytest.mark.parametrize(
    ("rule", "days"),
    [
        ("next", ["2026-05-06", "2026-06-01", "2026-07-01", "2026-08-03"]),
        ("previous", ["2026-04-30", "2026-06-01", "2026-07-01", "2026-07-31"]),
        ("keep", ["2026-05-01", "2026-06-01", "2026-07-01", "2026-08-01"]),
    ],
)
def test_due_dates_move_off_holidays_and_interest_does_not(rule, days):
    plain = quoted(start_on="2026-04-01", periods=4)
    quote = quoted(start_on="2026-04-01", periods=4, holidays={"calendar": "cn", "rule": rule})
    assert [found["due_on"] for found in quote["instalments"]] == days
    assert [found["total"] for found in quote["instalments"]] == [found["total"] for found in plain["instalments"]]
    assert quote["unannounced_years"] == []


def test_years_without_announced_holidays_are_told():
    assert quoted(holidays={"calendar": "cn"}, start_on="2026-12-01", periods=2)["unannounced_years"] == [2027]


def test_a_moved_due_date_never_lies_before_the_start():
    daily = {"unit": "day", "periods": 3, "start_on": "2026-05-02", "holidays": {"calendar": "cn", "rule": "previous"}}
    assert {found["due_on"] for found in quoted(**daily)["instalments"]} == {"2026-05-02"}


# --- refusals ------------------------------------------------------------------------------------------------

RENT = {"annual_rate": None, "rent": "3179.97"}


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"rent": "3179.97"}, "rent", "one_rate_only"),
        ({"annual_rate": None, "rent": "100.00"}, "rent", "rent_too_small"),
        ({"annual_rate": None, "rent": "50000.00"}, "rent", "rate_out_of_range"),
        (RENT | {"method": "flat"}, "rent", "not_for_method"),
        (RENT | {"tail": "levelled"}, "tail", "not_together"),
        (RENT | {"interest_free_periods": 1}, "interest_free_periods", "not_together"),
        (RENT | {"principal_grace_periods": 1}, "principal_grace_periods", "not_together"),
        (RENT | {"instalment_multiple": "1.00"}, "instalment_multiple", "not_together"),
        ({"down_payment": 5}, "down_payment", "wrong_type"),
        ({"down_payment": "-5"}, "down_payment", "amount_out_of_range"),
        ({"purchase_price": "-5"}, "purchase_price", "amount_out_of_range"),
        ({"deposit": "1000.00"}, "deposit", "not_an_object"),
        ({"deposit": {}}, "deposit", "amount_or_rate"),
        ({"deposit": {"amount": "1.00", "rate": "0.1"}}, "deposit", "amount_or_rate"),
        ({"deposit": {"amount": "-1.00"}}, "deposit.amount", "amount_out_of_range"),
        ({"deposit": {"rate": "24"}}, "deposit.rate", "rate_out_of_range"),
        ({"deposit": {"rate": "1"}}, "deposit", "deposit_too_large"),
        ({"deposit": {"amount": "1.00", "mode": "kept"}}, "deposit.mode", "unknown_choice"),
        ({"deposit": {"amount": "1.00", "on": "2026-01-01"}}, "deposit.on", "unknown_key"),
        ({"subvention": {}}, "subvention.settlement_rate", "missing_key"),
        ({"subvention": {"mode": "fixed"}}, "subvention.amount", "missing_key"),
        ({"subvention": {"mode": "gift"}}, "subvention.mode", "unknown_choice"),
        (
            {"subvention": {"mode": "fixed", "amount": "1", "settlement_rate": "0.1"}},
            "subvention.settlement_rate",
            "not_together",
        ),
        ({"subvention": {"settlement_rate": "0.08"}}, "subvention.settlement_rate", "settlement_below_rate"),
        ({"subvention": {"settlement_rate": "9"}}, "subvention.settlement_rate", "rate_out_of_range"),
        ({"subvention": {"settlement_rate": "0.1", "payer": "borrower"}}, "subvention.payer", "unknown_choice"),
        ({"subvention": {"settlement_rate": "0.1", "periods": 12}}, "subvention.periods", "not_together"),
        (
            {"subvention": {"mode": "by_period", "settlement_rate": "0.1", "periods": 37}},
            "subvention.periods",
            "number_out_of_range",
        ),
        ({"funder": {}}, "funder.share", "missing_key"),
        ({"funder": {"share": "1.5"}}, "funder.share", "rate_out_of_range"),
        ({"funder": {"share": "0.5", "annual_rate": "5"}}, "funder.annual_rate", "rate_out_of_range"),
        ({"holidays": {}}, "holidays.calendar", "missing_key"),
        ({"holidays": {"calendar": "moon"}}, "holidays.calendar", "unknown_calendar"),
        ({"holidays": {"calendar": "cn", "rule": "skip"}}, "holidays.rule", "unknown_choice"),
        ({"holidays": "cn"}, "holidays", "not_an_object"),
        ({"vat_rate": "13"}, "vat_rate", "rate_out_of_range"),
        ({"vat_base": "all"}, "vat_base", "unknown_choice"),
        ({"fees": [{"rate": "0.01", "base": "balance"}]}, "fees[0].base", "not_together"),
        ({"fees": [{"amount": "1.00", "base": "price"}]}, "fees[0].base", "not_together"),
        ({"fees": [{"rate": "0.01", "base": "age"}]}, "fees[0].base", "unknown_choice"),
        ({"fees": [{"amount": "1.00", "timing": "financed", "payer": "dealer"}]}, "fees[0].payer", "not_together"),
        ({"fees": [{"amount": "1.00", "vat_rate": "6"}]}, "fees[0].vat_rate", "rate_out_of_range"),
    ],
)
def test_refused_parts(changes, field, code):
    with pytest.raises(AxleError) as refusal:
        quoted(**changes)
    assert (refusal.value.field, refusal.value.code) == (field, code)


def test_null_is_no_way_to_ask_for_a_default():
    with pytest.raises(AxleError) as refusal:
        quote_json(LOAN | {"day_count": None})
    assert (refusal.value.field, refusal.value.code) == ("day_count", "wrong_type")


def test_terms_with_a_rent_read_their_rate_back():
    terms = terms_from_json({key: value for key, value in (LOAN | RENT).items() if value is not None})
    assert terms.annual_rate == Decimal("0.089999298258")
    assert terms_from_json(terms_to_json(terms)) == terms
    assert schedule(terms).instalments[0].due_on == date(2026, 3, 25)
    assert loan_terms().rent is None
