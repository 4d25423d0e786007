"""Captured documents: photos and scans that belong to a case."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
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

    Of a picture also what it is compared by: ``image_hash`` in hex, ``hash_bands`` by which near hashes are found, and
    of a photo ``picture_keys`` by which its parts are; ``tamper_score`` (0 to 100) with its ``tamper_marks``. Of a bank
    statement its figures (``domain.statement.StatementFigures``).
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
    hash_bands = ArrayField(models.BigIntegerField(), default=list)
    picture_keys = ArrayField(models.IntegerField(), default=list)
    tamper_score = models.PositiveSmallIntegerField(null=True, blank=True)
    tamper_marks = models.JSONField(default=list)
    statement = EncryptedJSONField(null=True, blank=True)
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
            models.CheckConstraint(
                condition=models.Q(tamper_score__isnull=True) | models.Q(tamper_score__range=(0, 100)),
                name="captured_tamper_score_range",
            ),
        ]
        indexes = [
            GinIndex(fields=["hash_bands"], name="captured_hash_bands", condition=~models.Q(image_hash="")),
            GinIndex(fields=["picture_keys"], name="captured_picture_keys", condition=~models.Q(picture_keys=[])),
            models.Index(fields=["state"], name="captured_open", condition=models.Q(state="queued")),
            models.Index(fields=["captured_at", "id"], name="captured_latest"),
            models.Index(fields=["state", "-captured_at"], name="captured_state"),
            models.Index(fields=["kind", "-captured_at"], name="captured_kind"),
            prefix_index("captured_by", "captured_by_prefix"),
        ]


class PictureMatch(models.Model):
    """A picture that shows what an earlier one about another subject shows: all of it (``bits`` of the hashes differ),
    or a part of it (``alike_rate`` of what both show is the same)."""

    document = models.ForeignKey(CapturedDocument, on_delete=models.PROTECT, related_name="matches")
    other = models.ForeignKey(CapturedDocument, on_delete=models.PROTECT, related_name="matched_by")
    bits = models.PositiveSmallIntegerField(null=True, blank=True)
    alike_rate = models.DecimalField(max_digits=4, decimal_places=3, null=True, blank=True)
    found_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["document", "other"], name="picture_match_once"),
            models.CheckConstraint(condition=~models.Q(document=models.F("other")), name="picture_match_of_another"),
            models.CheckConstraint(
                condition=models.Q(bits__isnull=False) | models.Q(alike_rate__range=(0, 1)),
                name="picture_match_is_measured",
            ),
        ]
