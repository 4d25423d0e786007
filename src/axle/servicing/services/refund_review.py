"""Deciding on a refund; an approved one is ordered from the bank."""

from django.utils import timezone

from axle.amortization.public import Refund as RefundEvent
from axle.kernel.money import Fen
from axle.payments.public import PayeeAccount, payout_create
from axle.platform.errors import MakerMayNotCheck
from axle.platform.public import Actor, Subject, business_date
from axle.servicing.errors import RefundAccountMismatch
from axle.servicing.models import Loan, Receipt, ReceiptState, Refund, RefundState
from axle.servicing.services.loan_restate import loan_restate
from axle.servicing.services.refund_postings import refund_ordered_post
from axle.servicing.services.refund_request import refund_locked, refundable_check


def refund_approve(*, actor: Actor, refund_no: str, account_tail: str, opinion: str = "") -> Refund:
    """Agree to a refund and order its payment; ``account_tail`` is keyed anew by the reviewer.

    The money leaves the loan or suspense at once and is owed to the payer until the bank has answered.
    Errors: NotFound, RefundStateRefused, MakerMayNotCheck, RefundAccountMismatch, those of ``refundable_check`` when
    the money has gone elsewhere since, and what payments refuses.
    """
    loan, receipt, refund = refund_locked(refund_no, RefundState.REQUESTED)
    _other_person(actor, refund)
    if len(account_tail) != 4 or not (refund.payee_account or "").endswith(account_tail):
        raise RefundAccountMismatch(field="account_tail")
    refundable_check(receipt, loan, Fen(refund.amount))
    today = business_date()
    payout = payout_create(
        actor=actor,
        legal_entity_id=refund.legal_entity_id,
        amount=Fen(refund.amount),
        payee=PayeeAccount(refund.payee_name, refund.payee_bank, refund.payee_account or ""),
        purpose=f"{receipt.receipt_no} 退款",
        ref=Subject("refund", refund.pk),
        request_no=refund.refund_no,
        is_retryable=False,
    )
    refund.state, refund.payout_no, refund.ordered_on = RefundState.PAYING, payout.order_no, today
    _decided(refund, actor, opinion)
    _take_money(actor, loan, receipt, refund)
    refund_ordered_post(refund, loan)
    return refund


def refund_reject(*, actor: Actor, refund_no: str, opinion: str) -> Refund:
    """Refuse a refund. Errors: NotFound, RefundStateRefused, MakerMayNotCheck."""
    refund = refund_locked(refund_no, RefundState.REQUESTED)[2]
    _other_person(actor, refund)
    refund.state = RefundState.REJECTED
    _decided(refund, actor, opinion)
    return refund


def _other_person(actor: Actor, refund: Refund) -> None:
    if actor.user_id is not None and actor.user_id == refund.requested_by_id:
        raise MakerMayNotCheck()


def _take_money(actor: Actor, loan: Loan | None, receipt: Receipt, refund: Refund) -> None:
    today = business_date()
    if loan is None:
        receipt.state, receipt.closing_reason = ReceiptState.REFUNDED, refund.refund_no
        receipt.save()
        return
    event = RefundEvent(id=refund.refund_no, on=today, amount=Fen(refund.amount))
    loan_restate(actor=actor, loan=loan, event=event, business_on=today)


def _decided(refund: Refund, actor: Actor, opinion: str) -> None:
    refund.reviewed_by_id, refund.reviewed_by = actor.user_id, actor.name
    refund.reviewed_at, refund.opinion = timezone.now(), opinion
    refund.save()
