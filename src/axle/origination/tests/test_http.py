"""Origination as signed-in people, dealers and borrowers meet it."""

import base64
from typing import Any

import pytest
from django.apps import apps
from django.test import Client

from axle.origination import permissions as may
from axle.origination.models import Application, Contract, Disbursement
from axle.origination.services.signing_send import contract_send_for_signing
from axle.origination.tests import papers
from axle.origination.tests.world import TASK_WORK, World, capture
from axle.platform.testing import ApiClient, act, client_for, make_user

pytestmark = pytest.mark.django_db
MANAGER = (may.APPLICATION_VIEW, may.APPLICATION_EDIT, may.APPLICATION_WITHDRAW)


@pytest.fixture
def manager(world: World) -> ApiClient:
    return client_for(make_user("anna", permissions=MANAGER))


def entered(client: ApiClient, form: dict[str, Any]) -> dict[str, Any]:
    """A draft with its documents."""
    status, draft = client.command("application_save_draft", {"form": form})
    assert status == 200, draft
    capture(Application.objects.get(pk=draft["application_id"]), form)
    return draft


def test_from_draft_to_approval(world, manager):
    draft = entered(manager, world.form())
    assert (draft["state"], draft["version"]) == ("draft", 1)
    seen = {"application_id": draft["application_id"], "version": 1}
    status, out = manager.command("application_submit", seen)
    assert (status, out["state"], out["decision"]) == (200, "approved", "approve")
    status, page = manager.get("/lists/applications")
    (row,) = page["items"]
    assert (row["application_no"], row["amount"], row["state"]) == (
        draft["application_no"],
        "100000.00",
        "approved",
    )
    assert page["totals"] == {"amount": "100000.00"}


def test_the_page_of_an_application(world, manager):
    draft = entered(manager, world.form())
    status, page = manager.get(f"/applications/{draft['application_id']}")
    assert (status, page["form"]["customer"]["id_no"]) == (200, world.form()["customer"]["id_no"])
    assert page["actions"] == ["application_save_draft", "application_submit", "application_withdraw"]
    assert (page["missing_documents"], page["differences"]) == ([], [])
    manager.command("application_submit", {"application_id": draft["application_id"], "version": 1})
    status, page = manager.get(f"/applications/{draft['application_id']}")
    assert page["form"]["customer"]["id_no"].startswith("3301****")
    assert page["form"]["customer"]["contacts"][0]["phone"] == "139****0001"
    assert (page["customer"]["phone_masked"], page["vehicle"]["lending_value"]) == ("138****0001", "160000.00")
    assert (page["offer"]["ltv"], page["offer"]["instalment"]) == ("0.625", "3179.51")
    assert page["decisions"] == []
    assert page["actions"] == ["application_withdraw"]


def test_what_a_reviewer_sees_and_can_do(world, manager):
    draft = entered(manager, world.form(credit_facts=None))
    manager.command("application_submit", {"application_id": draft["application_id"], "version": 1})
    permissions = (may.APPLICATION_VIEW, may.REVIEW_FIRST, TASK_WORK, "decisioning.decision.view")
    reviewer = client_for(make_user("bert", permissions=permissions))
    status, page = reviewer.get(f"/applications/{draft['application_id']}")
    assert (page["state"], page["decision"]) == ("in_review", "refer")
    assert {reason["severity"] for reason in page["decisions"][0]["reasons"]} <= {"refer", "fault"}
    (task,) = page["tasks"]
    assert (task["node"], task["may_claim"], page["actions"]) == ("first_review", True, ["task_claim"])
    reviewer.command("task_claim", {"task_id": task["task_id"], "version": task["version"]})
    status, page = reviewer.get(f"/applications/{draft['application_id']}")
    assert page["actions"] == ["task_complete", "task_release"]
    act_on = {"task_id": task["task_id"], "version": 2, "action": "return", "opinion": "请核实收入"}
    status, _task = reviewer.command("task_complete", act_on)
    assert status == 200
    status, page = manager.get(f"/applications/{draft['application_id']}")
    assert (page["state"], page["timeline"][-2]["opinion"]) == ("returned", "请核实收入")


def test_field_errors_come_with_path_and_sentence(world, manager):
    draft = entered(manager, world.form(customer__id_no="330106199003070010", loan__down_payment="1.00"))
    seen = {"application_id": draft["application_id"], "version": 1}
    status, body = manager.command("application_submit", seen)
    assert (status, body["code"]) == (422, "application_incomplete")
    messages = {error["field"]: error["message"] for error in body["errors"]}
    assert "校验位" in messages["customer.id_no"]
    assert "车价" in messages["loan.down_payment"]


