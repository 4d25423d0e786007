"""Disbursements and their conditions precedent."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from axle.origination.domain.lifecycle import CANCELLED, PAID, PAYING, PREPARING, DisbursementState
from axle.origination.models.contracts import Contract
from axle.origination.models.scoped import Scoped, choices
from axle.platform.fields import EncryptedTextField, FenField, prefix_index

CONDITION_KINDS = ("automatic", "manual")
CONDITION_STATES = ("pending", "satisfied", "failed")
CONDITION_CASES = ("all", "new", "used", "asked")


class ConditionDefinition(models.Model):
    """A condition precedent as the institution demands it. ``code`` of an automatic one names its check; one that
    ``applies_to`` "asked" is demanded where a decision asks for it."""

    code = models.CharField(max_length=40, unique=True)
    title = models.CharField(max_length=120)
    title_en = models.CharField(max_length=120)
    kind = models.CharField(max_length=12, choices=choices(CONDITION_KINDS))
    needs_document = models.BooleanField(default=False)
    applies_to = models.CharField(max_length=8, choices=choices(CONDITION_CASES), default="all")
    position = models.PositiveSmallIntegerField()
    is_active = models.BooleanField(default=True)


class Disbursement(Scoped):
    """The payment of one contract to the dealer: registered (登记), reviewed (复核), paid.

    ``attempt`` counts payment orders: a failed one leads back to ``registered`` with the bank's reason.
    """

    disbursement_no = models.CharField(max_length=24, unique=True)
    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="disbursements")
    state = models.CharField(max_length=12, choices=choices(DisbursementState), default=PREPARING)
    version = models.PositiveIntegerField(default=1)
    vin = models.CharField(max_length=17)
    amount = FenField()
    payee_name = models.CharField(max_length=120, blank=True)
    payee_bank = models.CharField(max_length=120, blank=True)
    payee_account = EncryptedTextField(mask="card", null=True)

    maker = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    maker_name = models.CharField(max_length=64, blank=True)
    registered_at = models.DateTimeField(null=True)
    checker = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    checker_name = models.CharField(max_length=64, blank=True)
    reviewed_at = models.DateTimeField(null=True)
    review_opinion = models.CharField(max_length=500, blank=True)

    attempt = models.PositiveSmallIntegerField(default=0)
    payout_no = models.CharField(max_length=40, blank=True)
    failure_code = models.CharField(max_length=40, blank=True)
    failure_message = models.CharField(max_length=300, blank=True)
    value_on = models.DateField(null=True)
    bank_serial = models.CharField(max_length=64, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    paid_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["contract"], condition=~Q(state=CANCELLED), name="disbursement_per_contract"
            ),
            models.UniqueConstraint(
                fields=["vin"], condition=Q(state__in=[PAYING, PAID]), name="disbursement_vehicle_paid_once"
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="disbursement_has_amount"),
            models.CheckConstraint(
                condition=Q(maker=None) | Q(checker=None) | ~Q(maker=F("checker")), name="disbursement_two_people"
            ),
            models.CheckConstraint(
                condition=~Q(state=PAID) | Q(value_on__isnull=False, paid_at__isnull=False),
                name="disbursement_paid_has_value_date",
            ),
        ]
        indexes = [
            models.Index(fields=["-created_at"], name="disbursement_created"),
            models.Index(fields=["state", "-created_at"], name="disbursement_state"),
            models.Index(fields=["department", "-created_at"], name="disbursement_department"),
            models.Index(fields=["amount", "id"], name="disbursement_amount"),
            models.Index(
                fields=["value_on", "id"],
                include=["amount", "department", "owner", "dealer"],
                name="disbursement_value",
            ),
            prefix_index("disbursement_no", "disbursement_no_prefix"),
            prefix_index("vin", "disbursement_vin_prefix"),
            prefix_index("payout_no", "disbursement_payout_prefix"),
        ]


class DisbursementCondition(models.Model):
    """One condition of one disbursement. Of an automatic one ``finding`` says what the check saw."""

    disbursement = models.ForeignKey(Disbursement, on_delete=models.PROTECT, related_name="conditions")
    code = models.CharField(max_length=40)
    title = models.CharField(max_length=120)
    title_en = models.CharField(max_length=120)
    kind = models.CharField(max_length=12, choices=choices(CONDITION_KINDS))
    needs_document = models.BooleanField()
    position = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=12, choices=choices(CONDITION_STATES), default="pending")
    finding = models.CharField(max_length=60, blank=True)
    finding_params = models.JSONField(default=dict)
    file = models.ForeignKey("platform.StoredFile", null=True, on_delete=models.PROTECT, related_name="+")
    note = models.CharField(max_length=500, blank=True)
    settled_by_name = models.CharField(max_length=64, blank=True)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["disbursement", "code"], name="condition_once"),
            models.CheckConstraint(
                condition=~Q(kind="manual", needs_document=True, state="satisfied") | Q(file__isnull=False),
                name="condition_confirmed_with_document",
            ),
        ]
        ordering = ["position", "pk"]
