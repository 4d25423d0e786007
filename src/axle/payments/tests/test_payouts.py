"""Orders from creation to their end, with power cuts in every gap."""

import dataclasses
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from axle.kernel.money import Fen
from axle.payments.checks import payment_order_steps
from axle.payments.errors import (
    BankAccountMissing,
    PayeeIncomplete,
    PaymentOrderNotRetryable,
    PayoutAmountInvalid,
    PayoutRequestReused,
)
from axle.payments.events import PayoutFailed, PayoutSucceeded
from axle.payments.models import BankAccount, BankNotice, PaymentOrder, PaymentStep
from axle.payments.ports import BankState, PayeeAccount
from axle.payments.services.notice_take import NoticeOutcome, notice_take
from axle.payments.services.payout_create import payout_create
from axle.payments.services.payout_query import payout_follow_up, payout_query, payouts_follow_up
from axle.payments.services.payout_retry import payout_retry
from axle.payments.services.payout_send import payout_send
from axle.payments.tests.conftest import PAYEE
from axle.payments.tests.scripted_bank import PowerCut, ScriptedBank
from axle.platform.public import Actor, Subject, business_date
from axle.platform.testing import act, make_entity, run_jobs

Order = Callable[..., PaymentOrder]
pytestmark = pytest.mark.django_db


def state(order: PaymentOrder) -> str:
    return PaymentOrder.objects.get(pk=order.pk).state


def path(order: PaymentOrder) -> list[str]:
    return list(order.steps.order_by("pk").values_list("to_state", flat=True))


def send_long_ago(order: PaymentOrder) -> None:
    PaymentOrder.objects.filter(pk=order.pk).update(sent_at=timezone.now() - timedelta(hours=1))


def test_created_accepted_paid(order: Order, bank: ScriptedBank, told: list[object]) -> None:
    made = order()
    assert (state(made), bank.submissions) == ("created", [])
    run_jobs()
    assert (state(made), bank.submissions) == ("accepted", [made.order_no])
    bank.settle(made.order_no, business_date())
    payout_follow_up(order_no=made.order_no)
    assert path(made) == ["created", "sent", "accepted", "succeeded"]
    assert told == [
        PayoutSucceeded(
            order_no=made.order_no,
            request_no="R1",
            ref=Subject("invoice", 7),
            amount=Fen(8_000_000),
            value_on=business_date(),
            bank_serial=f"S{made.order_no}",
            bank_account_id=made.bank_account_id,
        )
    ]
    assert payment_order_steps() == []


def test_refused_by_the_bank(order: Order, bank: ScriptedBank, told: list[object]) -> None:
    bank.reply, bank.takes = BankState.FAILED, False
    made = order()
    run_jobs()
    assert path(made) == ["created", "sent", "failed"]
    assert told == [PayoutFailed(made.order_no, "R1", Subject("invoice", 7), "name_mismatch", "收款人户名不符")]


def test_nothing_leaves_when_the_business_transaction_fails(order: Order, bank: ScriptedBank) -> None:
    with pytest.raises(ZeroDivisionError):
        _order_and_fail(order)
    run_jobs()
    assert (PaymentOrder.objects.count(), bank.submissions) == (0, [])


@transaction.atomic
def _order_and_fail(order: Order) -> float:
    order()
    return 1 / 0


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"amount": Fen(0)}, PayoutAmountInvalid),
        ({"amount": Fen(-1)}, PayoutAmountInvalid),
        ({"payee": PayeeAccount("", "工行", "62")}, PayeeIncomplete),
        ({"payee": PayeeAccount("某公司", "工行", " ")}, PayeeIncomplete),
        ({"legal_entity_id": 0}, BankAccountMissing),
    ],
)
def test_refusals_keep_nothing(account: BankAccount, cashier: Actor, change: dict[str, object], error: type) -> None:
    wanted: dict[str, Any] = {
        "legal_entity_id": account.legal_entity_id,
        "amount": Fen(1),
        "payee": PAYEE,
        "purpose": "购车款",
        "ref": Subject("invoice", 7),
        "request_no": "R1",
    }
    with pytest.raises(error), act(cashier):
        payout_create(actor=cashier, **{**wanted, **change})
    assert PaymentOrder.objects.count() == 0
    assert run_jobs() == []