def test_an_unknown_field_of_the_form_is_refused(world, manager):
    status, body = manager.command("application_save_draft", {"form": {"customer": {"nickname": "x"}}})
    assert (status, body["errors"][0]["field"]) == (422, "form.customer.nickname")
    assert Application.objects.count() == 0


def test_a_double_submit_with_one_key_counts_once(world, manager):
    draft = entered(manager, world.form())
    seen = {"application_id": draft["application_id"], "version": 1}
    first = manager.command("application_submit", seen, key="k")
    assert manager.command("application_submit", seen, key="k") == first
    assert manager.command("application_submit", seen)[0] == 409


def test_a_dealer_sees_its_own_cases_and_no_reasons(world, manager):
    entered(manager, world.form(serial=2, dealer_id=None))
    user = make_user("dealer1", permissions=MANAGER, scope="channel", kind="dealer", channel_ids=[world.dealer_id])
    dealer = client_for(user)
    form = world.form()
    form.pop("credit_facts")
    draft = entered(dealer, form)
    _status, out = dealer.command("application_submit", {"application_id": draft["application_id"], "version": 1})
    assert out["state"] == "in_review"
    _status, page = dealer.get("/lists/applications")
    assert [row["application_no"] for row in page["items"]] == [draft["application_no"]]
    _status, page = dealer.get(f"/applications/{draft['application_id']}")
    assert (page["decisions"], page["tasks"], page["dealer_name"]) == ([], [], "杭州顺达汽车销售有限公司")
    other = Application.objects.exclude(pk=draft["application_id"]).get()
    assert dealer.get(f"/applications/{other.pk}")[0] == 404


def test_the_history_of_an_application_is_for_those_who_may_read_decisions(world, manager):
    draft = entered(manager, world.form())
    manager.command("application_submit", {"application_id": draft["application_id"], "version": 1})
    path = f"/applications/{draft['application_id']}/history"
    reader = (may.APPLICATION_VIEW, "decisioning.decision.view")
    status, past = client_for(make_user("bert", permissions=reader)).get(path)
    assert (status, [(item["operation"], item["actor_name"]) for item in past]) == (
        200,
        [("application_submit", "anna"), ("application_save_draft", "anna")],
    )
    lines = {line["field"]: line for line in past[0]["changes"][0]["lines"]}
    assert (lines["state"]["before"], lines["state"]["after"]) == ("draft", "approved")
    assert manager.get(path)[0] == 403
    elsewhere = make_user("dealer1", permissions=reader, scope="channel", channel_ids=[0])
    assert client_for(elsewhere).get(path)[0] == 404


def test_search_by_id_number_and_vin(world, manager):
    world.submitted()
    form = world.form()
    for term in (form["customer"]["id_no"], form["customer"]["phone"], form["vehicle"]["vin"], "张伟"):
        assert manager.get("/lists/applications", q=term)[1]["total"] == 1
    assert manager.get("/lists/applications", q="李四")[1]["total"] == 0


def test_strangers_get_nothing(world):
    application = world.submitted()
    stranger = client_for(make_user("stranger"))
    for path in ("/lists/applications", "/lists/contracts", "/lists/disbursements", f"/applications/{application.pk}"):
        assert stranger.get(path)[0] == 403
    assert client_for().get("/lists/applications")[0] == 401


# --- signing and disbursement ----------------------------------------------------------------------------------


@pytest.mark.usefixtures("signing")
def test_the_borrower_signs_on_the_phone(world):
    contract = papers.contracted(world)
    with act(world.person("clerk")) as clerk:
        contract_send_for_signing(actor=clerk, contract_id=contract.pk)
    phone = Client()
    answer = phone.post("/api/v1/signing", {"token": papers.token_sent()}, content_type="application/json")
    opened = answer.json()
    assert (answer.status_code, opened["contract"]["instalment"], opened["min_read_seconds"]) == (200, "3179.51", 10)
    assert opened["letter"] is None
    pdf = phone.get(f"/api/v1/contracts/{contract.pk}/file")
    assert (pdf.status_code, pdf["Content-Type"]) == (200, "application/pdf")
    assert phone.get(f"/api/v1/contracts/{contract.pk}").status_code == 403
    sent = phone.post("/api/v1/commands/signing_code_send", {"contract_id": contract.pk}, "application/json")
    assert sent.status_code == 200
    act_of_signing = {
        "contract_id": contract.pk,
        "code": papers.code_sent(),
        "signature_png": base64.b64encode(papers.signature_png()).decode(),
        "is_cost_sheet_confirmed": True,
        "read_seconds": 60,
    }
    answer = phone.post("/api/v1/commands/contract_sign", act_of_signing, content_type="application/json")
    assert (answer.status_code, answer.json()["state"]) == (200, "signed")
    log = apps.get_model("platform.OperationLog").objects.filter(operation="contract_sign").get()
    assert (log.actor_kind, log.actor_name) == ("customer", "张伟")


