"""Captured documents: photos and scans that belong to a case."""

from django.db import models

from axle.platform.fields import EncryptedJSONField, prefix_index


class CapturedState(models.TextChoices):
    QUEUED = "queued"
    RECOGNISED = "recognised"
    NEEDS_REVIEW = "needs_review"
    CONFIRMED = "confirmed"
    FILED = "filed"
    FAILED = "failed"


class CapturedDocument(models.Model):
    """One picture or scan of a kind of document, about one subject.

    ``version`` counts the captures of that kind for the subject; a newer one of a readable kind replaces the
    older. ``fields`` is what was read ({name: {value, confidence, is_valid}}), ``confirmed`` what a person put in
    its place ({name: value}); both stay, so that the reading can be judged later.
    """

    subject_type = models.CharField(max_length=32)
    subject_id = models.BigIntegerField()
    kind = models.CharField(max_length=32)
    version = models.PositiveIntegerField()
    is_current = models.BooleanField(default=True)
    file = models.ForeignKey("platform.StoredFile", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=16, choices=CapturedState, default=CapturedState.QUEUED)
    fields = EncryptedJSONField(null=True, blank=True)
    confirmed = EncryptedJSONField(null=True, blank=True)
    differences = EncryptedJSONField(null=True, blank=True)
    doubtful = models.JSONField(default=list)
    confidence = models.DecimalField(max_digits=4, decimal_places=3, null=True, blank=True)
    turned_by = models.DecimalField(max_digits=5, decimal_places=1, null=True, blank=True)
    failure = models.CharField(max_length=32, blank=True)
    image_hash = models.CharField(max_length=256, blank=True)
    duplicate_of = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    captured_by = models.CharField(max_length=80)
    captured_at = models.DateTimeField(auto_now_add=True)
    confirmed_by = models.CharField(max_length=80, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subject_type", "subject_id", "kind", "version"], name="captured_version_once"
            ),
            models.CheckConstraint(
                condition=models.Q(confidence__isnull=True) | models.Q(confidence__range=(0, 1)),
                name="captured_confidence_is_a_fraction",
            ),
        ]
        indexes = [
            models.Index(fields=["kind"], name="captured_hashed", condition=~models.Q(image_hash="")),
            models.Index(fields=["state"], name="captured_open", condition=models.Q(state="queued")),
            models.Index(fields=["captured_at", "id"], name="captured_latest"),
            models.Index(fields=["state", "-captured_at"], name="captured_state"),
            models.Index(fields=["kind", "-captured_at"], name="captured_kind"),
            prefix_index("captured_by", "captured_by_prefix"),
        ]
