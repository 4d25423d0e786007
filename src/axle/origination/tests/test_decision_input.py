"""The strategy's input: every declared field is there, and null only where the contract says what it means."""

from typing import Any

import pytest

from axle.decisioning.public import input_contract
from axle.kernel.money import Fen
from axle.origination.domain.decision_input import decision_case, decision_input
from axle.origination.domain.routing import Limits, Route, Routed, route
from axle.origination.tests.world import TODAY, World, facts_of

STRATEGY = "auto_loan_standard"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"dealer_id": None},
        {"customer__id_is_long_term": True},
        {"credit_facts": {"is_thin_file": True, "identity_check": "match"}},
        {"credit_facts": None},
    ],
)
def test_the_input_names_exactly_what_the_contract_declares(world: World, changes: dict[str, Any]):
    application = world.submitted(**changes)
    contract = input_contract(STRATEGY, on=TODAY)
    assert contract is not None
    told = decision_input(facts_of(application))
    signals = {name for name, field in contract.known.items() if "sources_asked" in field.missing_when}
    assert set(contract.known) - signals <= set(told) <= set(contract.known)
    values = decision_case(told, contract.known)
    faults = {fault.where for fault in contract.check(values)}
    unasked = {name for name in contract.known if name.startswith("bureau_") or name == "card_use_rate"}
    assert faults <= (unasked if changes.get("credit_facts", {}) is None else set())


@pytest.mark.django_db
def test_values_are_those_of_the_form_and_the_product(world: World):
    values = decision_input(facts_of(world.submitted()))
    chosen = {
        "applied_on": TODAY,
        "loan_amount_fen": 10_000_000,
        "instalment_fen": 317_951,
        "term_months": 36,
        "applicant_age_years": 36,
        "monthly_income_fen": 1_500_000,
        "reference_value_fen": 16_500_000,
        "vehicle_energy": "ice",
        "vehicle_age_months": 0,
        "mileage_km": None,
        "dealer_grade": "A",
        "channel": "dealer",
        "duplicate_applications_30d": 0,
        "ocr_differences": 0,
        "documents_missing": 0,
        "legal_entity_code": "AXF",
        "vehicle_series": "大众/朗逸",
        "vehicle_energy_kind": "petrol",
        "vehicle_class": "passenger",
        "operation_kind": "none",
        "is_repeat_customer": False,
        "sources_asked": [
            "graph",
            "address_text",
            "income_band",
            "dealer",
            "dealer_mortgages",
            "dealer_control",
            "payee",
            "papers",
        ],
    }
    assert {name: values[name] for name in chosen} == chosen


@pytest.mark.parametrize(
    ("outcome", "amount", "limit", "is_under_review", "expected"),
    [
        ("approve", 10_000_000, 12_000_000, False, Routed(Route.APPROVE, Fen(10_000_000), 36)),
        ("approve", 10_000_001, 12_000_000, False, Routed(Route.REVIEW)),
        ("approve", 12_000_000, 9_990_000, False, Routed(Route.APPROVE, Fen(9_990_000), 36)),
        ("approve", 9_000_000, 8_000_000, False, Routed(Route.APPROVE, Fen(8_000_000), 36)),
        ("approve", 9_000_000, 999_999, False, Routed(Route.REVIEW)),
        ("approve", 9_000_000, None, False, Routed(Route.REVIEW)),
        ("approve", 9_000_000, 12_000_000, True, Routed(Route.RESUME)),
        ("refer", 1, 12_000_000, False, Routed(Route.REVIEW)),
        ("refer", 1, 12_000_000, True, Routed(Route.RESUME)),
        ("decline", 1, 12_000_000, False, Routed(Route.DECLINE)),
        ("decline", 1, 12_000_000, True, Routed(Route.DECLINE)),
    ],
)
def test_only_a_clear_approval_within_authority_goes_without_people(outcome, amount, limit, is_under_review, expected):
    limits = Limits(limit, None, Fen(1_000_000), (12, 24, 36), Fen(10_000_000))
    assert (
        route(outcome=outcome, amount=Fen(amount), periods=36, limits=limits, is_under_review=is_under_review)
        == expected
    )


@pytest.mark.parametrize(
    ("months", "expected"),
    [
        (60, Routed(Route.APPROVE, Fen(8_000_000), 60)),
        (59, Routed(Route.APPROVE, Fen(6_500_000), 48)),
        (36, Routed(Route.APPROVE, Fen(8_000_000), 36)),
        (23, Routed(Route.APPROVE, Fen(4_170_000), 12)),
        (11, Routed(Route.REVIEW)),
    ],
)
def test_a_term_over_the_limit_is_approved_for_the_longest_that_the_product_has(months, expected):
    """59 months allow 48, over which 80,000 of 59 months are 65,084: whole hundreds of them."""
    limits = Limits(8_000_000, months, Fen(1_000_000), (12, 36, 48, 60), Fen(10_000_000))
    assert route(outcome="approve", amount=Fen(9_000_000), periods=60, limits=limits, is_under_review=False) == expected
