"""What the bank said about an order becomes its state; the one place where an order ends."""

from datetime import datetime, timedelta

from django.utils import timezone

from axle.kernel.money import Fen
from axle.payments.domain.states import FINAL, IN_FLIGHT, PaymentCause, PaymentOrderState, conclude, query_wait_seconds
from axle.payments.events import PayoutFailed, PayoutSucceeded
from axle.payments.models import PaymentOrder, PaymentStep
from axle.payments.ports import BankAnswer, BankState
from axle.platform.public import Subject, publish, track


def order_locked(order_no: str) -> PaymentOrder:
    """The order with its account, locked until the transaction ends. Errors: DoesNotExist."""
    rows = PaymentOrder.objects.select_for_update(of=("self",)).select_related("bank_account")
    return rows.get(order_no=order_no)


def answer_apply(*, order: PaymentOrder, answer: BankAnswer, cause: PaymentCause) -> bool:
    """Move a locked order by the bank's word; gives whether it moved. The caller holds the transaction.

    A success with another amount or without a value date is not believed: the order is asked for again. When
    the order ends, its event is published here, once.
    """
    said = answer.state if _is_believable(order, answer) else BankState.UNKNOWN
    state = conclude(PaymentOrderState(order.state), cause, said)
    if state is None:
        _ask_again_later(order)
        return False
    track(order)
    order_move(order=order, state=state, cause=cause, code=answer.code, message=answer.message)
    if state is PaymentOrderState.SUCCEEDED:
        order.bank_serial, order.value_on = answer.bank_serial, answer.value_on
    if state is PaymentOrderState.FAILED:
        order.fail_code, order.fail_message = answer.code[:64], answer.message[:200]
    order.save()
    if state in FINAL:
        publish(_event(order))
    return True


def order_move(
    *, order: PaymentOrder, state: PaymentOrderState, cause: PaymentCause, code: str = "", message: str = ""
) -> None:
    """Set a locked order's state and note the step; the caller saves the order."""
    PaymentStep.objects.create(
        order=order,
        from_state=order.state,
        to_state=state,
        cause=cause,
        code=code[:64],
        message=message[:200],
    )
    order.state = state
    order.ended_at = timezone.now() if state in FINAL else None
    order.next_query_at = None if state in FINAL else _next_query_at(order)


def _is_believable(order: PaymentOrder, answer: BankAnswer) -> bool:
    if answer.state is not BankState.SUCCEEDED:
        return True
    return answer.amount == order.amount_fen and answer.value_on is not None


def _next_query_at(order: PaymentOrder) -> datetime:
    return timezone.now() + timedelta(seconds=query_wait_seconds(order.queries))


def _ask_again_later(order: PaymentOrder) -> None:
    if order.state in IN_FLIGHT:
        order.next_query_at = _next_query_at(order)
        order.save(update_fields=["next_query_at"])


def _event(order: PaymentOrder) -> PayoutSucceeded | PayoutFailed:
    ref = Subject(order.ref_type, order.ref_id)
    if order.state == PaymentOrderState.FAILED:
        return PayoutFailed(order.order_no, order.request_no, ref, order.fail_code, order.fail_message)
    assert order.value_on is not None
    return PayoutSucceeded(
        order_no=order.order_no,
        request_no=order.request_no,
        ref=ref,
        amount=Fen(order.amount_fen),
        value_on=order.value_on,
        bank_serial=order.bank_serial,
        bank_account_id=order.bank_account_id,
    )
