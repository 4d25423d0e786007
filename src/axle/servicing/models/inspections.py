"""Inspections of loans in force: what to look at, by whom and until when, what was found, what was made of it."""

from django.db import models
from django.db.models import Q

from axle.platform.fields import EncryptedTextField, prefix_index
from axle.servicing.models.loans import Loan
from axle.servicing.models.scoped import Scoped
from axle.servicing.models.standing import ClassProposal, RiskClass


class InspectionCause(models.TextChoices):
    """Why a loan is inspected: its turn by the rules, a worse class, or a person's wish."""

    PERIODIC = "periodic"
    CLASS_WORSE = "class_worse"
    PERSON = "person"


class InspectorKind(models.TextChoices):
    """Who goes: the account manager, somebody of the field staff, or the dealer."""

    MANAGER = "manager"
    FIELD = "field"
    DEALER = "dealer"


class InspectionState(models.TextChoices):
    """planned → submitted → done; submitted → returned → submitted; planned or returned → cancelled."""

    PLANNED = "planned"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    DONE = "done"
    CANCELLED = "cancelled"


OPEN_INSPECTION_STATES = (InspectionState.PLANNED, InspectionState.SUBMITTED, InspectionState.RETURNED)


class CarCondition(models.TextChoices):
    """How the car was found."""

    GOOD = "good"
    WORN = "worn"
    DAMAGED = "damaged"
    NOT_SEEN = "not_seen"


class Inspection(Scoped):
    """One inspection (贷后检查) of a loan: planned at most once for a day, and one open at a time.

    ``position`` is latitude and longitude in degrees as the phone gave them, ``place`` the address in words; both are
    kept encrypted, because they tell where a person is. ``signals`` are those that the inspector saw, ``found`` those
    that the system found in what was handed in.
    """

    inspection_no = models.CharField(max_length=24, unique=True)
    loan = models.ForeignKey(Loan, on_delete=models.PROTECT, related_name="inspections")
    state = models.CharField(max_length=12, choices=InspectionState, default=InspectionState.PLANNED)
    cause = models.CharField(max_length=12, choices=InspectionCause)
    reason = models.CharField(max_length=200, blank=True)
    risk_class = models.CharField(max_length=16, choices=RiskClass)
    inspector_kind = models.CharField(max_length=8, choices=InspectorKind)
    inspector = models.ForeignKey("platform.Employee", null=True, on_delete=models.PROTECT, related_name="+")
    planned_on = models.DateField()
    due_on = models.DateField()
    inspected_on = models.DateField(null=True)
    condition = models.CharField(max_length=12, choices=CarCondition, blank=True)
    mileage_km = models.PositiveIntegerField(null=True)
    position = EncryptedTextField(null=True)
    place = EncryptedTextField(null=True, mask="address")
    signals = models.JSONField(default=list)
    found = models.JSONField(default=list)
    opinion = models.CharField(max_length=1000, blank=True)
    suggested_class = models.CharField(max_length=16, choices=RiskClass, blank=True)
    submitted_by_id = models.BigIntegerField(null=True)
    submitted_by = models.CharField(max_length=64, blank=True)
    submitted_at = models.DateTimeField(null=True)
    reviewed_by = models.CharField(max_length=64, blank=True)
    reviewed_at = models.DateTimeField(null=True)
    review_opinion = models.CharField(max_length=200, blank=True)
    proposal = models.ForeignKey(ClassProposal, null=True, on_delete=models.PROTECT, related_name="+")
    closing_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["loan", "planned_on"], name="inspection_of_day_once"),
            models.UniqueConstraint(
                fields=["loan"],
                condition=Q(state__in=["planned", "submitted", "returned"]),
                name="inspection_open_once",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["planned", "cancelled"])
                | (Q(inspected_on__isnull=False) & ~Q(opinion="") & ~Q(condition="")),
                name="inspection_told_has_report",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "due_on", "id"], name="inspection_state"),
            models.Index(fields=["due_on", "id"], name="inspection_due"),
            models.Index(fields=["-inspected_on", "-id"], name="inspection_latest"),
            models.Index(fields=["inspector", "state", "due_on"], name="inspection_inspector"),
            models.Index(fields=["dealer", "state", "due_on"], name="inspection_dealer"),
            prefix_index("inspection_no", "inspection_no_prefix"),
        ]
