"""Sending an order: claimed and committed first, then the bank is called, then its reply is written.

A worker may die between any two of these. Whoever finds the order ``sent`` afterwards asks the bank; only
an order that the bank says it never took is sent again, under the same number.
"""

from datetime import timedelta

from django.utils import timezone

from axle.kernel.money import Fen
from axle.payments.domain.states import PaymentCause, PaymentOrderState
from axle.payments.models import PaymentOrder
from axle.payments.parameters import MAX_SENDS, RESEND_AFTER_SECONDS
from axle.payments.ports import PayeeAccount, PayoutInstruction, bank_gateway
from axle.payments.services.answer_apply import answer_apply, order_locked, order_move
from axle.platform.public import acting, parameter_value, system_actor, track


def payout_send(*, order_no: str) -> None:
    """Send a created order; one that an interrupted run has already claimed becomes unknown and is asked for.

    Call it outside a transaction: it commits before and after the bank is called.
    """
    claimed = _claim(order_no)
    if claimed is not None:
        _call(claimed)


def payout_send_again(*, order_no: str) -> bool:
    """Send an unknown order once more under its own number, after the bank said that it never took it.

    Gives False while the last attempt is too fresh, or when all attempts are used up.
    """
    claimed = _claim_again(order_no)
    if claimed is not None:
        _call(claimed)
    return claimed is not None


def _claim(order_no: str) -> PaymentOrder | None:
    with acting(system_actor("payments"), "payout_send"):
        order = track(order_locked(order_no))
        if order.state == PaymentOrderState.SENT:
            order_move(order=order, state=PaymentOrderState.UNKNOWN, cause=PaymentCause.INTERRUPTION)
            order.next_query_at = timezone.now()
            order.save()
        if order.state != PaymentOrderState.CREATED:
            return None
        _mark_sent(order)
        return order


def _claim_again(order_no: str) -> PaymentOrder | None:
    with acting(system_actor("payments"), "payout_send_again"):
        order = track(order_locked(order_no))
        if order.state != PaymentOrderState.UNKNOWN or not _may_send_again(order):
            return None
        _mark_sent(order)
        return order


def _may_send_again(order: PaymentOrder) -> bool:
    if order.sends >= parameter_value(MAX_SENDS.code) or order.sent_at is None:
        return False
    wait = timedelta(seconds=parameter_value(RESEND_AFTER_SECONDS.code))
    return bool(order.sent_at + wait <= timezone.now())


def _mark_sent(order: PaymentOrder) -> None:
    order.sends += 1
    order.sent_at = timezone.now()
    order_move(order=order, state=PaymentOrderState.SENT, cause=PaymentCause.SEND)
    order.save()


def _call(order: PaymentOrder) -> None:
    answer = bank_gateway(order.bank_account.channel).payout_submit(_instruction(order))
    with acting(system_actor("payments"), "payout_reply"):
        answer_apply(order=order_locked(order.order_no), answer=answer, cause=PaymentCause.REPLY)


def _instruction(order: PaymentOrder) -> PayoutInstruction:
    return PayoutInstruction(
        order_no=order.order_no,
        payer_account_no=order.bank_account.account_no,
        payee=PayeeAccount(order.payee_name, order.payee_bank, order.payee_account),
        amount=Fen(order.amount_fen),
        purpose=order.purpose,
        transfer_on=order.transfer_on,
    )
