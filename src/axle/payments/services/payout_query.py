"""Asking the bank how orders stand. No lock is held while the bank is asked."""

import logging
from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone

from axle.kernel.errors import AxleError
from axle.payments.domain.states import FINAL, IN_FLIGHT, PaymentCause, PaymentOrderState
from axle.payments.errors import PaymentOrderFinal
from axle.payments.models import PaymentOrder
from axle.payments.ports import BankAnswer, BankState, bank_gateway
from axle.payments.services.answer_apply import answer_apply, order_locked
from axle.payments.services.payout_send import payout_send, payout_send_again
from axle.platform.errors import NotFound, StateRefused
from axle.platform.public import acting, system_actor

logger = logging.getLogger(__name__)
BATCH = 200
STRANDED_AFTER = timedelta(minutes=5)
"""A created order this old has lost the job that should have sent it."""


def payout_query(*, order_no: str) -> PaymentOrder:
    """Ask the bank about one order in flight and write its word down, in the caller's transaction.

    Errors: NotFound, PaymentOrderFinal, StateRefused for an order that was never sent.
    """
    return _write(order_no, _ask(order_no))


def payout_follow_up(*, order_no: str) -> None:
    """Ask about one order; what the bank never took is sent again. Call it outside a transaction."""
    answer = _ask(order_no)
    with acting(system_actor("payments"), "payout_query"):
        order = _write(order_no, answer)
    if answer.state is BankState.NOT_FOUND and order.state == PaymentOrderState.UNKNOWN:
        payout_send_again(order_no=order_no)


def payouts_follow_up() -> int:
    """Ask about every order whose time has come and send those that lost their job; gives how many."""
    now = timezone.now()
    due = PaymentOrder.objects.filter(next_query_at__lte=now, state__in=IN_FLIGHT).order_by("next_query_at")
    stranded = PaymentOrder.objects.filter(state=PaymentOrderState.CREATED, created_at__lte=now - STRANDED_AFTER)
    asked = list(due.values_list("order_no", flat=True)[:BATCH])
    sent = list(stranded.values_list("order_no", flat=True)[:BATCH])
    for order_no in asked:
        _without_stopping(payout_follow_up, order_no)
    for order_no in sent:
        _without_stopping(payout_send, order_no)
    return len(asked) + len(sent)


def _without_stopping(step: Callable[..., None], order_no: str) -> None:
    """One order that cannot be handled, such as one of a bank without adapter, must not hold up the others."""
    try:
        step(order_no=order_no)
    except AxleError:
        logger.exception("payment order %s could not be followed up", order_no)


def _ask(order_no: str) -> BankAnswer:
    order = PaymentOrder.objects.select_related("bank_account").filter(order_no=order_no).first()
    if order is None:
        raise NotFound(what="payment_order")
    if order.state in FINAL:
        raise PaymentOrderFinal(state=order.state)
    if order.state == PaymentOrderState.CREATED:
        raise StateRefused(state=order.state)
    return bank_gateway(order.bank_account.channel).payout_query(order_no)


def _write(order_no: str, answer: BankAnswer) -> PaymentOrder:
    order = order_locked(order_no)
    order.queries += 1
    order.save(update_fields=["queries"])
    answer_apply(order=order, answer=answer, cause=PaymentCause.QUERY)
    return order
