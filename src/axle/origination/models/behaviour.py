"""How an application's form was filled in, and what is verified once more."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from axle.channel.public import ExtraCheckKind
from axle.origination.domain.extra_checks import CheckCause, ExtraCheckState
from axle.origination.models.applications import Application
from axle.origination.models.scoped import choices


class FormBehaviour(models.Model):
    """Counts and times of each field and of the whole, without what was typed; kept for a number of days.

    ``is_whole`` while every save of the form came with its record: only then it says something about the whole form.
    """

    application = models.OneToOneField(Application, on_delete=models.PROTECT, related_name="behaviour")
    fields = models.JSONField()
    course = models.JSONField(default=dict)
    seconds = models.PositiveIntegerField(default=0)
    sessions = ArrayField(models.CharField(max_length=32), default=list)
    pages = ArrayField(models.CharField(max_length=8), default=list)
    is_whole = models.BooleanField()
    agreed_by = models.CharField(max_length=64)
    agreed_at = models.DateTimeField()
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        indexes = [models.Index(fields=["updated_at"], name="form_behaviour_updated")]


class ExtraCheck(models.Model):
    """One thing that a person verifies before the case may be approved, why, and what came of it."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="extra_checks")
    kind = models.CharField(max_length=16, choices=choices(ExtraCheckKind))
    cause = models.CharField(max_length=16, choices=choices(CheckCause))
    state = models.CharField(max_length=8, choices=choices(ExtraCheckState), default=ExtraCheckState.OPEN)
    opened_on = models.DateField()
    note = models.CharField(max_length=500, blank=True)
    checked_by = models.CharField(max_length=64, blank=True)
    checked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["application", "kind"], name="extra_check_once"),
            models.CheckConstraint(
                condition=Q(state="open", checked_at=None) | ~Q(state="open") & Q(checked_at__isnull=False),
                name="extra_check_has_result",
            ),
        ]
