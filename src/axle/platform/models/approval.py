"""Maker-checker (登记/复核): which commands need a second person, and those that wait for one."""

from django.conf import settings
from django.db import models

from axle.platform.fields import EncryptedJSONField, FenField


class ApprovalPolicy(models.Model):
    """From ``min_amount`` fen on, ``command`` is carried out only when another person approves."""

    command = models.CharField(max_length=64)
    min_amount = FenField(default=0)
    checker_permission = models.CharField(max_length=80)
    is_active = models.BooleanField(default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["command", "min_amount"], name="policy_amount_once")]


class PendingState(models.TextChoices):
    PENDING = "pending"
    APPROVED = "approved"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


class PendingCommand(models.Model):
    """A registered command with its input, waiting for review. Without a maker the system itself proposed it."""

    pending_no = models.CharField(max_length=24, unique=True)
    command = models.CharField(max_length=64)
    payload = EncryptedJSONField()
    amount = FenField(null=True)
    checker_permission = models.CharField(max_length=80)
    state = models.CharField(max_length=12, choices=PendingState, default=PendingState.PENDING)
    maker = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    maker_name = models.CharField(max_length=64)
    made_at = models.DateTimeField(auto_now_add=True)
    checker = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    checker_name = models.CharField(max_length=64, blank=True)
    checked_at = models.DateTimeField(null=True)
    opinion = models.CharField(max_length=500, blank=True)
    result = EncryptedJSONField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["state", "-made_at"], name="pending_open"),
            models.Index(fields=["made_at", "id"], name="pending_latest"),
            models.Index(fields=["amount", "id"], name="pending_amount"),
        ]
