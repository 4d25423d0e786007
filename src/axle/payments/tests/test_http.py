"""Payments over HTTP: permissions, scopes, masking, the call-back."""

from collections.abc import Callable

import pytest
from django.test import Client

from axle.payments import permissions
from axle.payments.models import BankNotice, PaymentOrder
from axle.payments.tests.scripted_bank import ScriptedBank
from axle.platform.public import business_date
from axle.platform.testing import client_for, make_user, run_jobs

Order = Callable[..., PaymentOrder]
pytestmark = pytest.mark.django_db
ALL = (permissions.PAYMENT_ORDER_VIEW, permissions.PAYMENT_ORDER_MANAGE)


def test_list_and_detail_mask_the_account(order: Order) -> None:
    made = order()
    run_jobs()
    client = client_for(make_user("cashier", permissions=ALL))
    status, page = client.get("/lists/payment_orders", state="accepted")
    assert (status, page["total"], page["totals"]) == (200, 1, {"amount": "80000.00"})
    assert page["items"][0]["payee_account"] == "6222***********0018"
    status, detail = client.get(f"/payment-orders/{made.order_no}")
    assert (detail["amount"], detail["payee_account"]) == ("80000.00", "6222***********0018")
    assert [step["to_state"] for step in detail["steps"]] == ["created", "sent", "accepted"]
    assert detail["actions"] == ["payment_order_query_now"]


def test_an_order_has_its_history_for_those_who_may_see_it(order: Order) -> None:
    made = order()
    run_jobs()
    path = f"/payment-orders/{made.order_no}/history"
    status, past = client_for(make_user("cashier", permissions=ALL)).get(path)
    assert (status, [item["operation"] for item in past]) == (200, ["payout_reply", "payout_send", "test"])
    lines = {line["field"]: line for line in past[0]["changes"][0]["lines"]}
    assert (lines["state"]["before"], lines["state"]["after"]) == ("sent", "accepted")
    assert client_for(make_user("elsewhere", permissions=ALL, scope="own")).get(path)[0] == 404
    assert client_for(make_user("stranger")).get(path)[0] == 403


def test_other_departments_orders_are_not_there(order: Order) -> None:
    made = order()
    client = client_for(make_user("elsewhere", permissions=ALL, scope="own"))
    assert client.get("/lists/payment_orders")[1]["total"] == 0
    assert client.get(f"/payment-orders/{made.order_no}")[0] == 404
    assert client.command("payment_order_query_now", {"order_no": made.order_no})[0] == 404


def test_commands_need_their_permission(order: Order) -> None:
    made = order()
    client = client_for(make_user("viewer", permissions=ALL[:1]))
    assert client.get(f"/payment-orders/{made.order_no}")[1]["actions"] == []
    for command in ("payment_order_query_now", "payment_order_retry"):
        assert client.command(command, {"order_no": made.order_no})[0] == 403


def test_ask_now(order: Order, bank: ScriptedBank) -> None:
    made = order()
    client = client_for(make_user("cashier", permissions=ALL))
    assert client.command("payment_order_query_now", {"order_no": made.order_no})[1]["code"] == "state_refused"
    run_jobs()
    bank.settle(made.order_no, business_date())
    status, body = client.command("payment_order_query_now", {"order_no": made.order_no})
    assert (status, body) == (200, {"order_no": made.order_no, "state": "succeeded"})
    assert client.command("payment_order_query_now", {"order_no": made.order_no})[1]["code"] == "payment_order_final"


def test_call_back_needs_the_banks_signature(order: Order, bank: ScriptedBank) -> None:
    made = order()
    run_jobs()
    url, kind = "/api/v1/callbacks/bank/scripted", "application/x-www-form-urlencoded"
    refused = Client().post(url, b"forged", content_type=kind)
    assert (refused.status_code, refused.json()["code"]) == (403, "bank_notice_refused")
    assert BankNotice.objects.count() == 0
    bank.notices[b"paid=1"] = bank.settle(made.order_no, business_date())
    assert Client().post(url, b"paid=1", content_type=kind).json()["return_msg"] == "applied"
    made.refresh_from_db()
    assert made.state == "succeeded"
    assert Client().post("/api/v1/callbacks/bank/nobody", b"", content_type=kind).status_code == 422


def test_reconcile_from_the_console(order: Order, bank: ScriptedBank) -> None:
    made = order()
    run_jobs()
    bank.settle(made.order_no, business_date())
    grants = (permissions.RECONCILIATION_RUN, permissions.RECONCILIATION_VIEW, permissions.BANK_ACCOUNT_VIEW)
    client = client_for(make_user("accountant", permissions=grants))
    data = {"bank_account_id": made.bank_account_id, "on": business_date().isoformat()}
    status, body = client.command("reconciliation_run", data)
    assert (status, body["matched"], body["breaks"], body["paid_out"]) == (200, 1, 0, "80000.00")
    assert client.get("/lists/bank_statement_lines")[1]["items"][0]["amount"] == "80000.00"
    assert client.get("/lists/bank_accounts")[1]["items"][0]["bank_account_no"] == "1001********5678"
    for name in ("reconciliations", "reconciliation_breaks"):
        assert client.get(f"/lists/{name}")[0] == 200
