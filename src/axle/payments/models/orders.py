"""Payment orders, the steps they took, and the call-backs about them."""

from django.db import models
from django.db.models import Q

from axle.payments.domain.states import PaymentCause, PaymentOrderState
from axle.platform.fields import BlindIndexField, EncryptedTextField, FenField, prefix_index

FINAL_STATES = [PaymentOrderState.SUCCEEDED.value, PaymentOrderState.FAILED.value]


class PaymentOrder(models.Model):
    """One payment out of one of our accounts. ``order_no`` is the number that the bank knows."""

    order_no = models.CharField(max_length=24, unique=True)
    request_no = models.CharField(max_length=64, unique=True)
    legal_entity = models.ForeignKey("platform.LegalEntity", on_delete=models.PROTECT, related_name="+")
    department = models.ForeignKey("platform.Department", null=True, on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey("platform.Employee", null=True, on_delete=models.PROTECT, related_name="+")
    bank_account = models.ForeignKey("payments.BankAccount", on_delete=models.PROTECT, related_name="orders")
    amount_fen = FenField()
    payee_name = models.CharField(max_length=128)
    payee_bank = models.CharField(max_length=128)
    payee_account = EncryptedTextField(mask="card")
    payee_account_index = BlindIndexField(source="payee_account")
    purpose = models.CharField(max_length=100)
    ref_type = models.CharField(max_length=32)
    ref_id = models.BigIntegerField()
    transfer_on = models.DateField()
    state = models.CharField(max_length=12, choices=[(state, state) for state in PaymentOrderState])
    sends = models.PositiveSmallIntegerField(default=0)
    queries = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    next_query_at = models.DateTimeField(null=True)
    bank_serial = models.CharField(max_length=64, blank=True)
    value_on = models.DateField(null=True)
    fail_code = models.CharField(max_length=64, blank=True)
    fail_message = models.CharField(max_length=200, blank=True)
    retry_of = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="retried_by")
    is_retryable = models.BooleanField(default=True, help_text="no: the caller asks anew when it fails")
    created_by = models.CharField(max_length=64)
    created_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="payment_order_amount_positive"),
            models.CheckConstraint(
                condition=Q(state=PaymentOrderState.SUCCEEDED.value, value_on__isnull=False)
                | (~Q(state=PaymentOrderState.SUCCEEDED.value) & Q(value_on__isnull=True)),
                name="payment_order_value_date_when_paid",
            ),
            models.CheckConstraint(
                condition=Q(state__in=FINAL_STATES, ended_at__isnull=False)
                | (~Q(state__in=FINAL_STATES) & Q(ended_at__isnull=True)),
                name="payment_order_end_when_final",
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_query_at"], name="payment_order_to_ask", condition=Q(next_query_at__isnull=False)
            ),
            prefix_index("order_no", "payment_order_no_prefix"),
            prefix_index("payee_name", "payment_payee_prefix"),
            prefix_index("request_no", "payment_request_prefix"),
            models.Index(fields=["ref_type", "ref_id"], name="payment_order_ref"),
            models.Index(fields=["bank_account", "value_on"], name="payment_order_paid_on"),
            models.Index(fields=["state", "-id"], name="payment_order_state"),
            models.Index(fields=["department", "-id"], name="payment_order_department"),
            models.Index(fields=["amount_fen", "id"], name="payment_order_amount"),
            models.Index(fields=["transfer_on", "id"], name="payment_order_transfer"),
            models.Index(fields=["value_on", "id"], name="payment_order_value"),
            models.Index(fields=["created_at", "id"], name="payment_order_created"),
        ]


class PaymentStep(models.Model):
    """One move of an order; append-only. An order has at most one final step."""

    order = models.ForeignKey(PaymentOrder, on_delete=models.PROTECT, related_name="steps")
    from_state = models.CharField(max_length=12, blank=True)
    to_state = models.CharField(max_length=12)
    cause = models.CharField(max_length=16, choices=[(cause, cause) for cause in PaymentCause])
    code = models.CharField(max_length=64, blank=True)
    message = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["order"], condition=Q(to_state__in=FINAL_STATES), name="payment_order_ends_once"
            )
        ]


class BankNotice(models.Model):
    """A call-back with a good signature and what came of it; append-only."""

    channel = models.CharField(max_length=32)
    order_no = models.CharField(max_length=64, db_index=True)
    bank_state = models.CharField(max_length=12)
    outcome = models.CharField(max_length=16)
    body_sha256 = models.CharField(max_length=64)
    received_at = models.DateTimeField(auto_now_add=True)
