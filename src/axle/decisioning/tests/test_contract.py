"""The input contract: every declared input, typed, in range; null only where it means something."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from axle.decisioning.domain.contract import contract_parse
from axle.decisioning.domain.inputs_kept import inputs_kept
from axle.decisioning.tests.factories import SMALL_CONTRACT, base_case, standard_contract

CONTRACT = standard_contract()


def faults(**changes):
    return [(fault.code.value, fault.where) for fault in CONTRACT.check(base_case(**changes))]


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("applicant_age_years", None, "input_null_refused"),
        ("applicant_age_years", "35", "input_wrong_type"),
        ("applicant_age_years", 35.0, "input_wrong_type"),
        ("applicant_age_years", True, "input_wrong_type"),
        ("applicant_age_years", -1, "input_out_of_range"),
        ("applicant_age_years", 131, "input_out_of_range"),
        ("monthly_income_fen", 0, "input_out_of_range"),
        ("loan_amount_fen", 10**12, "input_out_of_range"),
        ("annual_rate", "x", "input_wrong_type"),
        ("annual_rate", "NaN", "input_wrong_type"),
        ("annual_rate", "Infinity", "input_wrong_type"),
        ("annual_rate", float("nan"), "input_wrong_type"),
        ("annual_rate", "1.1", "input_out_of_range"),
        ("annual_rate", [], "input_wrong_type"),
        ("is_thin_file", 1, "input_wrong_type"),
        ("is_thin_file", "false", "input_wrong_type"),
        ("channel", "agent", "input_not_a_choice"),
        ("channel", 5, "input_wrong_type"),
        ("channel", ["dealer"], "input_wrong_type"),
        ("applied_on", "2026-13-01", "input_wrong_type"),
        ("applied_on", "20261122", "input_wrong_type"),
        ("applied_on", datetime(2026, 11, 22), "input_wrong_type"),  # noqa: DTZ001
        ("region_code", "33010", "input_out_of_range"),
        ("region_code", "330106\n", "input_out_of_range"),
        ("product_code", "13812345678", "input_personal_data"),
        ("product_code", "11010519491231002X", "input_personal_data"),
        ("product_code", "6222021234567890128", "input_personal_data"),
        ("id_valid_until", None, "input_null_refused"),
        ("mileage_km", 5, ""),
        ("applied_on", date(2026, 11, 22), ""),
        ("annual_rate", Decimal("0.0899"), ""),
        ("annual_rate", 0, ""),
        ("phone_tenure_months", None, ""),
    ],
)
def test_a_value_is_checked_against_its_field(name, value, code):
    assert faults(**{name: value}) == ([(code, name)] if code else [])


def test_null_is_accepted_only_under_its_condition():
    assert faults(dealer_grade=None) == [("input_null_refused", "dealer_grade")]
    assert faults(id_valid_until=None, id_is_long_term=True) == []
    assert faults(mileage_km=None, vehicle_kind="used", vehicle_accident="none") == [
        ("input_null_refused", "mileage_km")
    ]


def test_every_input_must_be_present_and_no_other():
    case = base_case()
    del case["judicial_status"]
    assert [fault.code for fault in standard_contract().check(case)] == ["input_missing"]
    assert faults(favourite_colour="red") == [("input_unknown", "favourite_colour")]


def test_an_unanswered_source_is_named():
    unanswered = standard_contract().unanswered(base_case(judicial_status=None, phone_tenure_months=None))
    assert [fault.where for fault in unanswered] == ["phone_tenure_months", "judicial_status"]


def test_inputs_are_stored_in_one_spelling():
    contract = standard_contract()
    by_text = contract.stored(base_case(annual_rate="0.08990", applied_on="2026-11-22"))
    by_type = contract.stored(base_case(annual_rate=Decimal("0.0899"), applied_on=date(2026, 11, 22)))
    assert by_text == by_type
    assert by_text["annual_rate"] == "0.0899"


def test_refused_texts_are_not_kept():
    kept = inputs_kept(standard_contract(), base_case(product_code="13812345678", region_code=5))
    assert kept["product_code"] == "<str>"
    assert kept["region_code"] == 5
    assert kept["applicant_age_years"] == 35


ITEM = {"name": "item", "type": "integer", "minimum": 0, "maximum": 9, "words": {"zh": "项", "en": "Item"}}


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"type": "integer", "minimum": None}, "minimum and maximum"),
        ({"maximum": 2**60}, "2^53"),
        ({"type": "text"}, "pattern and max_length"),
        ({"type": "text", "pattern": "(", "max_length": 3}, "a pattern that can be read"),
        ({"type": "enum"}, "choices"),
        ({"minimum": 10}, "a minimum that is not above its maximum"),
        ({"type": "text", "pattern": "a", "max_length": -1}, "pattern and max_length"),
        ({"type": "list"}, "items and max_items"),
        ({"type": "list", "items": ITEM, "max_items": 0}, "items and max_items"),
        ({"type": "list", "items": ITEM, "max_items": -1}, "items and max_items"),
        ({"type": "list", "items": ITEM, "max_items": 1001}, "up to 1000"),
        ({"type": "list", "items": ITEM | {"missing": "refer"}, "max_items": 3}, "never missing"),
        ({"type": "list", "items": ITEM | {"type": "enum"}, "max_items": 3}, "enum needs choices"),
        ({"type": "list", "items": ITEM | {"type": "record"}, "max_items": 3}, "fields, each once"),
        ({"type": "record", "fields": []}, "fields, each once"),
        ({"type": "record", "fields": [ITEM, ITEM]}, "fields, each once"),
        ({"type": "record", "fields": [{"name": "x", "type": "list"}]}, "Field required"),
        ({"missing": "not_applicable"}, "missing_when"),
        ({"missing_when": "age > 1"}, "missing_when"),
        ({"name": "Age"}, "pattern"),
        ({"colour": "red"}, "Extra inputs"),
    ],
)
def test_a_contract_that_leaves_something_open_is_refused(change, words):
    field = {"name": "age", "type": "integer", "minimum": 0, "maximum": 9, "words": {"zh": "年龄", "en": "Age"}}
    broken = SMALL_CONTRACT | {"inputs": [field | change]}
    with pytest.raises(ValueError, match=words.replace("^", r"\^")):
        contract_parse(broken)


@settings(deadline=None, max_examples=50)
@given(some.dictionaries(some.text(max_size=5), some.none() | some.booleans() | some.floats() | some.text(max_size=5)))
def test_any_input_at_all_gets_an_answer(values):
    assert CONTRACT.check(values)
    inputs_kept(CONTRACT, values)
