"""The rules behind the reviewer's page, as tables that a credit officer can check."""

from decimal import Decimal
from typing import Any

import pytest
from pydantic import ValidationError

from axle.kernel.money import Fen
from axle.origination.domain.affordability import affordability
from axle.origination.domain.dealer_months import DealerMonth, MonthCause, abnormal_causes
from axle.origination.domain.extra_checks import checks_of_behaviour
from axle.origination.domain.form_behaviour import (
    COURSE,
    FORM_PATHS,
    FormBehaviourPart,
    behaviour_added,
    behaviour_told,
    course_added,
    course_told,
)
from axle.origination.domain.similar_cases import likeness, outcomes
from axle.origination.domain.suggestion import AmountBound, ConditionCode, amount_bounds, conditions_suggested
from axle.origination.tests.world import TODAY, recorded

TOLD = {
    "monthly_income_fen": 1_400_000, "stated_income_fen": 1_500_000, "monthly_debt_fen": 420_000,
    "instalment_fen": 317_997, "exposure_fen": 0, "exposure_cap_fen": 50_000_000, "loan_amount_fen": 10_000_000,
    "loan_amount_max_fen": 30_000_000, "vehicle_price_fen": 16_000_000, "down_payment_fen": 6_000_000,
    "bureau_unsecured_fen": 1_680_000, "term_months": 36, "annual_rate": "0.0899", "is_subvented": False,
}  # fmt: skip
RESULTS = {
    "collateral_value_fen": 12_000_000, "ltv_limit_rate": "0.75", "ltv_rate": "0.8333", "limit_amount_fen": 9_000_000,
    "term_limit_months": 30, "rate_floor": "0.095",
}  # fmt: skip
POLICY = {"dsr_refer_rate": "0.5"}


def test_affordability_is_the_example_of_the_domain_brief():
    found = affordability(TOLD)
    assert found is not None
    assert (found.dues, found.money_left, found.dsr, found.dti) == (737_997, 662_003, Decimal("0.5271"), Decimal("0.1"))
    assert (found.instalment_max(Decimal("0.7")), found.instalment_max(Decimal("0.2"))) == (560_000, 0)


@pytest.mark.parametrize(
    "missing", [{"monthly_income_fen": None}, {"monthly_debt_fen": "<str>"}, {"monthly_income_fen": 0}]
)
def test_affordability_is_unknown_of_a_decision_that_was_not_told(missing: dict[str, Any]):
    assert affordability(TOLD | missing) is None
    assert amount_bounds(TOLD | missing, {}, {}, None) == [
        (AmountBound.EXPOSURE, 50_000_000),
        (AmountBound.PRODUCT, 30_000_000),
    ]


def test_a_suggestion_says_what_bounds_the_amount_and_what_would_have_to_change():
    found = affordability(TOLD)
    assert amount_bounds(TOLD, RESULTS, POLICY, found) == [
        (AmountBound.INCOME, 7_330_000), (AmountBound.VALUE, 9_000_000), (AmountBound.EXPOSURE, 50_000_000),
        (AmountBound.PRODUCT, 30_000_000),
    ]  # fmt: skip
    needed = conditions_suggested(TOLD, RESULTS, POLICY, found, is_income_proven=False)
    assert {one.code.value: dict(one.params) for one in needed} == {
        "lower_amount": {"amount": "90000.00"}, "more_down_payment": {"amount": "70000.00"},
        "shorter_term": {"months": 30}, "higher_rate": {"rate": "9.50%"}, "proven_income": {"share": "52.7%"},
    }  # fmt: skip
    within = RESULTS | {
        "limit_amount_fen": 10_000_000,
        "ltv_limit_rate": "0.9",
        "term_limit_months": 36,
        "rate_floor": "0.08",
    }
    assert conditions_suggested(TOLD, within, POLICY, found, is_income_proven=True) == []
    none = conditions_suggested(TOLD, within | {"limit_amount_fen": 0}, POLICY, found, is_income_proven=True)
    assert [one.code for one in none] == [ConditionCode.NO_AMOUNT]
    assert conditions_suggested({}, {}, {}, None, is_income_proven=False) == []


def test_likeness_is_a_band_around_score_and_share():
    like = likeness(product_id=1, vehicle_class="car", is_new=True, score=640, down_payment=Fen(6), price=Fen(16))
    assert (like.scores, like.shares_bps) == ((610, 670), (2750, 4750))
    unknown = likeness(product_id=1, vehicle_class="car", is_new=True, score=None, down_payment=None, price=Fen(16))
    assert (unknown.scores, unknown.shares_bps) == (None, None)
    told = outcomes(["declined", "disbursed", "approved", "withdrawn"], [(0, False), (5, False), (90, True)])
    assert (told.cases, told.approved, told.declined, told.overdue, told.defaulted) == (4, 2, 1, 2, 1)
    assert told.approval_rate == Decimal("0.6667")


