"""The contract from its paper to two signatures."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.apps import apps
from django.utils import timezone

from axle.documents.errors import TimestampUnavailable
from axle.documents.public import document_content, document_get, document_verify
from axle.messaging.errors import CodeWrong
from axle.origination.errors import (
    ApprovalExpired,
    ContractInDisbursement,
    ContractNotRead,
    CostSheetNotConfirmed,
    SigningLinkInvalid,
)
from axle.origination.events import ContractSigned
from axle.origination.jobs import stamp_contract
from axle.origination.models import Application, Contract, Disbursement, SigningSession
from axle.origination.services.contract_create import contract_create
from axle.origination.services.contract_sign import contract_sign
from axle.origination.services.contract_void import contract_void
from axle.origination.services.signing_open import signing_code_send, signing_open
from axle.origination.services.signing_send import contract_send_for_signing
from axle.origination.services.signing_take import SigningAct
from axle.origination.tests import papers
from axle.origination.tests.world import DEALER_ACCOUNT, TODAY
from axle.platform.errors import NotFound, StaleVersion, StateRefused
from axle.platform.public import business_date_set
from axle.platform.testing import act, captured

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("signing")]


def rows() -> tuple[Any, ...]:
    """Everything that an act on a contract could change."""
    return (
        list(Application.objects.values_list("state", "version")),
        list(Contract.objects.values_list("state", "version", "signed_at")),
        list(SigningSession.objects.values_list("state", "opened_at", "signed_at")),
        apps.get_model("documents.DocumentEvidence").objects.count(),
        Disbursement.objects.count(),
    )


def refused(error: type[Exception], operation: Any, **arguments: Any) -> None:
    before = rows()
    with pytest.raises(error), act(arguments.get("actor") or papers.borrower(Contract.objects.latest("pk"))):
        operation(**arguments)
    assert rows() == before


def test_the_contract_is_a_snapshot_of_what_was_approved(world):
    contract = papers.contracted(world)
    assert (contract.state, contract.principal, contract.periods) == ("drafted", 10_000_000, 36)
    assert (contract.annual_rate, contract.method, contract.instalment) == (Decimal("0.0899"), "level_payment", 317_951)
    assert (contract.first_due_on, contract.schedule[0]["total"]) == (date(2027, 1, 1), "3404.26")
    assert contract.contract_no.startswith("CT20261122")
    assert len(contract.schedule) == 36
    assert contract.terms["terms"]["principal"] == "100000.00"
    assert contract.terms["rules"]["penalty_rate"] == "0.13485"
    assert contract.application.state == "contracted"
    document = document_get(contract.document_id or 0)
    assert (document.template, document.open_roles) == ("car_loan_contract", ("lender", "borrower"))
    assert document_content(document.document_id).startswith(b"%PDF")


def test_an_application_has_one_contract(world):
    contract = papers.contracted(world)
    refused(StateRefused, contract_create, actor=world.person("clerk"), application_id=contract.application_id)


def test_a_lapsed_approval_gives_no_contract(world):
    application = world.submitted()
    business_date_set(TODAY + timedelta(days=61))
    refused(ApprovalExpired, contract_create, actor=world.person("clerk"), application_id=application.pk)


def test_only_contract_staff_make_contracts(world):
    application = world.submitted()
    refused(NotFound, contract_create, actor=world.person("manager"), application_id=application.pk)


def test_both_sign_and_the_checklist_opens(world):
    with captured(ContractSigned) as told:
        disbursement = papers.signed(world)
    contract = disbursement.contract
    assert (contract.state, told[0].contract_no, disbursement.state) == ("signed", contract.contract_no, "preparing")
    assert (disbursement.amount, disbursement.vin) == (10_000_000, contract.vin)
    report = document_verify(document_content(contract.document_id or 0))
    assert (report.is_intact, len(report.signatures)) == (True, 2)
    assert contract.signed_sha256 == report.sha256 != contract.document_sha256
    evidence = SigningSession.objects.get().evidence
    assert (evidence["will_confirmed_by"], evidence["read_seconds"], evidence["ip"]) == ("sms_code", 45, "10.0.0.8")
    assert evidence["document_sha256"] == contract.document_sha256
    assert evidence["phone"] == "138****0001"


def test_conditions_are_those_of_a_new_car(world):
    codes = set(papers.signed(world).conditions.values_list("code", flat=True))
    assert "transfer_done" not in codes
    assert {"contract_signed", "invoice_matches", "down_payment_proof"} <= codes


@pytest.mark.parametrize(
    ("error", "changes"),
    [
        (CostSheetNotConfirmed, {"is_cost_sheet_confirmed": False}),
        (ContractNotRead, {"read_seconds": 3}),
        (CodeWrong, {"code": "000000"}),
    ],
)
def test_signing_asks_for_confirmation_reading_and_code(world, error, changes):
    contract = papers.sent(world)
    before = rows()
    with pytest.raises(error):
        papers.sign(contract, **changes)
    assert rows() == before


def test_a_link_works_until_it_is_used_replaced_or_old(world):
    contract = papers.contracted(world)
    clerk = world.person("clerk")
    with act(clerk):
        contract_send_for_signing(actor=clerk, contract_id=contract.pk)
    old = papers.token_sent()
    with act(clerk):
        contract_send_for_signing(actor=clerk, contract_id=contract.pk)
    refused(SigningLinkInvalid, signing_open, token=old)
    refused(SigningLinkInvalid, signing_open, token="x" * 32)
    fresh = papers.token_sent()
    SigningSession.objects.filter(state="sent").update(expires_at=timezone.now())
    refused(SigningLinkInvalid, signing_open, token=fresh)


def test_no_code_before_the_link_is_opened(world):
    contract = papers.contracted(world)
    with act(world.person("clerk")) as clerk:
        contract_send_for_signing(actor=clerk, contract_id=contract.pk)
    refused(SigningLinkInvalid, signing_code_send, actor=papers.borrower(contract), contract_id=contract.pk)


def test_another_customer_cannot_sign(world):
    contract = papers.sent(world)
    other = papers.borrower(Contract(customer_id=contract.customer_id + 1))
    said = SigningAct("123456", papers.signature_png(), 60)
    refused(NotFound, contract_sign, actor=other, contract_id=contract.pk, act=said, is_cost_sheet_confirmed=True)


def test_a_contract_is_signed_once(world):
    contract = papers.signed(world).contract
    said = SigningAct(papers.code_sent(), papers.signature_png(), 60)
    refused(
        StateRefused,
        contract_sign,
        actor=papers.borrower(contract),
        contract_id=contract.pk,
        act=said,
        is_cost_sheet_confirmed=True,
    )


def test_voiding_cancels_link_paper_and_checklist_and_allows_another(world):
    disbursement = papers.signed(world)
    contract = disbursement.contract
    with act(world.person("clerk")) as clerk:
        contract_void(actor=clerk, contract_id=contract.pk, reason="客户改期")
    contract.refresh_from_db()
    disbursement.refresh_from_db()
    assert (contract.state, disbursement.state, contract.application.state) == ("voided", "cancelled", "approved")
    assert document_get(contract.document_id or 0).state == "void"
    assert papers.contracted(world, contract.application).contract_no != contract.contract_no


def test_a_stale_contract_is_not_voided(world):
    contract = papers.contracted(world)
    clerk = world.person("clerk")
    refused(StaleVersion, contract_void, actor=clerk, contract_id=contract.pk, reason="x", version=9)


def test_a_contract_in_disbursement_is_not_voided(world):
    contract = papers.registered(world).contract
    refused(ContractInDisbursement, contract_void, actor=world.person("clerk"), contract_id=contract.pk, reason="x")


def test_the_paper_names_parties_car_and_account(world):
    data = apps.get_model("documents.Document").objects.get(pk=papers.contracted(world).document_id).data
    assert data["payee"]["account_no"] == DEALER_ACCOUNT
    assert (data["lender"]["name"], data["borrower"]["name"]) == ("车轴汽车金融有限公司", "张伟")
    assert data["loan"]["irr_annual"] != data["loan"]["annual_rate"]
    assert {item["name"] for item in data["cost"]["items"]} == {"利息", "车载终端服务费"}


@pytest.fixture
def no_time_stamps(settings):
    """The time-stamp authority is away until the test calls it back."""
    url, settings.AXLE_TSA_URL = settings.AXLE_TSA_URL, "http://127.0.0.1:9/tsa"

    def back() -> None:
        settings.AXLE_TSA_URL = url

    return back


def test_without_time_stamps_a_contract_waits_and_nothing_is_half_signed(world, no_time_stamps):
    contract = papers.sign(papers.sent(world))
    evidence = apps.get_model("documents.DocumentEvidence").objects
    assert (contract.state, evidence.count(), Disbursement.objects.count()) == ("signing", 1, 0)
    assert document_verify(document_content(contract.document_id or 0)).findings == ("no_signature",)
    queued = apps.get_model("procrastinate.ProcrastinateJob").objects.filter(task_name="stamp_contract")
    assert [row.args for row in queued] == [{"contract_id": contract.pk}]
    logged = apps.get_model("platform.OperationLog").objects.latest("pk").changes
    assert {change["type"] for change in logged} == {"contract", "signingsession"}
    before = rows()
    with pytest.raises(TimestampUnavailable):
        stamp_contract(contract_id=contract.pk)
    assert rows() == before

    no_time_stamps()
    stamp_contract(contract_id=contract.pk)
    stamp_contract(contract_id=contract.pk)  # a job may come again
    contract.refresh_from_db()
    session = SigningSession.objects.get()
    assert (contract.state, contract.signed_at, session.signature_png) == ("signed", session.signed_at, None)
    report = document_verify(document_content(contract.document_id or 0))
    assert (report.is_intact, len(report.signatures), report.sha256) == (True, 2, contract.signed_sha256)
    assert Disbursement.objects.get().state == "preparing"


def test_a_voided_contract_is_not_stamped_any_more(world, no_time_stamps):
    contract = papers.sign(papers.sent(world))
    with act(world.person("clerk")) as clerk:
        contract_void(actor=clerk, contract_id=contract.pk, reason="客户改期")
    no_time_stamps()
    before = rows()
    stamp_contract(contract_id=contract.pk)
    assert rows() == before
