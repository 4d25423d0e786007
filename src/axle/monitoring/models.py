"""Tables of monitoring: counts of every day, vintages of every month's end, alerts."""

from django.db import models
from django.db.models import F, Q

from axle.platform.fields import FenField


class StrategyDay(models.Model):
    """What a strategy decided on a business date, and which of its applications were answered on it.

    An empty strategy is all of them, an empty product all products. ``automatic`` answers needed no person; times are
    those of ``timed`` answers, from submission, in seconds. ``reasons`` counts the cases that were not simply approved
    by the reason that is told outside.
    """

    business_on = models.DateField()
    strategy_code = models.CharField(max_length=60, blank=True)
    product_code = models.CharField(max_length=40, blank=True)
    decisions = models.PositiveIntegerField(default=0)
    approved = models.PositiveIntegerField(default=0)
    referred = models.PositiveIntegerField(default=0)
    declined = models.PositiveIntegerField(default=0)
    faulted = models.PositiveIntegerField(default=0)
    answered = models.PositiveIntegerField(default=0)
    automatic = models.PositiveIntegerField(default=0)
    timed = models.PositiveIntegerField(default=0)
    seconds_p50 = models.PositiveIntegerField(null=True)
    seconds_p90 = models.PositiveIntegerField(null=True)
    reasons = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["business_on", "strategy_code", "product_code"], name="strategy_day_once"),
            models.CheckConstraint(
                condition=Q(decisions=F("approved") + F("referred") + F("declined"), automatic__lte=F("answered")),
                name="strategy_day_adds_up",
            ),
        ]


class RuleDay(models.Model):
    """How many decisions of a business date a rule applied to; rules that applied to none have no row."""

    business_on = models.DateField()
    strategy_code = models.CharField(max_length=60)
    code = models.CharField(max_length=5)
    hits = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["business_on", "strategy_code", "code"], name="rule_day_once")]


class ScoredBy(models.TextChoices):
    """What gave a score: a version of a scorecard, or of a strategy that scores by tables of its own."""

    SCORECARD = "scorecard"
    STRATEGY = "strategy"


class ScoreDay(models.Model):
    """The scores that a version gave on a business date; with a ``characteristic``, how its answers lay.

    ``counts`` are cases by points for the score and for a strategy's own characteristics, by bin for a scorecard's.
    """

    business_on = models.DateField()
    scored_by = models.CharField(max_length=10, choices=ScoredBy)
    code = models.CharField(max_length=60)
    version_id = models.BigIntegerField()
    version_no = models.PositiveIntegerField()
    characteristic = models.CharField(max_length=60, blank=True)
    cases = models.PositiveIntegerField()
    counts = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["business_on", "scored_by", "version_id", "characteristic"], name="score_day_once"
            )
        ]
        indexes = [models.Index(fields=["scored_by", "version_id", "business_on"], name="score_day_version")]


class SourceDay(models.Model):
    """How a source answered on a business date: calls that left, by how they ended, and those that did not leave."""

    business_on = models.DateField()
    source = models.CharField(max_length=24)
    asked = models.PositiveIntegerField()
    cached = models.PositiveIntegerField()
    hits = models.PositiveIntegerField()
    no_records = models.PositiveIntegerField()
    failed = models.PositiveIntegerField()
    late = models.PositiveIntegerField()
    refused = models.PositiveIntegerField()
    duration_p50_ms = models.PositiveIntegerField(null=True)
    duration_p99_ms = models.PositiveIntegerField(null=True)
    cost = FenField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["business_on", "source"], name="source_day_once")]


class VintageMonth(models.Model):
    """Of the loans disbursed in a month, by product and band of the score at the decision: how many there are, and how
    many of them are more than 30 and 90 days past due at a month's end, with what these owe.

    ``score_from`` is the lower end of the band, empty where no score was given.
    """

    business_on = models.DateField()
    vintage_on = models.DateField()
    product_code = models.CharField(max_length=40)
    score_from = models.IntegerField(null=True)
    loans = models.PositiveIntegerField()
    principal = FenField()
    loans_over_30 = models.PositiveIntegerField()
    balance_over_30 = FenField()
    loans_over_90 = models.PositiveIntegerField()
    balance_over_90 = FenField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["business_on", "vintage_on", "product_code", "score_from"],
                name="vintage_month_once",
                nulls_distinct=False,
            )
        ]


class AlertKind(models.TextChoices):
    """What is watched."""

    AUTOMATIC_SHARE = "automatic_share"
    DECISION_FAULTS = "decision_faults"
    SCORE_STABILITY = "score_stability"
    RULE_HITS = "rule_hits"
    SOURCE_FAILURES = "source_failures"
    BAD_RATE = "bad_rate"
    DEALER_MONTHS = "dealer_months"


class AlertSeverity(models.TextChoices):
    WARNING = "warning"
    SERIOUS = "serious"


class AlertState(models.TextChoices):
    """open → acknowledged → closed; a warning that becomes serious is open again."""

    OPEN = "open"
    ACKNOWLEDGED = "acknowledged"
    CLOSED = "closed"


NAME_LENGTH = 140


class RiskAlert(models.Model):
    """A figure beyond its threshold (风险预警): of what, since when, how far. ``about`` is the key of the thing."""

    kind = models.CharField(max_length=20, choices=AlertKind)
    about = models.CharField(max_length=140)
    name_zh = models.CharField(max_length=NAME_LENGTH)
    name_en = models.CharField(max_length=NAME_LENGTH)
    severity = models.CharField(max_length=8, choices=AlertSeverity)
    state = models.CharField(max_length=12, choices=AlertState, default=AlertState.OPEN)
    figure = models.DecimalField(max_digits=9, decimal_places=4)
    threshold = models.DecimalField(max_digits=9, decimal_places=4)
    first_seen_on = models.DateField()
    last_seen_on = models.DateField()
    closed_on = models.DateField(null=True)
    acknowledged_by = models.CharField(max_length=80, blank=True)
    acknowledged_at = models.DateTimeField(null=True)
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "about"], condition=~Q(state="closed"), name="risk_alert_open_once"
            ),
            models.CheckConstraint(
                condition=Q(state="closed", closed_on__isnull=False) | ~Q(state="closed") & Q(closed_on=None),
                name="risk_alert_closed_on_a_day",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "-id"], name="risk_alert_state"),
            models.Index(fields=["first_seen_on", "id"], name="risk_alert_first_seen"),
            models.Index(fields=["last_seen_on", "id"], name="risk_alert_last_seen"),
        ]
