"""Receipts and payoff quotes."""

from django.db import models
from django.db.models import Q

from axle.platform.fields import EncryptedTextField, FenField, prefix_index
from axle.servicing.models.loans import Loan
from axle.servicing.models.scoped import Scoped


class ReceiptState(models.TextChoices):
    """registered → confirmed → reversed, or registered → rejected.

    A confirmed receipt whose money goes on as that of other receipts is ``split`` into parts, or ``unclaimed`` when it
    was claimed for the wrong loan; one whose money is paid back is ``refunded``.
    """

    REGISTERED = "registered"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"
    REVERSED = "reversed"
    SPLIT = "split"
    UNCLAIMED = "unclaimed"
    REFUNDED = "refunded"


class ReceiptChannel(models.TextChoices):
    TRANSFER = "transfer"
    DEBIT = "debit"
    CASH = "cash"
    COUNTER = "counter"


class PrepaymentMode(models.TextChoices):
    """What becomes smaller when a part is repaid early: the instalment, or the term."""

    KEEP_TERM = "keep_term"
    KEEP_INSTALMENT = "keep_instalment"


class PayoffQuote(models.Model):
    """What settles a loan on a date; good while the loan does not change and until ``expires_on``."""

    quote_no = models.CharField(max_length=24, unique=True)
    loan = models.ForeignKey(Loan, on_delete=models.PROTECT, related_name="payoff_quotes")
    on = models.DateField()
    expires_on = models.DateField()
    loan_version = models.PositiveIntegerField()
    items = models.JSONField(help_text="fen by item")
    total = FenField()
    made_by = models.CharField(max_length=64)
    made_at = models.DateTimeField(auto_now_add=True)


class Receipt(Scoped):
    """Money that came in (还款): entered by one person, confirmed by finance, then posted to its loan.

    Without a loan it is unmatched: confirmed, it waits in suspense until somebody says whose it is. ``part_of`` is the
    receipt whose money this is, or a part of it.
    """

    receipt_no = models.CharField(max_length=24, unique=True)
    loan = models.ForeignKey(Loan, null=True, on_delete=models.PROTECT, related_name="receipts", db_index=False)
    payoff_quote = models.ForeignKey(
        PayoffQuote, null=True, on_delete=models.PROTECT, related_name="receipts", db_index=False
    )
    state = models.CharField(max_length=12, choices=ReceiptState, default=ReceiptState.REGISTERED)
    amount = FenField()
    value_on = models.DateField()
    channel = models.CharField(max_length=12, choices=ReceiptChannel)
    bank_account_id = models.BigIntegerField()
    bank_serial = models.CharField(max_length=64, blank=True)
    payer_name = models.CharField(max_length=64)
    payer_account = EncryptedTextField(mask="card", null=True)
    note = models.CharField(max_length=200, blank=True)
    prepayment_mode = models.CharField(
        max_length=16, blank=True, choices=PrepaymentMode, help_text="of money that repays a part early; else empty"
    )
    is_from_suspense = models.BooleanField(default=False)
    part_of = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="parts", db_index=False)
    registered_by_id = models.BigIntegerField(null=True)
    registered_by = models.CharField(max_length=64)
    registered_at = models.DateTimeField(auto_now_add=True)
    confirmed_by_id = models.BigIntegerField(null=True)
    confirmed_by = models.CharField(max_length=64, blank=True)
    confirmed_at = models.DateTimeField(null=True)
    closing_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="receipt_positive"),
            models.UniqueConstraint(
                fields=["bank_account_id", "bank_serial"],
                condition=~Q(bank_serial="") & Q(state__in=["registered", "confirmed"], part_of=None),
                name="receipt_serial_once",
            ),
            models.CheckConstraint(
                condition=Q(prepayment_mode="") | Q(loan__isnull=False, payoff_quote__isnull=True),
                name="receipt_prepays_a_loan",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "-registered_at"], name="receipt_state"),
            models.Index(fields=["loan", "value_on"], name="receipt_loan"),
            models.Index(fields=["payoff_quote"], condition=~Q(payoff_quote=None), name="receipt_of_quote"),
            models.Index(fields=["part_of"], condition=~Q(part_of=None), name="receipt_parts"),
            models.Index(fields=["-registered_at", "-id"], name="receipt_latest"),
            models.Index(fields=["value_on", "id"], name="receipt_value"),
            models.Index(fields=["amount", "id"], name="receipt_amount"),
            models.Index(fields=["channel", "-registered_at"], name="receipt_channel"),
            models.Index(
                fields=["-registered_at", "-id"], condition=Q(state="confirmed", loan=None), name="receipt_suspense"
            ),
            models.Index(
                fields=["value_on", "id"], condition=Q(state="confirmed", loan=None), name="receipt_suspense_oldest"
            ),
            models.Index(
                fields=["legal_entity", "bank_account_id"],
                include=["amount"],
                condition=Q(state__in=["confirmed", "refunded"]),
                name="receipt_cash",
            ),
            prefix_index("receipt_no", "receipt_no_prefix"),
            prefix_index("payer_name", "receipt_payer_prefix"),
            prefix_index("bank_serial", "receipt_serial_prefix"),
        ]
