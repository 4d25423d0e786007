"""Borrowers' own wishes to repay a part early."""

from django.db import models
from django.db.models import Q

from axle.platform.fields import FenField, prefix_index
from axle.servicing.models.loans import Loan
from axle.servicing.models.receipts import PrepaymentMode, Receipt
from axle.servicing.models.scoped import Scoped


class PrepaymentRequestState(models.TextChoices):
    """open → paid, declined, withdrawn or expired; paid → expired when its receipt is taken back."""

    OPEN = "open"
    PAID = "paid"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


class PrepaymentRequest(Scoped):
    """What a borrower asks to repay of a loan on a day, and what becomes smaller by it (部分提前还款申请).

    Money of that amount that comes by ``open_until`` is taken for it. ``effect`` is what the borrower was shown: where
    the money goes, in fen.
    """

    request_no = models.CharField(max_length=24, unique=True)
    loan = models.ForeignKey(Loan, on_delete=models.PROTECT, related_name="prepayment_requests")
    amount = FenField()
    prepayment_mode = models.CharField(max_length=16, choices=PrepaymentMode)
    pays_on = models.DateField()
    open_until = models.DateField()
    effect = models.JSONField()
    state = models.CharField(max_length=12, choices=PrepaymentRequestState, default=PrepaymentRequestState.OPEN)
    receipt = models.OneToOneField(Receipt, null=True, on_delete=models.PROTECT, related_name="prepayment_request")
    requested_by = models.CharField(max_length=64)
    requested_at = models.DateTimeField(auto_now_add=True)
    answered_by = models.CharField(max_length=64, blank=True)
    answered_at = models.DateTimeField(null=True)
    opinion = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="prepayment_request_positive"),
            models.UniqueConstraint(fields=["loan"], condition=Q(state="open"), name="prepayment_request_open_once"),
            models.CheckConstraint(
                condition=Q(state="paid", receipt__isnull=False) | ~Q(state="paid") & Q(receipt=None),
                name="prepayment_request_paid_by_receipt",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "-requested_at"], name="prepayment_request_state"),
            models.Index(fields=["-requested_at", "-id"], name="prepayment_request_latest"),
            prefix_index("request_no", "prepayment_request_prefix"),
        ]
