"""From which devices an application was written, signed or sent."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from axle.origination.domain.device_session import DeviceHolder, DeviceTrace
from axle.origination.models.applications import Application
from axle.origination.models.scoped import choices


class DeviceSession(models.Model):
    """What a page told of its device, and the address in the net that the server saw; kept for a number of days.

    ``holder`` is whose device it is. The newest of the applicant's counts.
    """

    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, related_name="device_sessions", db_index=False
    )
    holder = models.CharField(max_length=12, choices=choices(DeviceHolder))
    token = models.CharField(max_length=64)
    ip = models.GenericIPAddressField(null=True)
    traces = ArrayField(models.CharField(max_length=24, choices=choices(DeviceTrace)), default=list)
    utc_offset_minutes = models.SmallIntegerField()
    time_zone = models.CharField(max_length=40, blank=True)
    language = models.CharField(max_length=20, blank=True)
    place = models.CharField(max_length=16, blank=True)
    accuracy_m = models.PositiveIntegerField(null=True)
    agreed_by = models.CharField(max_length=64)
    told_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["application", "holder", "token"], name="device_session_once"),
            models.CheckConstraint(
                condition=Q(place="", accuracy_m=None) | ~Q(place="") & Q(accuracy_m__isnull=False),
                name="device_session_place_is_whole",
            ),
        ]
        indexes = [
            models.Index(fields=["token", "holder"], name="device_session_token"),
            models.Index(fields=["ip", "-told_at"], condition=Q(holder="applicant"), name="device_session_ip"),
            models.Index(fields=["told_at"], name="device_session_told"),
        ]
