"""Ordering a payment: written with the business that needs it, sent after that has committed."""

from axle.kernel.money import Fen
from axle.payments.domain.states import PaymentCause, PaymentOrderState
from axle.payments.errors import (
    BankAccountMissing,
    PayeeIncomplete,
    PayoutAmountInvalid,
    PayoutRequestReused,
)
from axle.payments.jobs import send_payment_order
from axle.payments.models import BankAccount, PaymentOrder, PaymentStep
from axle.payments.ports import PayeeAccount
from axle.platform.public import Actor, Subject, business_date, created, next_no


def payout_create(
    *,
    actor: Actor,
    legal_entity_id: int,
    amount: Fen,
    payee: PayeeAccount,
    purpose: str,
    ref: Subject,
    request_no: str,
    retry_of: PaymentOrder | None = None,
    is_retryable: bool = True,
) -> PaymentOrder:
    """Order one payment from the legal entity's paying account, in the caller's transaction.

    Money: fen. The bank is not called here; a job does it once the transaction has committed. The same
    ``request_no`` with the same content gives the same order, so a caller may repeat it.
    Errors: PayoutAmountInvalid, PayeeIncomplete, BankAccountMissing, PayoutRequestReused.
    """
    _check(amount, payee)
    account = _paying_account(legal_entity_id)
    order = PaymentOrder(
        order_no=next_no("PO", on=business_date()),
        request_no=request_no,
        legal_entity_id=legal_entity_id,
        department_id=actor.department_id,
        owner_id=actor.employee_id,
        bank_account=account,
        amount_fen=amount,
        payee_name=payee.name,
        payee_bank=payee.bank_name,
        payee_account=payee.account_no,
        purpose=purpose,
        ref_type=ref.type,
        ref_id=ref.id,
        transfer_on=business_date(),
        state=PaymentOrderState.CREATED,
        retry_of=retry_of,
        is_retryable=is_retryable,
        created_by=actor.name,
    )
    return _first(order) or _again(order)


def _check(amount: Fen, payee: PayeeAccount) -> None:
    if amount <= 0:
        raise PayoutAmountInvalid(field="amount")
    if not (payee.name.strip() and payee.bank_name.strip() and payee.account_no.strip()):
        raise PayeeIncomplete(field="payee")


def _paying_account(legal_entity_id: int) -> BankAccount:
    account = BankAccount.objects.filter(legal_entity_id=legal_entity_id, is_payer=True, is_active=True).first()
    if account is None:
        raise BankAccountMissing(field="legal_entity_id")
    return account


def _first(order: PaymentOrder) -> PaymentOrder | None:
    """Keep the order unless its request number is known (two callers at once: the database lets one through)."""
    inserted = PaymentOrder.objects.bulk_create([order], ignore_conflicts=True)
    stored = PaymentOrder.objects.filter(order_no=inserted[0].order_no).first()
    if stored is None:
        return None
    PaymentStep.objects.create(order=stored, to_state=PaymentOrderState.CREATED, cause=PaymentCause.CREATION)
    send_payment_order.defer(order_no=stored.order_no)
    return created(stored)


def _again(order: PaymentOrder) -> PaymentOrder:
    known = PaymentOrder.objects.get(request_no=order.request_no)
    if _content(known) != _content(order):
        raise PayoutRequestReused(request_no=order.request_no)
    return known


def _content(order: PaymentOrder) -> tuple[object, ...]:
    return (
        order.legal_entity_id,
        order.amount_fen,
        order.payee_name,
        order.payee_bank,
        order.payee_account,
        order.ref_type,
        order.ref_id,
    )
