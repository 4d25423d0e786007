"""Terms and rules that break a condition are refused with the code and the key."""

from datetime import date
from decimal import Decimal

import pytest

from axle.amortization.errors import AmortizationError
from axle.amortization.public import Fee, FeeBand, IrregularRow, Prepayment, Rules, Step
from axle.amortization.tests.loan_a import START, loan_terms

HALF = Decimal("0.5")
ROW = IrregularRow(due_on=date(2026, 6, 1), principal=5)


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"principal": 0}, "principal", "principal_out_of_range"),
        ({"principal": -1}, "principal", "principal_out_of_range"),
        ({"principal": 10**13 + 1}, "principal", "principal_out_of_range"),
        ({"principal": 1.5}, "principal", "principal_out_of_range"),
        ({"annual_rate": Decimal(24)}, "annual_rate", "rate_out_of_range"),
        ({"annual_rate": Decimal("-0.01")}, "annual_rate", "rate_out_of_range"),
        ({"annual_rate": Decimal("NaN")}, "annual_rate", "rate_out_of_range"),
        ({"annual_rate": Decimal("1e-13")}, "annual_rate", "rate_too_fine"),
        ({"periods": 0}, "periods", "periods_out_of_range"),
        ({"periods": 481}, "periods", "periods_out_of_range"),
        ({"periods": True}, "periods", "periods_out_of_range"),
        ({"periods": 480, "every": 12}, "periods", "term_too_long"),
        ({"every": 0}, "every", "number_out_of_range"),
        ({"method": "annuity"}, "method", "unknown_choice"),
        ({"unit": "year"}, "unit", "unknown_choice"),
        ({"day_count": "actual/364"}, "day_count", "unknown_choice"),
        ({"start_on": date(1800, 1, 1)}, "start_on", "date_out_of_range"),
        ({"first_due_on": START}, "first_due_on", "first_due_too_early"),
        ({"first_due_on": date(2201, 1, 1)}, "first_due_on", "date_out_of_range"),
        ({"due_day": 32}, "due_day", "number_out_of_range"),
        ({"due_day": 5, "unit": "week"}, "due_day", "due_day_needs_months"),
        ({"due_day": 5, "first_due_on": date(2026, 4, 6)}, "first_due_on", "first_due_off_due_day"),
        ({"instalment_multiple": 0}, "instalment_multiple", "amount_out_of_range"),
        ({"instalment_multiple": 100, "method": "interest_first"}, "instalment_multiple", "not_for_method"),
        ({"interest_free_periods": 37}, "interest_free_periods", "number_out_of_range"),
        ({"principal_grace_periods": 36}, "principal_grace_periods", "grace_too_long"),
        ({"principal_grace_periods": 1, "method": "flat"}, "principal_grace_periods", "not_for_method"),
        ({"residual": -1}, "residual", "amount_out_of_range"),
        ({"residual": 10_000_000}, "residual", "residual_too_large"),
        ({"residual": 5, "method": "flat"}, "residual", "not_for_method"),
        ({"timing": "advance", "periods": 1}, "periods", "advance_needs_two_rents"),
        ({"method": "balloon"}, "residual", "missing_for_method"),
        ({"timing": "advance", "method": "interest_first"}, "timing", "not_for_method"),
        ({"tail": "levelled", "method": "level_principal"}, "tail", "not_for_method"),
        ({"stub": "none", "method": "single"}, "stub", "not_for_method"),
        ({"method": "quarterly_interest", "periods": 10}, "periods", "periods_not_quarterly"),
        ({"method": "stepped"}, "steps", "missing_for_method"),
        ({"steps": (Step(first=1, last=36, ratio=HALF),)}, "steps", "not_for_method"),
        ({"method": "stepped", "steps": (Step(first=1, last=35, ratio=HALF),)}, "steps", "steps_incomplete"),
        ({"method": "stepped", "steps": (Step(first=2, last=36, ratio=HALF),)}, "steps", "steps_incomplete"),
        ({"method": "stepped", "steps": (Step(first=1, last=36, amount=5),)}, "steps", "step_ratio_or_amount"),
        ({"method": "stepped", "steps": (Step(first=1, last=36),)}, "steps", "step_ratio_or_amount"),
        ({"method": "stepped", "steps": (Step(first=1, last=36, ratio=Decimal(-1)),)}, "steps", "number_out_of_range"),
        ({"method": "irregular"}, "irregular", "missing_for_method"),
        ({"method": "irregular", "irregular": (ROW,), "periods": 2}, "periods", "irregular_rows_differ"),
        ({"method": "irregular", "irregular": (ROW, ROW), "periods": 2}, "irregular", "irregular_rows_invalid"),
        (
            {"method": "irregular", "irregular": (IrregularRow(due_on=date(2026, 5, 1)), ROW), "periods": 2},
            "irregular",
            "irregular_rows_invalid",
        ),
        ({"fees": (Fee(code="a"),)}, "fees[0]", "amount_or_rate"),
        ({"fees": (Fee(code="a", amount=1, rate=HALF),)}, "fees[0]", "amount_or_rate"),
        ({"fees": (Fee(code="a", amount=-1),)}, "fees[0].amount", "amount_out_of_range"),
        ({"fees": (Fee(code="a", rate=Decimal(2)),)}, "fees[0].rate", "rate_out_of_range"),
        ({"fees": (Fee(code="a", amount=1, timing="never"),)}, "fees[0].timing", "unknown_choice"),
        ({"fees": (Fee(code="a", rate=Decimal(1)),)}, "fees", "fees_exceed_principal"),
    ],
)
def test_refused_terms(changes, field, code):
    with pytest.raises(AmortizationError) as refusal:
        loan_terms(**changes)
    assert (refusal.value.code, refusal.value.field) == (code, field)


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"allocation_order": ("principal", "interest")}, "allocation_order", "unknown_choice"),
        ({"allocation_order": ("fee",) * 5}, "allocation_order", "unknown_choice"),
        ({"allocation_mode": "diagonal"}, "allocation_mode", "unknown_choice"),
        ({"grace_days": -1}, "grace_days", "number_out_of_range"),
        ({"penalty_rate": Decimal(2)}, "penalty_rate", "rate_out_of_range"),
        ({"compound_rate": Decimal("0.1"), "penalty_base": "instalment"}, "compound_rate", "not_for_method"),
        ({"penalty_year_days": 400}, "penalty_year_days", "number_out_of_range"),
        ({"overdue_tolerance": -1}, "overdue_tolerance", "amount_out_of_range"),
    ],
)
def test_refused_rules(changes, field, code):
    with pytest.raises(AmortizationError) as refusal:
        Rules(**changes)
    assert (refusal.value.code, refusal.value.field) == (code, field)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"mode": "keep_nothing"}, "unknown_choice"),
        ({"fee_min": 5, "fee_max": 4}, "amount_out_of_range"),
        ({"principal_min": 0}, "amount_out_of_range"),
        (
            {"fee_bands": (FeeBand(before_month=None, rate=HALF), FeeBand(before_month=9, rate=HALF))},
            "number_out_of_range",
        ),
        (
            {"fee_bands": (FeeBand(before_month=9, rate=HALF), FeeBand(before_month=9, rate=HALF))},
            "number_out_of_range",
        ),
        ({"fee_bands": (FeeBand(before_month=9, rate=Decimal(3)),)}, "rate_out_of_range"),
    ],
)
def test_refused_prepayment_rules(changes, code):
    with pytest.raises(AmortizationError) as refusal:
        Prepayment(**changes)
    assert refusal.value.code == code
    assert refusal.value.field.startswith("prepayment.")
