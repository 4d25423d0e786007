"""Tables of decisioning: strategies, their versions, the rules inside them, and the decisions made."""

from django.db import models

from axle.platform.fields import prefix_index
from axle.platform.versions import DatedVersion


class Strategy(models.Model):
    """A named strategy; its versions answer over time."""

    code = models.CharField(max_length=60, unique=True)
    name_zh = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80)
    owner = models.CharField(max_length=60)
    created_at = models.DateTimeField(auto_now_add=True)


class StrategyState(models.TextChoices):
    """draft → compiled → active → retired; a version never goes back."""

    DRAFT = "draft"
    COMPILED = "compiled"
    ACTIVE = "active"
    RETIRED = "retired"


class StrategyVersion(DatedVersion):
    """One version; while in force it answers.

    ``findings`` is what the last compilation found; ``content_hash`` covers graph, contract, rules and cases.
    """

    strategy = models.ForeignKey(Strategy, on_delete=models.PROTECT, related_name="versions")
    state = models.CharField(max_length=12, choices=StrategyState, default=StrategyState.DRAFT)
    contract_version = models.CharField(max_length=60)
    content_hash = models.CharField(max_length=64)
    rule_count = models.PositiveIntegerField(default=0)
    case_count = models.PositiveIntegerField(default=0)
    findings = models.JSONField(default=list)
    compiled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["strategy", "version_no"], name="strategy_version_no_once"),
            models.UniqueConstraint(
                fields=["strategy", "effective_from"],
                condition=models.Q(state="active"),
                name="strategy_version_effective_once",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["draft", "compiled"]) | models.Q(effective_from__isnull=False),
                name="strategy_version_dated_when_active",
            ),
            models.CheckConstraint(
                condition=models.Q(state="draft") | models.Q(compiled_at__isnull=False),
                name="strategy_version_compiled_before_use",
            ),
        ]


class StrategyContent(models.Model):
    """What a version consists of, as JSON; written once with the version."""

    version = models.OneToOneField(StrategyVersion, primary_key=True, on_delete=models.PROTECT, related_name="content")
    graph = models.JSONField()
    contract = models.JSONField()
    rules = models.JSONField()
    cases = models.JSONField()


class DecisionRule(models.Model):
    """A rule of a version's catalogue, one row each, for lists and statistics."""

    version = models.ForeignKey(StrategyVersion, on_delete=models.PROTECT, related_name="rules")
    code = models.CharField(max_length=5)
    severity = models.CharField(max_length=12)
    reason_code = models.CharField(max_length=3)
    owner = models.CharField(max_length=60)
    name_zh = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80)
    explanation_zh = models.CharField(max_length=300)
    explanation_en = models.CharField(max_length=300)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "code"], name="decision_rule_once")]


class DecisionRecord(models.Model):
    """One decision, kept for ever: inputs, versions, result and trace; it can be replayed to the same bytes.

    ``inputs`` and ``result`` carry no personal data. ``content_hash`` covers version, inputs and result.
    The scope columns say whose case it is; ``dealer_id`` is a number because dealers live above this
    context.
    """

    record_no = models.CharField(max_length=24, unique=True)
    strategy_code = models.CharField(max_length=60)
    version = models.ForeignKey(StrategyVersion, null=True, on_delete=models.PROTECT, related_name="decisions")
    contract_version = models.CharField(max_length=60, blank=True)
    subject_type = models.CharField(max_length=32)
    subject_id = models.BigIntegerField()
    legal_entity = models.ForeignKey("platform.LegalEntity", null=True, on_delete=models.PROTECT, related_name="+")
    department = models.ForeignKey("platform.Department", null=True, on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey("platform.Employee", null=True, on_delete=models.PROTECT, related_name="+")
    dealer_id = models.BigIntegerField(null=True)
    outcome = models.CharField(max_length=8)
    score = models.IntegerField(null=True)
    rule_codes = models.JSONField()
    fault_codes = models.JSONField()
    inputs = models.JSONField()
    result = models.JSONField()
    trace = models.BinaryField()
    duration_us = models.PositiveIntegerField()
    business_on = models.DateField()
    decided_at = models.DateTimeField(auto_now_add=True)
    content_hash = models.CharField(max_length=64)

    class Meta:
        indexes = [
            models.Index(fields=["subject_type", "subject_id"], name="decision_record_subject"),
            models.Index(fields=["outcome", "id"], name="decision_record_outcome"),
            models.Index(fields=["score", "id"], name="decision_record_score"),
            models.Index(fields=["business_on", "id"], name="decision_record_day"),
            models.Index(fields=["decided_at", "id"], name="decision_record_decided"),
            models.Index(fields=["strategy_code", "id"], name="decision_record_strategy"),
            models.Index(fields=["department", "-id"], name="decision_record_department"),
            models.Index(fields=["dealer_id", "-id"], name="decision_record_dealer"),
            prefix_index("record_no", "decision_record_no_prefix"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(outcome__in=["approve", "refer", "decline"]), name="decision_record_outcome"
            ),
            models.CheckConstraint(
                condition=~models.Q(outcome="approve") | models.Q(fault_codes=[]), name="decision_record_safe"
            ),
        ]