def test_same_request_is_the_same_order(order: Order, bank: ScriptedBank) -> None:
    first, second = order(), order()
    assert (first.pk, run_jobs()) == (second.pk, ["send_payment_order"])
    with pytest.raises(PayoutRequestReused):
        order(amount=1)
    with pytest.raises(PayoutRequestReused):
        order(payee=dataclasses.replace(PAYEE, account_no="6222021202000000026"))
    assert (PaymentOrder.objects.count(), bank.submissions) == (1, [first.order_no])


@pytest.mark.parametrize("cut", ["before", "after"])
def test_power_cut_while_sending_never_pays_twice(
    order: Order, bank: ScriptedBank, told: list[object], cut: str
) -> None:
    made = order()
    bank.cut = cut
    with pytest.raises(PowerCut):
        payout_send(order_no=made.order_no)
    bank.cut = ""
    assert state(made) == "sent"
    payout_send(order_no=made.order_no)  # the rescued job
    assert state(made) == "unknown"
    send_long_ago(made)
    payouts_follow_up()
    assert state(made) == "accepted"
    bank.settle(made.order_no, business_date())
    payout_follow_up(order_no=made.order_no)
    assert (state(made), len(told), len(bank.lines)) == ("succeeded", 1, 1)
    assert len(bank.submissions) == 1


def test_unknown_is_left_only_by_asking(order: Order, bank: ScriptedBank, told: list[object]) -> None:
    bank.reply = BankState.UNKNOWN
    made = order()
    run_jobs()
    assert state(made) == "unknown"
    bank.notices[b"paid"] = bank.settle(made.order_no, business_date())
    assert notice_take(channel="scripted", body=b"paid") is NoticeOutcome.QUERY_DUE
    assert (state(made), told) == ("unknown", [])
    assert payouts_follow_up() == 1
    assert (state(made), len(told)) == ("succeeded", 1)


def test_order_that_the_bank_never_took_is_sent_again_under_its_number(order: Order, bank: ScriptedBank) -> None:
    bank.reply, bank.takes = BankState.UNKNOWN, False
    made = order()
    run_jobs()
    payout_follow_up(order_no=made.order_no)
    assert bank.submissions == [made.order_no]  # too fresh
    send_long_ago(made)
    bank.reply, bank.takes = BankState.PROCESSING, True
    payout_follow_up(order_no=made.order_no)
    assert bank.submissions == [made.order_no] * 2
    assert (state(made), path(made)) == ("accepted", ["created", "sent", "unknown", "sent", "accepted"])


def test_attempts_are_limited(order: Order, bank: ScriptedBank) -> None:
    bank.reply, bank.takes = BankState.UNKNOWN, False
    made = order()
    run_jobs()
    for _ in range(5):
        send_long_ago(made)
        payout_follow_up(order_no=made.order_no)
    assert (len(bank.submissions), state(made)) == (3, "unknown")


def test_notice_before_the_reply_and_its_duplicates(order: Order, bank: ScriptedBank, told: list[object]) -> None:
    made = order()
    bank.cut = "after"
    with pytest.raises(PowerCut):
        payout_send(order_no=made.order_no)
    bank.notices[b"paid"] = bank.settle(made.order_no, business_date())
    outcomes = [notice_take(channel="scripted", body=b"paid") for _ in range(3)]
    assert outcomes == [NoticeOutcome.APPLIED, NoticeOutcome.DUPLICATE, NoticeOutcome.DUPLICATE]
    bank.cut = ""
    payout_send(order_no=made.order_no)
    assert (path(made), len(told)) == (["created", "sent", "succeeded"], 1)
    assert list(BankNotice.objects.order_by("pk").values_list("outcome", flat=True)) == outcomes


