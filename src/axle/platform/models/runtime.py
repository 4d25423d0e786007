"""The operation log, idempotency, rate limits, the business date and end-of-day runs."""

from django.db import models

from axle.platform.fields import EncryptedJSONField, prefix_index


class OperationLog(models.Model):
    """One write: who, what, before and after, when, from where. Append-only in the database."""

    at = models.DateTimeField(db_index=True)
    business_on = models.DateField()
    operation = models.CharField(max_length=80, db_index=True)
    actor_kind = models.CharField(max_length=12)
    user_id = models.BigIntegerField(null=True, db_index=True)
    actor_name = models.CharField(max_length=64)
    roles = models.CharField(max_length=200, blank=True)
    checker_name = models.CharField(max_length=64, blank=True)
    subject_type = models.CharField(max_length=40, blank=True)
    subject_id = models.CharField(max_length=40, blank=True)
    changes = models.JSONField(default=list)
    note = models.CharField(max_length=500, blank=True)
    ip = models.GenericIPAddressField(null=True)
    device = models.CharField(max_length=200, blank=True)
    control = models.CharField(max_length=120, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["subject_type", "subject_id"], name="log_subject"),
            models.Index(fields=["subject_id", "id"], name="log_subject_id"),
            models.Index(fields=["business_on", "id"], name="log_business_day"),
            prefix_index("actor_name", "log_actor_prefix"),
            prefix_index("operation", "log_operation_prefix"),
            prefix_index("subject_id", "log_subject_prefix"),
        ]


class OperationSeal(models.Model):
    """A stretch of the operation log up to ``last_id``, closed. Append-only; ``digest`` is keyed and chained."""

    last_id = models.BigIntegerField(unique=True)
    rows = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    sealed_at = models.DateTimeField(auto_now_add=True)


class IdempotencyRecord(models.Model):
    """The stored result of a command that carried an idempotency key."""

    actor_key = models.CharField(max_length=80)
    key = models.CharField(max_length=100)
    command = models.CharField(max_length=64)
    request_hash = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(default=0)
    response = EncryptedJSONField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["actor_key", "key"], name="idempotency_once")]


class RateCounter(models.Model):
    """Uses of a limited action in one time window."""

    key = models.CharField(max_length=160)
    window = models.BigIntegerField()
    used = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "window"], name="rate_window_once")]


class BusinessDay(models.Model):
    """The one row that says which business date the system is on."""

    on = models.DateField()


class EodStepRun(models.Model):
    """One end-of-day step of one date and shard: done at most once."""

    business_on = models.DateField()
    step = models.CharField(max_length=64)
    shard = models.PositiveSmallIntegerField()
    shards = models.PositiveSmallIntegerField()
    rows = models.BigIntegerField(default=0)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["business_on", "step", "shard"], name="eod_step_once")]


class EodSetAside(models.Model):
    """A thing that a step of the end of day could not do, and why. It blocks nothing else and comes again each day."""

    step = models.CharField(max_length=64)
    subject_no = models.CharField(max_length=40)
    first_on = models.DateField()
    last_on = models.DateField()
    tries = models.PositiveIntegerField(default=1)
    error = models.TextField()
    resolved_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["step", "subject_no"], condition=models.Q(resolved_at=None), name="eod_set_aside_once"
            )
        ]
        indexes = [models.Index(fields=["-last_on", "-id"], name="eod_set_aside_latest")]
