"""Taking over payments that were made before this system, or outside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from axle.kernel.money import Fen
from axle.payments.domain.states import PaymentCause, PaymentOrderState
from axle.payments.models import PaymentOrder, PaymentStep
from axle.payments.ports import PayeeAccount
from axle.platform.public import Actor, Subject, keys_take, note_change, rows_copy


@dataclass(frozen=True)
class SettledPayout:
    """A payment that the bank made on ``value_on``; money in fen."""

    order_no: str
    legal_entity_id: int
    department_id: int | None
    owner_id: int | None
    bank_account_id: int
    amount: Fen
    payee: PayeeAccount
    purpose: str
    ref: Subject
    value_on: date
    bank_serial: str


def settled_payouts_import(*, actor: Actor, payouts: Sequence[SettledPayout]) -> int:
    """Keep payments as succeeded orders, set-based, without calling a bank or publishing events; gives the count."""
    keys = keys_take(PaymentOrder, len(payouts))
    orders = [_order(key, payout, actor) for key, payout in zip(keys, payouts, strict=True)]
    rows_copy(orders)
    succeeded, cause = PaymentOrderState.SUCCEEDED, PaymentCause.CREATION
    rows_copy(PaymentStep(order=order, to_state=succeeded, cause=cause) for order in orders)
    note_change(type="paymentorder", id="import", after={"orders": len(orders)})
    return len(orders)


def _order(key: int, payout: SettledPayout, actor: Actor) -> PaymentOrder:
    return PaymentOrder(
        id=key,
        order_no=payout.order_no,
        request_no=payout.order_no,
        legal_entity_id=payout.legal_entity_id,
        department_id=payout.department_id,
        owner_id=payout.owner_id,
        bank_account_id=payout.bank_account_id,
        amount_fen=payout.amount,
        payee_name=payout.payee.name,
        payee_bank=payout.payee.bank_name,
        payee_account=payout.payee.account_no,
        purpose=payout.purpose,
        ref_type=payout.ref.type,
        ref_id=payout.ref.id,
        transfer_on=payout.value_on,
        state=PaymentOrderState.SUCCEEDED,
        value_on=payout.value_on,
        bank_serial=payout.bank_serial,
        created_by=actor.name,
        ended_at=timezone.now(),
    )
