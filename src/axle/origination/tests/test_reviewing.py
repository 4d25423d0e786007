"""What a reviewer looks at besides the form: affordability, similar cases, how the form was filled in, extra checks."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from axle.channel import permissions as channel_may
from axle.channel.models import DealerControl
from axle.kernel.money import Fen
from axle.origination import permissions as may
from axle.origination.errors import ExtraChecksNotPassed
from axle.origination.models import Application, ExtraCheck, FormBehaviour
from axle.origination.ports import EmptyLoanBook, LoanTold, loan_book_install
from axle.origination.services.behaviour_keep import behaviour_forget, behaviour_signals
from axle.origination.tests.world import World, capture, recorded
from axle.platform.models import ApprovalPolicy
from axle.platform.public import Subject
from axle.platform.testing import ApiClient, client_for, make_department, make_user
from axle.workflow.public import open_tasks

pytestmark = pytest.mark.django_db
REVIEWS = (may.APPLICATION_VIEW, may.EXTRA_CHECK_RECORD, "decisioning.decision.view")


@pytest.fixture
def reviewer(world: World) -> ApiClient:
    return client_for(make_user("rita", permissions=REVIEWS))


class PaidOut(EmptyLoanBook):
    """A book in which every case was paid out and is late."""

    def loans_of(self, application_ids):
        return {pk: LoanTold(f"L{pk}", "in_force", 3, 70, False, Fen(500_00)) for pk in application_ids}


def counted(client: ApiClient, path: str) -> tuple[dict[str, Any], int]:
    client.get(path)
    with CaptureQueriesContext(connection) as statements:
        status, body = client.get(path)
    assert status == 200, body
    return body, len(statements)


def test_affordability_says_the_same_as_the_decision(world: World, reviewer: ApiClient):
    application = world.submitted()
    page = f"/applications/{application.pk}"
    told, statements = counted(reviewer, f"{page}/affordability")
    assert statements <= 12, statements
    decision = reviewer.get(page)[1]["decisions"][0]
    burden = told["burden"]
    assert (burden["income"], burden["debt"], burden["instalment"]) == ("15000.00", "3000.00", "3179.51")
    assert Decimal(burden["dsr"]) == round(Decimal(decision["results"]["dsr_rate"]), 4)
    assert (burden["dsr_refer"], burden["dti"], told["record_no"]) == ("0.5", None, decision["record_no"])
    limit = Decimal(told["limit_amount"])
    assert limit * 100 == decision["results"]["limit_amount_fen"]
    assert limit <= min(Decimal(bound["amount"]) for bound in told["bounds"])
    assert (told["suggested_amount"], told["suggested_conditions"]) == ("100000.00", [])
    assert reviewer.get(f"/applications/{world.draft(serial=9).pk}/affordability")[0] == 404
    assert client_for(make_user("sam", permissions=[may.APPLICATION_VIEW])).get(f"{page}/affordability")[0] == 403


def test_similar_cases_are_those_in_sight_with_how_their_loans_stand(world: World, reviewer: ApiClient):
    loan_book_install(PaidOut())
    asked, near = world.submitted(serial=1), world.submitted(serial=2)
    path = f"/applications/{asked.pk}/similar-cases"
    found, statements = counted(reviewer, path)
    (case,) = found["cases"]
    assert (case["application_no"], case["application_state"], case["is_automatic"]) == (
        near.application_no,
        "approved",
        True,
    )
    assert case["past_loan"]["worst_days"] == 70
    assert [found[f"cases_{name}"] for name in ("found", "approved", "paid_out", "overdue", "defaulted")] == [1] * 5
    assert (found["share_from"], found["share_to"], found["approval_rate"]) == ("0.275", "0.475", "1")

    far, elsewhere, more = (world.submitted(serial=serial) for serial in (3, 4, 5))
    Application.objects.filter(pk=far.pk).update(score=(asked.score or 0) - 31)
    Application.objects.filter(pk=elsewhere.pk).update(department=make_department("西北区"), owner=None, dealer=None)
    again, same = counted(reviewer, path)
    assert (again["cases_found"], statements) == (3, same)
    assert {one["application_no"] for one in again["cases"]} == {
        near.application_no, elsewhere.application_no, more.application_no,
    }  # fmt: skip
    desk = make_user("ada", permissions=REVIEWS, scope="department", department=asked.department)
    assert counted(client_for(desk), path)[0]["cases_found"] == 2
    assert reviewer.get(f"/applications/{world.draft(serial=9).pk}/similar-cases")[0] == 404


EDITED = {"path": "customer.monthly_income", "keys": 30, "deletions": 4, "edits": 3}


def test_a_field_edited_abnormally_is_checked_once_more_before_approval(world: World, reviewer: ApiClient):
    clerk = client_for(make_user("anna", permissions=[may.APPLICATION_VIEW, may.APPLICATION_EDIT]))
    status, body = clerk.command(
        "application_save_draft", {"form": world.form(), "behaviour": recorded({"path": "customer.nickname"})}
    )
    assert (status, body["errors"][0]["field"]) == (422, "behaviour.fields.0")
    assert body["errors"][0]["message"] == "不认识的字段"
    assert not Application.objects.exists()

    _status, draft = clerk.command("application_save_draft", {"form": world.form(), "behaviour": recorded(EDITED)})
    application = Application.objects.get(pk=draft["application_id"])
    seen = {"application_id": application.pk, "version": draft["version"]}
    more = recorded(session="b" * 16, page="phone", course={"switches": 4, "strokes": 2, "path_px": 9, "span_px": 6})
    _status, draft = clerk.command("application_save_draft", {**seen, "form": world.form(), "behaviour": more})
    capture(application, world.form())
    _status, out = clerk.command("application_submit", {**seen, "version": draft["version"]})
    assert (out["state"], out["decision"]) == ("in_review", "refer")

    page = f"/applications/{application.pk}"
    told, statements = counted(reviewer, f"{page}/extra-checks")
    assert statements <= 12, statements
    record = told["form_record"]
    assert (record["form_seconds"], record["form_sessions"], record["is_whole"], record["agreed_by"]) == (
        400, 2, True, "anna",
    )  # fmt: skip
    assert record["form_course"] == {
        "jumps_back": 0, "switches": 4, "away_seconds": 0, "strokes": 2, "pauses": 0, "straightness": "0.6667",
    }  # fmt: skip
    assert record["field_records"][0] == {
        "form_field": "customer.monthly_income", "focuses": 0, "keys": 30, "deletions": 4, "edits": 3, "pastes": 0,
        "after_error": 0, "dwell_seconds": 0.0,
    }  # fmt: skip
    (check,) = told["extra_checks"]
    assert (check["extra_check"], check["check_cause"], check["extra_check_state"], check["actions"]) == (
        "income", "form_behaviour", "open", ["extra_check_record"],
    )  # fmt: skip
    checks = {one["code"]: one for one in reviewer.get(page)[1]["decisions"][0]["checks"]}
    assert (checks["C58"]["check_status"], "收入栏修改 3 次" in checks["C58"]["says"]) == ("warn", True)

    approved_through(world, application, reviewer)
    assert (application.state, ExtraCheck.objects.get().checked_by) == ("approved", "rita")
    assert clerk.get(f"{page}/extra-checks")[0] == 403


def approved_through(world: World, application: Application, reviewer: ApiClient) -> None:
    """The last approval is refused until the extra check is passed."""
    subject = Subject("application", application.pk)
    found = {"application_id": application.pk, "extra_check": "income", "is_passed": False, "note": "流水与申报不符"}
    steps = [("first", "first_review"), ("appraiser", "vehicle_appraisal"), ("credit", "credit_review")]
    for who, node in steps[:-1]:
        world.review(application, who, node)
    assert [task.node for task in open_tasks(subject)] == ["credit_review"]
    with pytest.raises(ExtraChecksNotPassed) as refused:
        world.review(application, *steps[-1])
    assert refused.value.params["checks"] == "核实收入（流水）"
    application.refresh_from_db()
    assert application.state == "in_review"
    status, body = reviewer.command("extra_check_record", found)
    assert (status, body["extra_check_state"]) == (200, "failed")
    with pytest.raises(ExtraChecksNotPassed):
        world.review(application, *steps[-1])
    assert reviewer.command("extra_check_record", found | {"is_passed": True})[0] == 200
    world.review(application, *steps[-1])
    status, body = reviewer.command("extra_check_record", found)
    assert (status, body["code"]) == (409, "state_refused")
    assert reviewer.command("extra_check_record", found | {"extra_check": "invoice"})[0] == 409


def test_a_record_with_a_gap_tells_the_rules_nothing_and_an_old_one_is_forgotten(world: World):
    clerk = client_for(make_user("anna", permissions=[may.APPLICATION_VIEW, may.APPLICATION_EDIT]))
    _status, draft = clerk.command("application_save_draft", {"form": world.form(), "behaviour": recorded(EDITED)})
    application = Application.objects.get(pk=draft["application_id"])
    assert behaviour_signals(application)[1]["income_field_edits"] == 3
    seen = {"application_id": application.pk, "version": draft["version"], "form": world.form()}
    _status, draft = clerk.command("application_save_draft", seen)
    assert behaviour_signals(application) == ([], {})
    late = seen | {"version": draft["version"], "behaviour": recorded()}
    clerk.command("application_save_draft", late)
    assert behaviour_signals(application) == ([], {})
    assert FormBehaviour.objects.get().seconds == 400
    assert behaviour_forget() == 0
    FormBehaviour.objects.update(updated_at=FormBehaviour.objects.get().updated_at - timedelta(days=91))
    assert (behaviour_forget(), FormBehaviour.objects.count()) == (1, 0)


CONTROL = {
    "control_level": "checked", "extra_checks": ["invoice", "vehicle_seen"], "reason": "abnormal_months",
    "until_on": "2027-02-28", "note": "连续三个月拒绝率偏高",
}  # fmt: skip


def test_a_controlled_dealer_goes_on_and_its_cases_are_looked_at_more_closely(world: World, reviewer: ApiClient):
    sets = (channel_may.DEALER_VIEW, channel_may.DEALER_CONTROL_VIEW, channel_may.DEALER_CONTROL_SET)
    analyst = client_for(make_user("noor", permissions=sets))
    ApprovalPolicy.objects.create(command="dealer_control_set", checker_permission=channel_may.DEALER_CONTROL_CHECK)
    wish = CONTROL | {"dealer_id": world.dealer_id}
    status, waiting = analyst.command("dealer_control_set", wish)
    assert (status, DealerControl.objects.count()) == (202, 0)
    checker = client_for(
        make_user("otto", permissions=[channel_may.DEALER_CONTROL_CHECK, "platform.pending_command.view"])
    )
    assert checker.command("pending_command_approve", waiting)[0] == 200
    assert DealerControl.objects.get().set_by == "noor"

    application = world.submitted(serial=1)
    assert (application.state, application.decision) == ("in_review", "refer")
    told = reviewer.get(f"/applications/{application.pk}/extra-checks")[1]
    assert {one["extra_check"]: one["check_cause"] for one in told["extra_checks"]} == {
        "invoice": "dealer_control", "vehicle_seen": "dealer_control",
    }  # fmt: skip
    assert told["flexible_control"] is None  # rita may not see it
    checks = {one["code"]: one for one in reviewer.get(f"/applications/{application.pk}")[1]["decisions"][0]["checks"]}
    assert "经销商柔性风控" in checks["C69"]["says"]
    record = {"application_id": application.pk, "extra_check": "income", "is_passed": True, "note": "没有要求核实"}
    assert reviewer.command("extra_check_record", record)[0] == 404
    dealers_are_read_and_limited(world, analyst)


def dealers_are_read_and_limited(world: World, analyst: ApiClient) -> None:
    """What the analyst reads of the dealer, and the tighter level, which stops at a number of cases."""
    signals, statements = counted(analyst, f"/dealers/{world.dealer_id}/signals")
    assert statements <= 15, statements
    assert (len(signals["months"]), signals["abnormal_months"], signals["is_control_advised"]) == (12, 0, False)
    page = analyst.get(f"/dealers/{world.dealer_id}")[1]
    assert (page["flexible_control"]["control_level"], "dealer_control_end" in page["actions"]) == ("checked", True)
    DealerControl.objects.update(level="limited", cases_max=1)
    edits = (may.APPLICATION_VIEW, may.APPLICATION_EDIT, channel_may.DEALER_VIEW)
    user = make_user("dan", permissions=edits, scope="channel", kind="dealer", channel_ids=[world.dealer_id])
    clerk = client_for(user)
    form = world.form(serial=2)
    form.pop("credit_facts")
    _status, draft = clerk.command("application_save_draft", {"form": form})
    capture(Application.objects.get(pk=draft["application_id"]), form)
    seen = {"application_id": draft["application_id"], "version": draft["version"]}
    status, body = clerk.command("application_submit", seen)
    assert (status, body["code"], "1 件" in body["message"]) == (409, "dealer_cases_used_up", True)
    assert clerk.get(f"/dealers/{world.dealer_id}/signals")[0] == 403
    assert clerk.get(f"/dealers/{world.dealer_id}")[1]["flexible_control"] is None
    status, _out = analyst.command("dealer_control_end", {"dealer_id": world.dealer_id, "note": "整改完成"})
    assert status == 200
    assert clerk.command("application_submit", seen)[0] == 200
    status, body = analyst.command("dealer_control_end", {"dealer_id": world.dealer_id, "note": "整改完成"})
    assert (status, body["code"]) == (409, "dealer_not_controlled")
    assert analyst.get("/lists/dealer_controls")[1]["items"][0]["control_state"] == "ended"
