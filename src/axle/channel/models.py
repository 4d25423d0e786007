"""Dealers."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from axle.channel.domain.control import ControlLevel, ExtraCheckKind
from axle.channel.domain.states import DealerState
from axle.platform.fields import BlindIndexField, EncryptedTextField


class DealerGrade(models.TextChoices):
    A = "A"
    B = "B"
    C = "C"
    D = "D"


class Dealer(models.Model):
    """A seller of cars that submits applications and is paid the purchase price."""

    dealer_no = models.CharField(max_length=24, unique=True)
    name = models.CharField(max_length=128)
    uscc = models.CharField(max_length=18, unique=True)
    region = models.CharField(max_length=6, db_index=True, help_text="GB/T 2260 city code")
    grade = models.CharField(max_length=1, choices=DealerGrade, default=DealerGrade.C)
    state = models.CharField(max_length=12, choices=[(s.value, s.value) for s in DealerState], default="pending")
    contact_name = models.CharField(max_length=64)
    contact_phone = EncryptedTextField(mask="phone")
    contact_phone_index = BlindIndexField(source="contact_phone")
    department = models.ForeignKey("platform.Department", on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey("platform.Employee", null=True, on_delete=models.PROTECT, related_name="+")
    account_name = models.CharField(max_length=128, blank=True)
    account_bank = models.CharField(max_length=64, blank=True)
    account_no = EncryptedTextField(mask="card", null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["state", "-created_at"], name="dealer_by_state")]


class ControlReason(models.TextChoices):
    ABNORMAL_MONTHS = "abnormal_months"
    FIRST_DEFAULTS = "first_defaults"
    FALSE_DOCUMENTS = "false_documents"
    LATE_MORTGAGES = "late_mortgages"
    COMPLAINTS = "complaints"
    OTHER = "other"


class ControlState(models.TextChoices):
    IN_FORCE = "in_force"
    ENDED = "ended"


class DealerControl(models.Model):
    """A dealer under flexible control, from a day to a day, with the reason and who set it.

    One that has run out stays ``in_force`` until another is set: the date says that it does not count any more.
    """

    control_no = models.CharField(max_length=24, unique=True)
    dealer = models.ForeignKey(Dealer, on_delete=models.PROTECT, related_name="controls")
    level = models.CharField(max_length=8, choices=[(level.value, level.value) for level in ControlLevel])
    extra_checks = ArrayField(
        models.CharField(max_length=16, choices=[(kind.value, kind.value) for kind in ExtraCheckKind]), default=list
    )
    cases_max = models.PositiveSmallIntegerField(null=True, help_text="cases submitted in a calendar month")
    reason = models.CharField(max_length=16, choices=ControlReason)
    note = models.CharField(max_length=500)
    from_on = models.DateField()
    until_on = models.DateField()
    state = models.CharField(max_length=8, choices=ControlState, default=ControlState.IN_FORCE)
    set_by = models.CharField(max_length=64)
    ended_on = models.DateField(null=True)
    ended_by = models.CharField(max_length=64, blank=True)
    end_note = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dealer"], condition=Q(state="in_force"), name="dealer_control_once"),
            models.CheckConstraint(condition=Q(until_on__gte=F("from_on")), name="dealer_control_dates"),
            models.CheckConstraint(
                condition=Q(level="limited", cases_max__gte=0) | ~Q(level="limited") & Q(cases_max=None),
                name="dealer_control_limit",
            ),
        ]
        indexes = [models.Index(fields=["-from_on", "-id"], name="dealer_control_latest")]
