"""Tables of messaging."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from axle.platform.fields import BlindIndexField, EncryptedTextField, prefix_index


class SmsTemplate(models.Model):
    """A text with ``{variable}`` places; ``variables`` are those that its senders fill."""

    code = models.CharField(max_length=40, unique=True)
    title = models.CharField(max_length=64)
    body = models.CharField(max_length=500)
    variables = ArrayField(models.CharField(max_length=32), default=list)
    is_active = models.BooleanField(default=True)
    updated_at = models.DateTimeField(auto_now=True)


class MessageState(models.TextChoices):
    QUEUED = "queued"
    SENT = "sent"
    DELIVERED = "delivered"
    UNDELIVERED = "undelivered"
    FAILED = "failed"


class Message(models.Model):
    """One text to one phone. ``request_no`` is the number that the gateway knows; ``code`` its last word."""

    request_no = models.CharField(max_length=24, unique=True)
    template = models.ForeignKey(SmsTemplate, on_delete=models.PROTECT, related_name="+")
    phone = EncryptedTextField(mask="phone")
    phone_index = BlindIndexField(source="phone")
    content = EncryptedTextField(mask="text")
    variables = EncryptedTextField(mask="text")
    ref_type = models.CharField(max_length=32)
    ref_id = models.BigIntegerField()
    state = models.CharField(max_length=12, choices=MessageState, default=MessageState.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    batch_id = models.CharField(max_length=64, blank=True)
    code = models.CharField(max_length=64, blank=True)
    useful_until = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True)
    reported_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            prefix_index("request_no", "message_no_prefix"),
            models.Index(fields=["ref_type", "ref_id"], name="message_ref"),
            models.Index(fields=["state", "-id"], name="message_state"),
            models.Index(fields=["created_at", "id"], name="message_created"),
        ]


class VerificationCode(models.Model):
    """A code sent to a phone for one purpose and subject; only its keyed hash is kept."""

    purpose = models.CharField(max_length=32)
    phone_index = models.CharField(max_length=64)
    ref_type = models.CharField(max_length=32)
    ref_id = models.BigIntegerField()
    code_hash = models.CharField(max_length=64)
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["phone_index", "-sent_at"], name="verification_code_phone")]


class CodeAttempt(models.Model):
    """How often a code was tried; written outside the transaction of the trial, so it holds no foreign key."""

    code_id = models.BigIntegerField(unique=True)
    used = models.PositiveIntegerField()