def test_notice_that_contradicts_the_end_changes_nothing(order: Order, bank: ScriptedBank, told: list[object]) -> None:
    made = order()
    run_jobs()
    bank.notices[b"paid"] = bank.settle(made.order_no, business_date())
    bank.notices[b"failed"] = dataclasses.replace(bank.notices[b"paid"], state=BankState.FAILED)
    notice_take(channel="scripted", body=b"paid")
    assert notice_take(channel="scripted", body=b"failed") is NoticeOutcome.CONFLICT
    assert (state(made), len(told)) == ("succeeded", 1)


def test_success_with_another_amount_is_not_believed(order: Order, bank: ScriptedBank, told: list[object]) -> None:
    made = order()
    run_jobs()
    paid = bank.settle(made.order_no, business_date())
    bank.notices[b"wrong"] = dataclasses.replace(paid, amount=Fen(8_000_001))
    assert notice_take(channel="scripted", body=b"wrong") is NoticeOutcome.QUERY_DUE
    assert (state(made), told) == ("accepted", [])


def test_notice_about_a_stranger_is_written_down_only(bank: ScriptedBank, order: Order) -> None:
    made = order()
    run_jobs()
    bank.notices[b"x"] = dataclasses.replace(bank.settle(made.order_no, business_date()), order_no="PO0")
    assert notice_take(channel="scripted", body=b"x") is NoticeOutcome.UNKNOWN_ORDER
    assert state(made) == "accepted"


def test_failed_order_is_paid_again_once(order: Order, bank: ScriptedBank, cashier: Actor) -> None:
    bank.reply, bank.takes = BankState.FAILED, False
    failed = order()
    with pytest.raises(PaymentOrderNotRetryable), act(cashier):
        payout_retry(actor=cashier, order_no=failed.order_no)
    run_jobs()
    bank.reply, bank.takes = BankState.PROCESSING, True
    with act(cashier):
        again = payout_retry(actor=cashier, order_no=failed.order_no)
    run_jobs()
    assert (state(failed), state(again), again.retry_of) == ("failed", "accepted", failed)
    assert (again.ref_type, again.ref_id, again.amount_fen) == ("invoice", 7, 8_000_000)
    with pytest.raises(PaymentOrderNotRetryable), act(cashier):
        payout_retry(actor=cashier, order_no=failed.order_no)
    assert PaymentOrder.objects.count() == 2


def test_created_order_without_its_job_is_sent_by_the_follow_up(order: Order, bank: ScriptedBank) -> None:
    made = order()
    PaymentOrder.objects.filter(pk=made.pk).update(created_at=timezone.now() - timedelta(minutes=6))
    assert payouts_follow_up() == 1
    assert (state(made), bank.submissions) == ("accepted", [made.order_no])


def test_steps_cannot_be_changed_and_an_order_ends_once(order: Order, bank: ScriptedBank) -> None:
    made = order()
    run_jobs()
    bank.settle(made.order_no, business_date())
    payout_follow_up(order_no=made.order_no)
    with pytest.raises(DatabaseError), transaction.atomic():
        PaymentStep.objects.filter(order=made).update(to_state="failed")
    with pytest.raises(DatabaseError), transaction.atomic():
        PaymentStep.objects.create(order=made, from_state="sent", to_state="failed", cause="query")
    with pytest.raises(DatabaseError), transaction.atomic():
        PaymentOrder.objects.filter(pk=made.pk).update(state="failed")


def test_check_finds_an_order_without_its_final_step(order: Order) -> None:
    made = order()
    PaymentOrder.objects.filter(pk=made.pk).update(state="failed", ended_at=timezone.now())
    assert payment_order_steps() == [f"payment order {made.order_no} is failed with 0 final steps"]


def test_query_in_a_command_writes_the_answer(order: Order, bank: ScriptedBank, cashier: Actor) -> None:
    made = order()
    run_jobs()
    bank.settle(made.order_no, business_date(), BankState.FAILED)
    with act(cashier):
        assert payout_query(order_no=made.order_no).state == "failed"


def test_one_paying_account_per_entity(account: BankAccount) -> None:
    other = BankAccount(legal_entity=make_entity(), name="专户", bank_name="建行", account_no="2", channel="scripted")
    with pytest.raises(DatabaseError), transaction.atomic():
        other.save()
