"""Tables of scoring: scorecards, their versions, what a version consists of, and who signed it."""

from django.conf import settings
from django.db import models

from axle.platform.versions import DatedVersion


class Scorecard(models.Model):
    """A named scorecard; its versions score over time."""

    code = models.CharField(max_length=60, unique=True)
    name_zh = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80)
    created_at = models.DateTimeField(auto_now_add=True)


class ScorecardState(models.TextChoices):
    """draft → signed → active → retired; a version never goes back."""

    DRAFT = "draft"
    SIGNED = "signed"
    ACTIVE = "active"
    RETIRED = "retired"


class ScorecardVersion(DatedVersion):
    """One developed version; while in force it scores. ``auc`` and ``ks`` are those of the held-out rows."""

    scorecard = models.ForeignKey(Scorecard, on_delete=models.PROTECT, related_name="versions")
    state = models.CharField(max_length=12, choices=ScorecardState, default=ScorecardState.DRAFT)
    content_hash = models.CharField(max_length=64)
    characteristic_count = models.PositiveIntegerField()
    row_count = models.PositiveIntegerField()
    bad_rate = models.DecimalField(max_digits=6, decimal_places=4)
    auc = models.DecimalField(max_digits=6, decimal_places=4)
    ks = models.DecimalField(max_digits=6, decimal_places=4)
    challenger_auc = models.DecimalField(max_digits=6, decimal_places=4, null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["scorecard", "version_no"], name="scorecard_version_no_once"),
            models.UniqueConstraint(
                fields=["scorecard", "effective_from"],
                condition=models.Q(state="active"),
                name="scorecard_version_effective_once",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["draft", "signed"]) | models.Q(effective_from__isnull=False),
                name="scorecard_version_dated_when_active",
            ),
        ]


class ScorecardContent(models.Model):
    """What a version consists of, written once with it: points table, report, and the file of the challenger."""

    version = models.OneToOneField(ScorecardVersion, primary_key=True, on_delete=models.PROTECT, related_name="content")
    card = models.JSONField()
    report = models.JSONField()
    challenger = models.ForeignKey("platform.StoredFile", null=True, on_delete=models.PROTECT, related_name="+")
    challenger_sha256 = models.CharField(max_length=64, blank=True)


class ScorecardSignature(models.Model):
    """One person's signature under what ``content_hash`` covers. Append-only."""

    version = models.ForeignKey(ScorecardVersion, on_delete=models.PROTECT, related_name="signatures")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    signed_by = models.CharField(max_length=80)
    opinion = models.CharField(max_length=500)
    content_hash = models.CharField(max_length=64)
    signed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "user"], name="scorecard_signature_once")]
