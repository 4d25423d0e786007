"""Tables of reporting: which reports are delivered to whom, and what was delivered."""

from django.conf import settings
from django.db import models
from django.db.models import Q


class Rhythm(models.TextChoices):
    """After which end of day a report is made: every one, those of working days, Sundays', the last one of a month."""

    DAILY = "daily"
    WORKDAYS = "workdays"
    WEEKLY = "weekly"
    MONTHLY = "monthly"


class FileFormat(models.TextChoices):
    XLSX = "xlsx"
    CSV = "csv"
    PDF = "pdf"


class ReportSchedule(models.Model):
    """A report that is made by itself: what is asked for, how often, as what file.

    ``asked`` holds answers as text, as the report's page sends them. A date that is left out follows the day that was
    closed: the day, week or month that ended with it.
    """

    name = models.CharField(max_length=80)
    report = models.CharField(max_length=64)
    asked = models.JSONField(default=dict)
    rhythm = models.CharField(max_length=8, choices=Rhythm)
    format = models.CharField(max_length=4, choices=FileFormat)
    is_active = models.BooleanField(default=True)
    recipients = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+")
    made_by_user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_by = models.CharField(max_length=80)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["rhythm"], condition=Q(is_active=True), name="schedule_active")]


class DeliveryState(models.TextChoices):
    """waiting → made | failed; a failed one waits again when somebody asks for it."""

    WAITING = "waiting"
    MADE = "made"
    FAILED = "failed"


class ReportDelivery(models.Model):
    """A report of a day for one recipient, with what that person may see; ``problem`` says why there is no file."""

    schedule = models.ForeignKey(ReportSchedule, on_delete=models.PROTECT, related_name="deliveries")
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False)
    closed_on = models.DateField()
    state = models.CharField(max_length=8, choices=DeliveryState, default=DeliveryState.WAITING)
    file = models.ForeignKey("platform.StoredFile", null=True, on_delete=models.PROTECT, related_name="+")
    attempts = models.PositiveSmallIntegerField(default=0)
    problem = models.CharField(max_length=300, blank=True)
    delivered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["schedule", "recipient", "closed_on"], name="delivery_once"),
            models.CheckConstraint(condition=~Q(state="made") | Q(file__isnull=False), name="delivery_made_has_file"),
        ]
        indexes = [
            models.Index(fields=["recipient", "-id"], name="delivery_mailbox"),
            models.Index(fields=["state", "-id"], name="delivery_state"),
            models.Index(fields=["closed_on", "id"], name="delivery_day"),
        ]