def test_what_a_page_says_of_a_form_becomes_inputs():
    part = FormBehaviourPart.model_validate(
        recorded(
            {"path": "customer.id_no", "keys": 18, "deletions": 6, "edits": 2, "pastes": 1},
            {"path": "customer.contacts.4.phone", "pastes": 3},
        )
    )
    kept = behaviour_added(behaviour_added({}, part), part)
    assert behaviour_told(kept, seconds=400, sessions=2) == {
        "form_seconds": 400, "pasted_fields": 2, "id_field_edits": 4, "employer_field_edits": 0,
        "income_field_edits": 0, "form_delete_rate": Decimal("0.25"), "form_sessions": 2,
    }  # fmt: skip
    assert behaviour_told({}, seconds=0, sessions=1)["form_delete_rate"] == 0
    course = {"jumps_back": 3, "switches": 2, "away_seconds": 9, "strokes": 30, "path_px": 9_000, "span_px": 7_000}
    whole = FormBehaviourPart.model_validate(recorded({"path": "loan.amount", "after_error": 2}, course=course))
    assert whole.course is not None
    kept = behaviour_added(kept, whole)
    twice = course_added(course_added({}, whole.course), whole.course)
    assert course_told(kept, twice) == {
        "form_jumps_back": 6, "app_switches": 4, "edits_after_error": 2, "cursor_kind": "by_hand",
    }  # fmt: skip
    assert {"loan.amount", "dealer_id", "credit_facts.score"} <= FORM_PATHS


@pytest.mark.parametrize(
    ("strokes", "path_px", "span_px", "kind"),
    [
        (0, 0, 0, "none"), (19, 5_000, 5_000, "by_hand"), (20, 5_000, 5_000, "mechanical"),
        (20, 5_000, 4_990, "mechanical"), (20, 5_000, 4_989, "by_hand"),
    ],
)  # fmt: skip
def test_a_path_without_detours_is_a_programs(strokes: int, path_px: int, span_px: int, kind: str):
    course = dict.fromkeys(COURSE, 0) | {"strokes": strokes, "path_px": path_px, "span_px": span_px}
    assert course_told({}, course)["cursor_kind"] == kind


@pytest.mark.parametrize(
    "wrong",
    [
        recorded({"path": "customer.nickname"}), recorded({"path": "customer.contacts.5.phone"}),
        recorded({"path": "customer.id_no", "typed": "330106"}), recorded({"path": "customer.id_no", "edits": 10_001}),
        recorded(*[{"path": "customer.id_no"}] * 81), recorded(is_agreed=False), recorded(session="A b"),
        recorded(seconds=90_000), recorded(course={"points": [[1, 2]]}), recorded(course={"strokes": -1}),
    ],
)  # fmt: skip
def test_a_record_that_says_more_or_wrong_is_refused(wrong: dict[str, Any]):
    with pytest.raises(ValidationError):
        FormBehaviourPart.model_validate(wrong)


def test_a_month_says_why_it_is_out_of_the_usual():
    usual = [DealerMonth(TODAY, applications=5) for _ in range(7)]
    wild = DealerMonth(TODAY, applications=40, declined=30, first_dues=10, first_defaults=5)
    assert abnormal_causes([*usual, wild], 7) == list(MonthCause)
    assert abnormal_causes(usual, 6) == []


@pytest.mark.parametrize(
    ("told", "policy", "status", "checks"),
    [
        (
            {"income_field_edits": 3, "id_field_edits": 2},
            {"income_edits_refer": 3, "id_edits_refer": 3},
            "warn",
            ["income"],
        ),
        ({"id_field_edits": 3, "employer_field_edits": 9}, {}, "no_answer", ["identity", "employer"]),
        ({"income_field_edits": 2}, {}, "no_answer", []),
        ({"income_field_edits": 0}, {"income_edits_refer": 3}, "warn", ["applicant_call"]),
        ({"income_field_edits": 0}, {"income_edits_refer": 3}, "pass", []),
        ({}, {}, "no_data", []),
    ],
)
def test_what_is_verified_because_of_how_the_form_was_filled_in(told: Any, policy: Any, status: str, checks: list[str]):
    assert checks_of_behaviour(told, policy, {"C58": status}, edits_otherwise=3) == checks
