"""What the bank answered about a refund: it is paid, or the money waits again where it came from."""

from datetime import date

from axle.amortization.public import Reversal
from axle.platform.public import Actor, business_date, next_no
from axle.servicing.models import Loan, Receipt, ReceiptState, Refund, RefundState
from axle.servicing.services.loan_restate import loan_restate
from axle.servicing.services.refund_postings import refund_ordered_post, refund_paid_post
from axle.servicing.services.refund_request import refund_locked


def refund_succeed(*, refund_id: int, value_on: date, bank_serial: str, bank_account_id: int) -> None:
    """The bank paid. Errors: RefundStateRefused."""
    loan, _receipt, refund = _paying(refund_id)
    refund.state, refund.value_on, refund.bank_serial = RefundState.PAID, value_on, bank_serial
    refund.save()
    refund_paid_post(refund, loan, value_on=value_on, bank_account_id=bank_account_id)


def refund_fail(*, actor: Actor, refund_id: int, code: str, message: str) -> None:
    """The bank will not pay: the money is again where it came from, as if it had never left.

    Errors: RefundStateRefused.
    """
    loan, receipt, refund = _paying(refund_id)
    refund.state, refund.failure_code, refund.failure_message = RefundState.FAILED, code[:40], message[:200]
    refund.save()
    refund_ordered_post(refund, loan, is_taken_back=True)
    if loan is None:
        receipt.state, receipt.closing_reason = ReceiptState.CONFIRMED, ""
        receipt.save()
        return
    today = business_date()
    reversal = Reversal(id=next_no("LE", on=today), on=refund.ordered_on or today, of=refund.refund_no)
    loan_restate(actor=actor, loan=loan, event=reversal, business_on=today)


def _paying(refund_id: int) -> tuple[Loan | None, Receipt, Refund]:
    number = Refund.objects.values_list("refund_no", flat=True).get(pk=refund_id)
    return refund_locked(number, RefundState.PAYING)