@pytest.mark.usefixtures("signing")
@pytest.mark.parametrize("picture", ["not base64!", base64.b64encode(b"GIF89a").decode()])
def test_a_broken_signature_is_refused(world, picture):
    contract = papers.contracted(world)
    with act(world.person("clerk")) as clerk:
        contract_send_for_signing(actor=clerk, contract_id=contract.pk)
    phone = Client()
    phone.post("/api/v1/signing", {"token": papers.token_sent()}, content_type="application/json")
    phone.post("/api/v1/commands/signing_code_send", {"contract_id": contract.pk}, content_type="application/json")
    data = {
        "contract_id": contract.pk, "code": papers.code_sent(), "signature_png": picture,
        "is_cost_sheet_confirmed": True, "read_seconds": 60,
    }  # fmt: skip
    answer = phone.post("/api/v1/commands/contract_sign", data, content_type="application/json")
    assert answer.status_code == 422
    assert Contract.objects.get().state == "sent"


def test_a_wrong_link_opens_nothing(world):
    answer = Client().post("/api/v1/signing", {"token": "x" * 32}, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (404, "signing_link_invalid")


@pytest.mark.usefixtures("signing")
def test_the_checklist_and_the_two_people(world):
    disbursement = papers.signed(world)
    maker = client_for(
        make_user(
            "cash",
            permissions=[
                may.DISBURSEMENT_VIEW,
                may.DISBURSEMENT_REGISTER,
                may.DISBURSEMENT_REVIEW,
                may.CONDITION_CONFIRM,
            ],
        )
    )
    status, page = maker.command("disbursement_check", {"disbursement_id": disbursement.pk})
    found = {condition["code"]: condition for condition in page["conditions"]}
    assert (found["invoice_matches"]["state"], found["invoice_matches"]["finding"]) == (
        "failed",
        "没有购车发票影像",
    )
    assert page["actions"] == ["disbursement_check", "condition_confirm", "disbursement_register"]
    seen = {"disbursement_id": disbursement.pk, "version": page["version"]}
    status, body = maker.command("disbursement_register", seen)
    assert (status, body["code"]) == (422, "conditions_not_met")
    papers.ready(world, disbursement)
    status, out = maker.command("disbursement_register", seen)
    assert (status, out["state"]) == (200, "registered")
    status, page = maker.get(f"/disbursements/{disbursement.pk}")
    assert (page["payee_account_masked"], page["actions"]) == ("3301***********4567", [])
    again = {"disbursement_id": disbursement.pk, "version": out["version"], "account_tail": "4567"}
    status, body = maker.command("disbursement_approve", again)
    assert (status, body["code"]) == (403, "maker_may_not_check")
    status, rows = maker.get("/lists/disbursements", state="registered")
    assert [row["payee_account"] for row in rows["items"]] == ["3301***********4567"]


def test_a_disbursement_paid_before_this_system_knew_it_has_a_page(world):
    disbursement = papers.signed(world)
    Disbursement.objects.update(
        state="paid", payout_no="TAKEN-1", value_on="2026-11-20", paid_at="2026-11-20T02:00:00Z"
    )
    viewer = client_for(make_user("viewer", permissions=[may.DISBURSEMENT_VIEW]))
    status, page = viewer.get(f"/disbursements/{disbursement.pk}")
    assert (status, page["state"], page["payout"]) == (200, "paid", None)
    path = f"/disbursements/{disbursement.pk}/history"
    assert viewer.get(path)[0] == 200
    elsewhere = make_user("far", permissions=[may.DISBURSEMENT_VIEW], scope="channel", channel_ids=[0])
    assert client_for(elsewhere).get(path)[0] == 404
    assert client_for(make_user("stranger")).get(path)[0] == 403


def test_a_condition_is_added_for_later_disbursements(world):
    manager = client_for(make_user("ops", permissions=[may.CONDITION_MANAGE, may.DISBURSEMENT_VIEW]))
    wish = {"code": "key_received", "condition_title": "备用钥匙已收", "condition_title_en": "Spare key received"}
    assert manager.command("condition_define", wish)[0] == 200
    assert manager.command("condition_define", wish | {"is_active": False})[0] == 200
    _status, page = manager.get("/lists/conditions", page_size="50")
    assert (page["total"], page["items"][-1]["code"], page["items"][-1]["is_active"]) == (18, "key_received", False)
