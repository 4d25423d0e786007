"""A car loan from the dealer's phone to the payoff letter, by ten people, with real papers, bank and signatures."""

import base64
import re
from datetime import date, timedelta

import pytest
from django.test import Client

from axle.config.demo.institution import BUSINESS_ON, Place
from axle.integrations.testing import SandboxProcess
from axle.kernel.money import parse_yuan
from axle.platform.public import business_date, eod_run
from axle.platform.testing import ApiClient, run_jobs
from tests.journeys import papers
from tests.journeys.car_loan import AMOUNT, BUYER, PAYEE_ACCOUNT, PERIODS, PHONE, form
from tests.journeys.conftest import invariants_broken
from tests.journeys.people import Desk, at_desk

pytestmark = [pytest.mark.django_db, pytest.mark.journey]


def submitted(place: Place) -> int:
    """The dealer enters, photographs and submits; recognition and the decision run behind."""
    dealer = at_desk("dealer")
    draft = dealer.do("application_save_draft", form=form(place))
    number = draft["application_id"]
    for kind, draw in (
        ("id_front", papers.id_front),
        ("id_back", papers.id_back),
        ("driver_licence", papers.driver_licence),
    ):
        dealer.capture(number, kind, draw(BUYER))
    sent = dealer.do("application_submit", application_id=number, version=draft["version"])
    assert sent["state"] == "submitted"
    run_jobs()
    return int(number)


def reviewed(number: int) -> None:
    """First review; credit and appraisal side by side; second review, because the amount is large."""
    at_desk("first_reviewer").work(number, "first_review")
    at_desk("credit_reviewer").work(number, "credit_review")
    at_desk("appraiser").work(number, "vehicle_appraisal")
    at_desk("second_reviewer").work(number, "second_review")


def link_token(sandbox: SandboxProcess) -> str:
    """The token in the last text message to the buyer."""
    text = sandbox.look("sms/outbox", phone=PHONE)
    found = re.findall(r"sign/([A-Za-z0-9_-]{20,})", str(text))
    return found[-1]


def code_in_sms(sandbox: SandboxProcess) -> str:
    """The code in the last text message to the buyer."""
    return re.findall(r"验证码是(\d{6})", str(sandbox.look("sms/outbox", phone=PHONE)))[-1]


def signed(number: int, sandbox: SandboxProcess) -> int:
    """The contract is made, sent, read and signed on the phone."""
    clerk = at_desk("contract_clerk")
    case = clerk.see(f"/applications/{number}")
    contract = clerk.do("contract_create", application_id=number, version=case["version"])
    clerk.do("contract_send_for_signing", contract_id=contract["contract_id"], version=contract["version"])
    run_jobs()
    phone = Client()
    opened = phone.post("/api/v1/signing", {"token": link_token(sandbox)}, content_type="application/json")
    assert opened.status_code == 200, opened.content
    buyer = Desk(ApiClient())
    buyer.client._client = phone
    pdf = phone.get(f"/api/v1/contracts/{contract['contract_id']}/file")
    assert b"".join(pdf)[:5] == b"%PDF-"
    buyer.do("signing_code_send", contract_id=contract["contract_id"])
    run_jobs()
    done = buyer.do(
        "contract_sign",
        contract_id=contract["contract_id"],
        code=code_in_sms(sandbox),
        signature_png=base64.b64encode(papers.signature()).decode(),
        is_cost_sheet_confirmed=True,
        read_seconds=opened.json()["min_read_seconds"],
    )
    assert done["state"] == "signed"
    return int(contract["contract_id"])


