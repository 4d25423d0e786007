"""A file of loans from outside: approved rows are loans in force, referred ones come to the reviewers' inbox."""

from datetime import date
from typing import Any

import pytest
from django.apps import apps

from axle.config.demo.institution import Place
from axle.config.intake.command import run as intake
from axle.config.intake.tests.test_booking import SAMPLE
from axle.platform.testing import run_jobs
from tests.journeys.conftest import invariants_broken
from tests.journeys.people import Desk, at_desk
from tests.journeys.test_car_loan import days_to, paid

pytestmark = [pytest.mark.django_db, pytest.mark.journey]


def taken(desk: Desk, **wanted: Any) -> list[dict[str, Any]]:
    """Applications of the book that a person sees in their list."""
    rows = desk.see("/lists/applications", page_size=200)["items"]
    return [row for row in rows if all(row[name] == value for name, value in wanted.items())]


def waiting(application_id: int) -> set[str]:
    """Where a case waits for people."""
    tasks = apps.get_model("workflow.HumanTask").objects.filter(
        process__subject_type="application", process__subject_id=application_id, state="open"
    )
    return set(tasks.values_list("node", flat=True))


def test_referred_rows_are_reviewed_by_people_and_approved_ones_are_repaid(place: Place) -> None:
    assert intake([str(SAMPLE), "--mapping", "world_omni_abs_ee"]) == 0
    run_jobs()

    reviewer = at_desk("first_reviewer")
    cases = taken(reviewer, state="in_review")
    assert [(case["amount"], case["decision"]) for case in cases] == [("16000.00", "refer"), ("24000.00", "refer")]
    assert invariants_broken() == []

    declined, kept = cases
    reviewer.work(declined["id"], "first_review", action="decline", opinion="利率低于底价")
    assert taken(reviewer, id=declined["id"])[0]["state"] == "declined"
    reviewer.work(kept["id"], "first_review")
    assert waiting(kept["id"]) == {"credit_review", "vehicle_appraisal"}

    loan = apps.get_model("servicing.Loan").objects.get(principal=20_000_00)
    days_to(date(2026, 12, 20))
    paid(loan.loan_no, "386.66")
    after = at_desk("cashier").see(f"/loans/{loan.loan_no}")
    assert after["principal_balance"] == "19713.34"  # 20,000.00 less 386.66 with a first interest of 100.00
    assert invariants_broken() == []
