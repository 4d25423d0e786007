"""Product terms: what makes them whole, and what a request may ask under them."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from pydantic import ValidationError

from axle.kernel.money import Fen
from axle.product.domain.engine_terms import loan_rules, loan_terms
from axle.product.domain.terms import ProductTerms
from axle.product.domain.terms_check import TermsRequest, principal_max, terms_violations
from axle.product.tests.factories import TODAY, terms, terms_data

REQUEST = TermsRequest(
    principal=Fen(10_000_000),
    periods=36,
    method="level_payment",
    annual_rate=Decimal("0.0899"),
    vehicle_price=Fen(16_000_000),
    reference_value=Fen(15_000_000),
    down_payment=Fen(6_000_000),
    vehicle_kind="new",
    vehicle_age_months=0,
    channel="dealer",
    due_day=15,
)


def test_terms_survive_their_own_json():
    for code in ("NEW-CAR", "USED-CAR"):
        read = terms(code)
        assert ProductTerms.model_validate(read.model_dump(mode="json")) == read
    assert terms().amount_min == 1_000_000
    assert terms().model_dump(mode="json")["amount_min"] == "10000.00"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"amount_min": "600000.00"}, "amount_range"),
        ({"exposure_max": "100.00"}, "amount_range"),
        ({"terms": [36, 24]}, "terms_out_of_order"),
        ({"terms": [24, 24]}, "listed_twice"),
        ({"terms": []}, "at least 1"),
        ({"terms": [121]}, "less than or equal"),
        ({"rate": {"minimum": "0.05", "maximum": "0.04", "default": "0.05"}}, "rate_default_outside_range"),
        ({"rate": {"minimum": 0.05, "maximum": "0.2", "default": "0.1"}}, "invalid_rate"),
        ({"ltv_caps": [{"vehicle_kind": "new", "use": "private", "cap": "0.8"}]}, "ltv_cap_missing"),
        ({"vehicle_kinds": ["new", "used"]}, "ltv_cap_missing"),
        ({"methods": ["balloon"]}, "level_payment"),
        ({"due_day": {"kind": "fixed_day"}}, "due_days_missing"),
        ({"due_day": {"kind": "fixed_day", "days": [5, 10]}}, "due_days_missing"),
        ({"due_day": {"kind": "disbursement_day", "days": [5]}}, "due_days_missing"),
        ({"due_day": {"kind": "fixed_day", "days": [29]}}, "less than or equal"),
        ({"allocation_order": ["fee", "interest"]}, "allocation_order"),
        ({"non_accrual_order": ["principal", "interest"]}, "non_accrual_order"),
        ({"penalty": {"base": "instalment", "compound_multiple": "1.5"}}, "compound_with_instalment_base"),
        (
            {"prepayment": {"bands": [{"before_month": 24, "rate": "0"}, {"before_month": 12, "rate": "0"}]}},
            "out_of_order",
        ),
        ({"prepayment": {"fee_min": "5.00", "fee_max": "4.00"}}, "prepayment_fee_range"),
        ({"fees": [{"code": "gps", "name_zh": "x", "name_en": "x", "collector": "x"}]}, "fee_amount_or_rate"),
        (
            {"fees": [{"code": "gps", "name_zh": "x", "name_en": "x", "collector": "x", "amount": "1", "rate": "0"}]},
            "fee_amount_or_rate",
        ),
        ({"colour": "red"}, "Extra inputs"),
    ],
)
def test_terms_that_leave_something_open_are_refused(changes, words):
    with pytest.raises(ValidationError, match=words):
        terms(**changes)


@pytest.mark.parametrize(
    ("changes", "field", "code", "params"),
    [
        ({"principal": Fen(999_999)}, "principal", "amount_below_minimum", {"minimum": "10000.00"}),
        ({"principal": Fen(12_000_001)}, "principal", "amount_over_ltv", {"cap": "80%", "maximum": "120000.00"}),
        ({"periods": 30}, "periods", "term_not_offered", {"offered": "12, 18, 24, 36, 48, 60"}),
        (
            {"annual_rate": Decimal("0.0398")},
            "annual_rate",
            "rate_not_offered",
            {"minimum": "3.99%", "maximum": "18%"},
        ),
        ({"vehicle_kind": "used"}, "vehicle_kind", "vehicle_kind_not_financed", {}),
        ({"vehicle_age_months": 25}, "vehicle_age_months", "vehicle_too_old", {"months": "61", "maximum": "60"}),
        (
            {"down_payment": Fen(3_199_999)},
            "down_payment",
            "down_payment_too_small",
            {"minimum": "32000.00", "share": "20%"},
        ),
        ({"due_day": 29}, "due_day", "due_day_not_offered", {"offered": ", ".join(map(str, range(1, 29)))}),
    ],
)
def test_what_the_product_does_not_offer_is_named(changes, field, code, params):
    found = terms_violations(terms(), replace(REQUEST, **changes))
    assert [(violation.field, violation.code, dict(violation.params)) for violation in found] == [(field, code, params)]


def test_a_request_at_every_limit_fits():
    limits: Any = {"principal": Fen(12_000_000), "down_payment": Fen(3_200_000), "vehicle_age_months": 24}
    assert terms_violations(terms(), replace(REQUEST, **limits)) == []
    assert terms_violations(terms(), replace(REQUEST, annual_rate=Decimal("0.18"))) == []


def test_what_is_not_known_yet_is_not_checked():
    early = TermsRequest(principal=Fen(10_000_000), periods=36, method="level_payment", annual_rate=Decimal("0.0899"))
    assert terms_violations(terms(), early) == []


def test_several_faults_are_all_named():
    bad = replace(REQUEST, principal=Fen(60_000_000), periods=7, channel="agent")
    codes = {violation.code for violation in terms_violations(terms(), bad)}
    assert codes == {"amount_above_maximum", "term_not_offered", "amount_over_ltv", "channel_not_offered"}


@pytest.mark.parametrize(
    ("kind", "energy", "use", "cap"),
    [
        ("new", "ice", "private", "0.8"),
        ("new", "nev", "private", "0.85"),
        ("new", "ice", "commercial", "0.7"),
        ("new", "nev", "commercial", "0.75"),
        ("used", "ice", "private", None),
    ],
)
def test_the_most_specific_cap_applies(kind, energy, use, cap):
    assert terms().ltv_cap(kind, energy, use) == (Decimal(cap) if cap else None)


def test_a_general_cap_gives_way_to_a_specific_one():
    caps = [
        {"vehicle_kind": "new", "cap": "0.6"},
        {"vehicle_kind": "new", "energy": "nev", "use": "private", "cap": "0.9"},
        {"vehicle_kind": "new", "energy": "nev", "cap": "0.7"},
    ]
    read = terms(ltv_caps=caps)
    found = [read.ltv_cap("new", energy, use) for energy in ("ice", "nev") for use in ("private", "commercial")]
    assert found == [Decimal("0.6"), Decimal("0.6"), Decimal("0.9"), Decimal("0.7")]


def test_the_most_that_can_be_lent_follows_the_lower_value():
    assert principal_max(terms(), REQUEST) == 12_000_000
    assert principal_max(terms(), replace(REQUEST, reference_value=None)) == 12_800_000
    assert principal_max(terms(), replace(REQUEST, vehicle_price=None, reference_value=None)) == 50_000_000


def test_product_terms_become_engine_terms_and_rules():
    loan = loan_terms(
        terms(),
        principal=Fen(10_000_000),
        annual_rate=Decimal("0.09"),
        periods=36,
        method="level_payment",
        start_on=TODAY,
        due_day=15,
    )
    assert (loan.due_day, loan.day_count, loan.fees[0].amount) == (15, "30/360", 98_000)
    rules = loan_rules(terms(), annual_rate=Decimal("0.09"))
    assert (rules.penalty_rate, rules.compound_rate, rules.grace_days) == (Decimal("0.135"), Decimal(0), 3)
    assert [(band.before_month, band.rate) for band in rules.prepayment.fee_bands] == [
        (12, Decimal("0.03")),
        (24, Decimal("0.02")),
        (None, Decimal(0)),
    ]


def test_a_product_may_order_money_otherwise_once_a_loan_is_non_accrual():
    order = ("fee", "principal", "interest", "penalty", "compound")
    rules = loan_rules(terms(non_accrual_order=order), annual_rate=Decimal("0.09"))
    assert rules.allocation_of(["non_accrual"])[0] == order
    assert rules.allocation_of([])[0] == terms().allocation_order
    assert loan_rules(terms(), annual_rate=Decimal("0.09")).standing_orders == ()


@pytest.mark.parametrize(
    ("rule", "chosen", "day"),
    [
        ({"kind": "disbursement_day"}, None, None),
        ({"kind": "fixed_day", "days": [25]}, None, 25),
        ({"kind": "chosen_day", "days": [5, 20]}, 20, 20),
        ({"kind": "chosen_day", "days": [5, 20]}, None, 5),
    ],
)
def test_the_due_day_follows_its_rule(rule, chosen, day):
    assert terms(due_day=rule).due_day.day(chosen) == day


def test_the_catalogue_changes_nothing_when_read():
    assert terms_data() == terms_data()