def disbursed(number: int, contract_id: int, sandbox: SandboxProcess) -> str:
    """Conditions, registration, review, payment order, the bank's word; gives the loan's number."""
    clerk, cashier, checker = at_desk("contract_clerk"), at_desk("cashier"), at_desk("checker")
    clerk.capture(number, "vehicle_invoice", papers.vehicle_invoice(BUYER))
    run_jobs()
    (row,) = cashier.see("/lists/disbursements")["items"]
    page = cashier.do("disbursement_check", disbursement_id=row["id"])
    assert cashier.refused("disbursement_register", disbursement_id=page["id"], version=page["version"])
    for condition in page["conditions"]:
        if condition["kind"] == "manual":
            clerk.do(
                "condition_confirm",
                disbursement_id=page["id"],
                code=condition["code"],
                is_met=True,
                note="已核对",
                file_id=clerk.upload(papers.id_back(BUYER)) if condition["needs_document"] else None,
            )
    page = cashier.do("disbursement_check", disbursement_id=page["id"])
    unmet = [row for row in page["conditions"] if row["state"] not in ("satisfied", "not_applicable")]
    assert unmet == [], unmet
    registered = cashier.do("disbursement_register", disbursement_id=page["id"], version=page["version"])
    approve = {"disbursement_id": page["id"], "version": registered["version"], "account_tail": PAYEE_ACCOUNT[-4:]}
    assert cashier.refused("disbursement_approve", **approve) == "permission_missing"
    approved = checker.do("disbursement_approve", **approve)
    run_jobs()
    sandbox.run(60)
    order = next(
        row for row in checker.see("/lists/payment_orders")["items"] if row["order_no"] == approved["payout_no"]
    )
    cashier.do("payment_order_query_now", order_no=order["order_no"])
    run_jobs()
    loan = next(iter(cashier.see("/lists/loans")["items"]))
    assert loan["principal"] == AMOUNT
    return str(loan["loan_no"])


def days_to(on: date) -> None:
    """Close every day before a date."""
    eod_run(until=on - timedelta(days=1))
    assert business_date() == on


def paid(loan_no: str, amount: str, **more: object) -> None:
    """The cashier registers, the accountant confirms."""
    cashier, accountant = at_desk("cashier"), at_desk("accountant")
    entered = cashier.do(
        "receipt_register",
        loan_no=loan_no,
        amount=amount,
        value_on=business_date().isoformat(),
        channel="transfer",
        payer_name=BUYER.name,
        **more,
    )
    assert cashier.refused("receipt_confirm", receipt_no=entered["receipt_no"]) == "permission_missing"
    accountant.do("receipt_confirm", receipt_no=entered["receipt_no"])


def test_a_car_loan_from_intake_to_settlement(place: Place, sandbox: SandboxProcess) -> None:
    number = submitted(place)
    case = at_desk("first_reviewer").see(f"/applications/{number}")
    assert (case["state"], case["decision"]) == ("in_review", "refer")
    reviewed(number)
    assert at_desk("contract_clerk").see(f"/applications/{number}")["state"] == "approved"
    contract_id = signed(number, sandbox)
    loan_no = disbursed(number, contract_id, sandbox)
    assert invariants_broken() == []

    cashier = at_desk("cashier")
    loan = cashier.see(f"/loans/{loan_no}")
    dues = [date.fromisoformat(row["due_on"]) for row in loan["schedule"]]
    assert len(dues) == PERIODS
    assert loan["disbursed_on"] == BUSINESS_ON.isoformat()

    for index in (0, 1):  # two instalments on time
        days_to(dues[index])
        paid(loan_no, loan["schedule"][index]["total"])
        assert cashier.see(f"/loans/{loan_no}")["days_past_due"] == 0
        assert invariants_broken() == []

    days_to(dues[2] + timedelta(days=10))  # the third is ten days late
    late = cashier.see(f"/loans/{loan_no}")
    assert late["days_past_due"] == 10
    penalty = parse_yuan(late["due_now"]["penalty"])
    base = parse_yuan(late["schedule"][2]["principal"])
    assert penalty == round(base * 899 * 15 * 10 / (10_000 * 10 * 360))  # 1.5 times the contract rate, ten days
    paid(loan_no, late["due_now"]["total"])
    assert cashier.see(f"/loans/{loan_no}")["days_past_due"] == 0
    assert invariants_broken() == []

    days_to(dues[2] + timedelta(days=15))  # early settlement
    quote = cashier.do("payoff_quote_create", loan_no=loan_no, on=business_date().isoformat())
    paid(loan_no, quote["total"], payoff_quote_no=quote["quote_no"])
    settled = cashier.see(f"/loans/{loan_no}")
    assert (settled["state"], settled["principal_balance"]) == ("settled", "0.00")
    letter = at_desk("contract_clerk").do("payoff_letter_issue", loan_no=loan_no)
    assert letter["document_no"]
    days_to(dues[3] + timedelta(days=1))
    assert invariants_broken() == []
    trial = at_desk("accountant").see(
        "/trial-balance", legal_entity_id=place.entity_id, period_from="202611", period_to="202703"
    )
    standing = {row["code"]: row for row in trial["rows"]}
    assert standing["1303"]["closing_debit"] == "0.00"  # every fen lent has come back
    assert standing["1132"]["closing_debit"] == "0.00"
