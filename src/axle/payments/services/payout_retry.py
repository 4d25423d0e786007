"""Paying a failed order again."""

from axle.kernel.money import Fen
from axle.payments.domain.states import PaymentOrderState
from axle.payments.errors import PaymentOrderNotRetryable
from axle.payments.models import PaymentOrder
from axle.payments.ports import PayeeAccount
from axle.payments.services.payout_create import payout_create
from axle.platform.errors import NotFound
from axle.platform.public import Actor, Subject


def payout_retry(*, actor: Actor, order_no: str) -> PaymentOrder:
    """A new order for the same payment as a failed one; the failed one stays as it is.

    Errors: NotFound, PaymentOrderNotRetryable when it did not fail, was retried already, or is asked for anew
    by whoever ordered it.
    """
    failed = PaymentOrder.objects.select_for_update(of=("self",)).filter(order_no=order_no).first()
    if failed is None:
        raise NotFound(what="payment_order")
    is_over = failed.state != PaymentOrderState.FAILED or not failed.is_retryable
    if is_over or PaymentOrder.objects.filter(retry_of=failed).exists():
        raise PaymentOrderNotRetryable(state=failed.state)
    return payout_create(
        actor=actor,
        legal_entity_id=failed.legal_entity_id,
        amount=Fen(failed.amount_fen),
        payee=PayeeAccount(failed.payee_name, failed.payee_bank, failed.payee_account),
        purpose=failed.purpose,
        ref=Subject(failed.ref_type, failed.ref_id),
        request_no=f"{failed.order_no}-retry",
        retry_of=failed,
    )
