"""Taking a bank's call-back: verified, written down, applied at most once."""

import hashlib
import logging
from enum import StrEnum

from django.utils import timezone

from axle.payments.domain.states import IN_FLIGHT, PaymentCause, PaymentOrderState
from axle.payments.models import BankNotice, PaymentOrder
from axle.payments.ports import BankAnswer, BankState, bank_gateway
from axle.payments.services.answer_apply import answer_apply
from axle.platform.public import acting, system_actor

logger = logging.getLogger(__name__)
_AGREEING = {PaymentOrderState.SUCCEEDED: BankState.SUCCEEDED, PaymentOrderState.FAILED: BankState.FAILED}


class NoticeOutcome(StrEnum):
    """What came of a call-back. QUERY_DUE: it proves nothing by itself, the bank is asked at once."""

    APPLIED = "applied"
    DUPLICATE = "duplicate"
    CONFLICT = "conflict"
    QUERY_DUE = "query_due"
    UNKNOWN_ORDER = "unknown_order"


def notice_take(*, channel: str, body: bytes) -> NoticeOutcome:
    """Verify a call-back and move its order by it; duplicates and late ones change nothing.

    Errors: BankChannelUnknown, BankNoticeRefused; then nothing is kept.
    """
    answer = bank_gateway(channel).notice_read(body)
    with acting(system_actor("bank"), "bank_notice_take"):
        outcome = _apply(channel, answer)
        BankNotice.objects.create(
            channel=channel,
            order_no=answer.order_no[:64],
            bank_state=answer.state,
            outcome=outcome,
            body_sha256=hashlib.sha256(body).hexdigest(),
        )
    return outcome


def _apply(channel: str, answer: BankAnswer) -> NoticeOutcome:
    rows = PaymentOrder.objects.select_for_update(of=("self",))
    order = rows.filter(order_no=answer.order_no, bank_account__channel=channel).first()
    if order is None:
        return NoticeOutcome.UNKNOWN_ORDER
    if answer_apply(order=order, answer=answer, cause=PaymentCause.NOTICE):
        return NoticeOutcome.APPLIED
    if order.state in IN_FLIGHT:
        order.next_query_at = timezone.now()
        order.save(update_fields=["next_query_at"])
        return NoticeOutcome.QUERY_DUE
    return _late(order, answer)


def _late(order: PaymentOrder, answer: BankAnswer) -> NoticeOutcome:
    is_same_end = _AGREEING.get(PaymentOrderState(order.state)) is answer.state
    if is_same_end or answer.state in {BankState.PROCESSING, BankState.UNKNOWN}:
        return NoticeOutcome.DUPLICATE
    logger.error("bank notice contradicts order %s: it is %s", order.order_no, order.state)
    return NoticeOutcome.CONFLICT
