"""Asking for money to be paid back to whom it came from (退款)."""

from django.db.models import Q, Sum

from axle.kernel.money import Fen, yuan
from axle.party.public import bank_name_of
from axle.platform.errors import NotFound
from axle.platform.public import Actor, business_date, created, next_no, track
from axle.servicing.errors import (
    ReceiptStateRefused,
    RefundAccountUnknown,
    RefundBankUnknown,
    RefundOpen,
    RefundOverWaiting,
    RefundStateRefused,
    RefundWholeReceipt,
)
from axle.servicing.models import Loan, Receipt, ReceiptState, Refund, RefundState, scope_of
from axle.servicing.services.loan_lock import loan_locked
from axle.servicing.services.receipt_confirm import loan_of_receipt, receipt_locked

_OPEN = (RefundState.REQUESTED, RefundState.PAYING)


def refund_request(*, actor: Actor, receipt_no: str, amount: Fen, reason: str, payee_bank: str = "") -> Refund:
    """Ask to pay money of a receipt back to its payer's account (原路退回); another person decides.

    Of a loan's receipt it is money that waits on the loan, of an unmatched one the whole.
    Errors: NotFound, ReceiptStateRefused, RefundOpen, RefundAccountUnknown, RefundBankUnknown, RefundOverWaiting,
    RefundWholeReceipt.
    """
    loan = loan_of_receipt(receipt_no)
    receipt = receipt_locked(receipt_no, ReceiptState.CONFIRMED)
    _refuse_second(receipt, loan)
    if not receipt.payer_account:
        raise RefundAccountUnknown()
    bank = payee_bank or bank_name_of(receipt.payer_account)
    if not bank:
        raise RefundBankUnknown(field="payee_bank")
    refundable_check(receipt, loan, amount)
    return created(
        Refund.objects.create(
            refund_no=next_no("TK", on=business_date()),
            receipt=receipt,
            loan=loan,
            amount=amount,
            payee_name=receipt.payer_name,
            payee_bank=bank,
            payee_account=receipt.payer_account,
            reason=reason,
            requested_by_id=actor.user_id,
            requested_by=actor.name,
            **(scope_of(loan) if loan else _scope_of_receipt(receipt)),
        )
    )


def refund_withdraw(*, refund_no: str) -> Refund:
    """Whoever asked, or somebody for them, takes the request back. Errors: NotFound, RefundStateRefused."""
    refund = refund_locked(refund_no, RefundState.REQUESTED)[2]
    refund.state = RefundState.WITHDRAWN
    refund.save()
    return refund


def refundable_check(receipt: Receipt, loan: Loan | None, amount: Fen) -> None:
    """Refuse to pay back more than waits, or more than came from this payer.

    Errors: ReceiptStateRefused, RefundOverWaiting, RefundWholeReceipt.
    """
    if receipt.state != ReceiptState.CONFIRMED or receipt.loan_id != (loan.pk if loan else None):
        raise ReceiptStateRefused(state=receipt.state)
    if loan is None:
        if amount != receipt.amount:
            raise RefundWholeReceipt(field="amount", amount=yuan(receipt.amount))
        return
    most = min(loan.unapplied, receipt.amount - _paid_back(receipt))
    if amount > most:
        raise RefundOverWaiting(field="amount", most=yuan(Fen(max(most, 0))))


def refund_locked(refund_no: str, *states: str) -> tuple[Loan | None, Receipt, Refund]:
    """A refund with its loan and receipt, locked in the order loan, receipt, refund.

    Errors: NotFound, RefundStateRefused.
    """
    known = Refund.objects.filter(refund_no=refund_no).values_list("loan__loan_no", "receipt_id").first()
    if known is None:
        raise NotFound(field="refund_no", what="refund")
    loan = loan_locked(known[0]) if known[0] else None
    receipt = track(Receipt.objects.select_for_update().get(pk=known[1]))
    refund = Refund.objects.select_for_update().get(refund_no=refund_no)
    if refund.state not in states:
        raise RefundStateRefused(state=refund.state)
    return loan, receipt, track(refund)


def _refuse_second(receipt: Receipt, loan: Loan | None) -> None:
    of_loan = Q(loan=loan, state=RefundState.REQUESTED) if loan else Q(pk__in=[])
    if Refund.objects.filter(Q(receipt=receipt, state__in=_OPEN) | of_loan).exists():
        raise RefundOpen()


def _paid_back(receipt: Receipt) -> int:
    ended_well = receipt.refunds.filter(state__in=[RefundState.PAYING, RefundState.PAID])
    return ended_well.aggregate(total=Sum("amount"))["total"] or 0


def _scope_of_receipt(receipt: Receipt) -> dict[str, int | None]:
    names = ("legal_entity_id", "department_id", "owner_id", "dealer_id")
    return {name: getattr(receipt, name) for name in names}
