"""Loan contracts and their signing."""

from django.db import models
from django.db.models import Q

from axle.origination.domain.lifecycle import DRAFTED, VOIDED, ContractState
from axle.origination.models.applications import Application
from axle.origination.models.scoped import Scoped, choices
from axle.platform.fields import FenField, RateField, prefix_index


class Contract(Scoped):
    """The loan contract of an approved application: a snapshot of terms, its PDF and its signatures.

    ``terms`` is what the loan account is opened with; ``schedule`` is the disclosed plan, counted from
    ``planned_start_on``: the binding one counts from the day the money leaves.
    """

    contract_no = models.CharField(max_length=24, unique=True)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="contracts")
    state = models.CharField(max_length=12, choices=choices(ContractState), default=DRAFTED)
    version = models.PositiveIntegerField(default=1)
    customer = models.ForeignKey("party.Customer", on_delete=models.PROTECT, related_name="+")
    vehicle = models.ForeignKey("vehicle.Vehicle", on_delete=models.PROTECT, related_name="+")
    product_version = models.ForeignKey("product.ProductVersion", on_delete=models.PROTECT, related_name="+")
    product_code = models.CharField(max_length=40)
    vin = models.CharField(max_length=17)

    vehicle_price = FenField()
    down_payment = FenField()
    principal = FenField()
    annual_rate = RateField()
    periods = models.PositiveSmallIntegerField()
    method = models.CharField(max_length=24)
    due_day = models.PositiveSmallIntegerField()
    planned_start_on = models.DateField()
    first_due_on = models.DateField()
    instalment = FenField()
    total_interest = FenField()
    total_due = FenField()
    annual_cost_rate = RateField()
    terms = models.JSONField()
    schedule = models.JSONField()

    document_id = models.BigIntegerField(null=True)
    document_sha256 = models.CharField(max_length=64, blank=True)
    signed_sha256 = models.CharField(max_length=64, blank=True)
    created_by_name = models.CharField(max_length=64)
    created_at = models.DateTimeField(auto_now_add=True)
    signed_at = models.DateTimeField(null=True)
    voided_at = models.DateTimeField(null=True)
    void_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["application"], condition=~Q(state=VOIDED), name="contract_per_application"
            ),
            models.CheckConstraint(condition=Q(principal__gt=0, periods__gt=0), name="contract_has_amount"),
            models.CheckConstraint(
                condition=~Q(state__in=["signed", "in_force"]) | Q(signed_at__isnull=False),
                name="contract_signed_has_time",
            ),
        ]
        indexes = [
            models.Index(fields=["-created_at"], name="contract_created"),
            models.Index(fields=["state", "-created_at"], name="contract_state"),
            models.Index(fields=["department", "-created_at"], name="contract_department"),
            models.Index(fields=["customer"], name="contract_customer"),
            models.Index(fields=["principal", "id"], name="contract_principal"),
            models.Index(fields=["signed_at", "id"], name="contract_signed"),
            prefix_index("contract_no", "contract_no_prefix"),
            prefix_index("vin", "contract_vin_prefix"),
        ]
