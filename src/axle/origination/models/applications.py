"""Applications and their rounds of submission."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from axle.origination.domain.lifecycle import DRAFT, ApplicationState
from axle.origination.models.scoped import Scoped, choices
from axle.platform.fields import EncryptedJSONField, FenField, RateField, prefix_index

SOURCES = ("staff", "dealer", "customer", "file", "api")
DECISIONS = ("none", "approve", "refer", "decline")


class Application(Scoped):
    """A request for a car loan. ``form`` is what was typed; the columns are what it said when submitted.

    ``device_token``, ``device_ip`` and ``device_place`` are of the applicant's own phone, as far as the channel tells
    them. ``conditions_asked`` are the conditions precedent that the decision demands besides those of every loan.
    ``state`` is the lifecycle, ``decision`` the strategy's last answer, ``documents_asked`` what reviewers
    still wait for: three dimensions that move apart. ``version`` counts changes, against stale forms.
    """

    application_no = models.CharField(max_length=24, unique=True)
    source = models.CharField(max_length=12, choices=choices(SOURCES))
    state = models.CharField(max_length=12, choices=choices(ApplicationState), default=DRAFT)
    decision = models.CharField(max_length=12, choices=choices(DECISIONS), default="none")
    documents_asked = ArrayField(models.CharField(max_length=60), default=list)
    version = models.PositiveIntegerField(default=1)
    round = models.PositiveIntegerField(default=0)
    form = EncryptedJSONField()

    customer = models.ForeignKey("party.Customer", null=True, on_delete=models.PROTECT, related_name="+")
    vehicle = models.ForeignKey("vehicle.Vehicle", null=True, on_delete=models.PROTECT, related_name="+")
    product_version = models.ForeignKey("product.ProductVersion", null=True, on_delete=models.PROTECT, related_name="+")
    applicant_name = models.CharField(max_length=60, blank=True)
    id_no_index = models.CharField(max_length=64, blank=True)
    phone_index = models.CharField(max_length=64, blank=True)
    vin = models.CharField(max_length=17, blank=True)
    vehicle_title = models.CharField(max_length=160, blank=True)

    vehicle_price = FenField(null=True)
    down_payment = FenField(null=True)
    amount = FenField(null=True)
    monthly_income = FenField(null=True)
    periods = models.PositiveSmallIntegerField(null=True)
    method = models.CharField(max_length=24, blank=True)
    due_day = models.PositiveSmallIntegerField(null=True)
    annual_rate = RateField(null=True)
    device_token = models.CharField(max_length=64, blank=True)
    device_ip = models.GenericIPAddressField(null=True)
    device_place = models.CharField(max_length=16, blank=True)

    score = models.IntegerField(null=True)
    conditions_asked = ArrayField(models.CharField(max_length=40), default=list)
    approved_amount = FenField(null=True)
    approved_periods = models.PositiveSmallIntegerField(null=True)
    approved_on = models.DateField(null=True)
    approved_until = models.DateField(null=True)
    review_asked_on = models.DateField(null=True)
    review_reason = models.CharField(max_length=500, blank=True)
    process = models.ForeignKey("workflow.ProcessInstance", null=True, on_delete=models.PROTECT, related_name="+")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    created_by_name = models.CharField(max_length=64)
    created_at = models.DateTimeField(auto_now_add=True)
    submitted_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_on = models.DateField(null=True, help_text="the business date of decided_at")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[DRAFT, "withdrawn"])
                | Q(customer__isnull=False, vehicle__isnull=False, product_version__isnull=False, amount__gt=0),
                name="application_submitted_is_whole",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["approved", "contracted", "disbursed"])
                | Q(approved_amount__gt=0, approved_until__isnull=False),
                name="application_approved_has_terms",
            ),
        ]
        indexes = [
            models.Index(
                fields=["-created_at"],
                include=["id", "state", "department", "owner", "dealer", "customer"],
                name="application_created",
            ),
            models.Index(fields=["state", "-created_at"], name="application_state"),
            models.Index(fields=["department", "-created_at"], name="application_department"),
            models.Index(fields=["owner", "-created_at"], name="application_owner"),
            models.Index(fields=["dealer", "-created_at"], name="application_dealer"),
            models.Index(fields=["customer"], name="application_customer"),
            models.Index(fields=["id_no_index", "-submitted_at"], name="application_id_no"),
            models.Index(fields=["phone_index"], name="application_phone"),
            models.Index(fields=["vin", "-submitted_at"], name="application_vin"),
            models.Index(fields=["amount", "id"], name="application_amount"),
            models.Index(fields=["submitted_at", "id"], name="application_submitted"),
            models.Index(fields=["decided_on"], name="application_decided_on"),
            models.Index(fields=["decision", "-created_at"], name="application_decision"),
            models.Index(fields=["source", "-created_at"], name="application_source"),
            models.Index(
                fields=["product_version", "-decided_at"],
                include=["id", "score", "down_payment", "vehicle_price", "department", "owner", "dealer", "customer"],
                condition=Q(decided_at__isnull=False),
                name="application_decided",
            ),
            prefix_index("application_no", "application_no_prefix"),
            prefix_index("applicant_name", "application_name_prefix"),
            prefix_index("vin", "application_vin_prefix"),
        ]


class ApplicationRound(models.Model):
    """One submission with everything that it said. Append-only."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="rounds")
    round = models.PositiveIntegerField()
    form = EncryptedJSONField()
    submitted_at = models.DateTimeField()
    submitted_by_name = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["application", "round"], name="round_once")]
