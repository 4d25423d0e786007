"""Reconciliation on real rows."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from axle.kernel.money import Fen
from axle.payments.checks import payments_equal_bank_statement
from axle.payments.jobs import queue_reconciliations
from axle.payments.models import BankAccount, BankStatementLine, PaymentOrder, Reconciliation
from axle.payments.ports import BankState, PayeeAccount
from axle.payments.services.payout_query import payout_follow_up
from axle.payments.services.reconciliation_run import reconciliation_run
from axle.payments.services.settled_payouts_import import SettledPayout, settled_payouts_import
from axle.payments.tests.scripted_bank import ScriptedBank, debit
from axle.platform.public import Actor, Subject, business_date, business_date_set
from axle.platform.testing import act, run_jobs

Order = Callable[..., PaymentOrder]
pytestmark = pytest.mark.django_db


def reconcile(account: BankAccount, actor: Actor) -> Reconciliation:
    with act(actor):
        return reconciliation_run(actor=actor, bank_account_id=account.pk, on=business_date())


def paid(order: Order, bank: ScriptedBank, request_no: str = "R1") -> PaymentOrder:
    made = order(request_no=request_no)
    run_jobs()
    bank.settle(made.order_no, business_date())
    payout_follow_up(order_no=made.order_no)
    return made


def test_paid_orders_equal_the_statement(
    order: Order, bank: ScriptedBank, account: BankAccount, cashier: Actor
) -> None:
    paid(order, bank)
    for _ in range(2):
        run = reconcile(account, cashier)
        assert (run.matched, run.breaks, run.paid_fen) == (1, 0, 8_000_000)
    assert (BankStatementLine.objects.count(), Reconciliation.objects.count()) == (1, 1)
    assert payments_equal_bank_statement() == []


def test_statement_ends_an_unknown_order(
    order: Order, bank: ScriptedBank, account: BankAccount, cashier: Actor, told: list[object]
) -> None:
    bank.reply = BankState.UNKNOWN
    made = order()
    run_jobs()
    bank.settle(made.order_no, business_date())
    reconcile(account, cashier)
    made.refresh_from_db()
    assert (made.state, made.value_on, len(told)) == ("succeeded", business_date(), 1)
    assert payments_equal_bank_statement() == []


def test_differences_are_kept_with_the_banks_own_record(
    order: Order, bank: ScriptedBank, account: BankAccount, cashier: Actor
) -> None:
    missing = paid(order, bank)
    bank.lines = [debit("", 150, business_date(), serial="FEE1")]
    run = reconcile(account, cashier)
    found = list(run.found.order_by("pk").values_list("kind", "order_no", "bank_serial", "bank_state"))
    assert found == [("theirs_only", "", "FEE1", ""), ("ours_only", missing.order_no, "", "succeeded")]
    assert payments_equal_bank_statement() == [
        f"bank account {account.pk} on {business_date()}: orders 80000.00, statement 0.00"
    ]


def test_order_that_the_bank_never_took_fails_after_its_day(
    order: Order, bank: ScriptedBank, account: BankAccount, cashier: Actor, told: list[object]
) -> None:
    bank.reply, bank.takes = BankState.UNKNOWN, False
    made = order()
    run_jobs()
    PaymentOrder.objects.filter(pk=made.pk).update(sends=3)
    on = business_date()
    reconcile(account, cashier)
    made.refresh_from_db()
    assert made.state == "unknown"
    business_date_set(on + timedelta(days=1))
    with act(cashier):
        reconciliation_run(actor=cashier, bank_account_id=account.pk, on=on)
    made.refresh_from_db()
    assert (made.state, made.fail_code, len(told)) == ("failed", "never_taken", 1)


def test_end_of_day_queues_each_account_once(account: BankAccount, bank: ScriptedBank) -> None:
    assert sum(queue_reconciliations(business_date(), shard, 2) for shard in range(2)) == 1
    assert run_jobs() == ["reconcile_bank_day"]
    assert Reconciliation.objects.get().run_by == "payments"


def test_payments_of_a_predecessor_are_taken_over(
    account: BankAccount, bank: ScriptedBank, cashier: Actor, told: list[object]
) -> None:
    payout = SettledPayout(
        order_no="OLD1",
        legal_entity_id=account.legal_entity_id,
        department_id=None,
        owner_id=None,
        bank_account_id=account.pk,
        amount=Fen(100),
        payee=PayeeAccount("某公司", "工行", "6222"),
        purpose="购车款",
        ref=Subject("invoice", 1),
        value_on=business_date(),
        bank_serial="S1",
    )
    with act(cashier):
        assert settled_payouts_import(actor=cashier, payouts=[payout]) == 1
    order = PaymentOrder.objects.get()
    assert (order.state, order.amount_fen, order.payee_account) == ("succeeded", 100, "6222")
    assert (told, bank.submissions, run_jobs()) == ([], [], [])
