"""Money that is paid back to whom it came from."""

from django.db import models
from django.db.models import Q

from axle.platform.fields import EncryptedTextField, FenField, prefix_index
from axle.servicing.models.loans import Loan
from axle.servicing.models.receipts import Receipt
from axle.servicing.models.scoped import Scoped


class RefundState(models.TextChoices):
    """requested → paying → paid or failed, or requested → rejected or withdrawn."""

    REQUESTED = "requested"
    PAYING = "paying"
    PAID = "paid"
    FAILED = "failed"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


class Refund(Scoped):
    """Money of a receipt that goes back to the account it came from (退款, 原路退回).

    With a loan it is overpaid money that waits on the loan, without one the whole of an unmatched receipt. From the
    approval until the bank's answer the money is owed to the payer and neither pays dues nor can be claimed.
    """

    refund_no = models.CharField(max_length=24, unique=True)
    receipt = models.ForeignKey(Receipt, on_delete=models.PROTECT, related_name="refunds")
    loan = models.ForeignKey(Loan, null=True, on_delete=models.PROTECT, related_name="refunds")
    amount = FenField()
    payee_name = models.CharField(max_length=64)
    payee_bank = models.CharField(max_length=60)
    payee_account = EncryptedTextField(mask="card")
    reason = models.CharField(max_length=200)
    state = models.CharField(max_length=12, choices=RefundState, default=RefundState.REQUESTED)
    requested_by_id = models.BigIntegerField(null=True)
    requested_by = models.CharField(max_length=64)
    requested_at = models.DateTimeField(auto_now_add=True)
    reviewed_by_id = models.BigIntegerField(null=True)
    reviewed_by = models.CharField(max_length=64, blank=True)
    reviewed_at = models.DateTimeField(null=True)
    opinion = models.CharField(max_length=200, blank=True)
    ordered_on = models.DateField(null=True, help_text="the business date of the approval")
    payout_no = models.CharField(max_length=24, blank=True)
    value_on = models.DateField(null=True, help_text="the bank's value date of the payment")
    bank_serial = models.CharField(max_length=64, blank=True)
    failure_code = models.CharField(max_length=40, blank=True)
    failure_message = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="refund_positive"),
            models.UniqueConstraint(
                fields=["receipt"], condition=Q(state__in=["requested", "paying"]), name="refund_open_once"
            ),
            models.UniqueConstraint(fields=["loan"], condition=Q(state="requested"), name="refund_of_loan_open_once"),
            models.CheckConstraint(
                condition=~Q(state__in=["paying", "paid"]) | Q(ordered_on__isnull=False) & ~Q(payout_no=""),
                name="refund_paid_by_order",
            ),
        ]
        indexes = [
            models.Index(fields=["-requested_at", "-id"], name="refund_latest"),
            models.Index(fields=["state", "-requested_at"], name="refund_state"),
            models.Index(fields=["loan", "state"], name="refund_loan"),
            prefix_index("refund_no", "refund_no_prefix"),
            prefix_index("payee_name", "refund_payee_prefix"),
        ]
