"""Tables of decisioning: strategies, their versions, the rules inside them, and the decisions made."""

from django.db import models

from axle.decisioning.domain.policy import DIMENSIONS as SCOPE
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
    """One version; while in force it answers. A draft's content may change, each time with the next ``revision``.

    ``findings`` is what the last compilation refused it for, ``warnings`` what it let pass; ``content_hash`` covers
    graph, contract, rules, cases and policy.
    """

    strategy = models.ForeignKey(Strategy, on_delete=models.PROTECT, related_name="versions")
    state = models.CharField(max_length=12, choices=StrategyState, default=StrategyState.DRAFT)
    revision = models.PositiveIntegerField(default=1)
    contract_version = models.CharField(max_length=60)
    content_hash = models.CharField(max_length=64)
    rule_count = models.PositiveIntegerField(default=0)
    case_count = models.PositiveIntegerField(default=0)
    findings = models.JSONField(default=list)
    warnings = models.JSONField(default=list)
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
    """What a version consists of, as JSON; once compiled it never changes.

    ``policy`` holds its scenarios, and the policy values that its golden cases are told with.
    """

    version = models.OneToOneField(StrategyVersion, primary_key=True, on_delete=models.PROTECT, related_name="content")
    graph = models.JSONField()
    contract = models.JSONField()
    rules = models.JSONField()
    cases = models.JSONField()
    policy = models.JSONField(default=dict)


class DecisionRule(models.Model):
    """A rule of a version's catalogue, one row each, for lists and statistics."""

    version = models.ForeignKey(StrategyVersion, on_delete=models.PROTECT, related_name="rules")
    code = models.CharField(max_length=5)
    severity = models.CharField(max_length=12)
    reason_code = models.CharField(max_length=3)
    owner = models.CharField(max_length=60)
    scenario = models.CharField(max_length=40, blank=True, help_text="empty: all business")
    check_code = models.CharField(max_length=3, blank=True, help_text="the named check that it belongs to")
    name_zh = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80)
    explanation_zh = models.CharField(max_length=300)
    explanation_en = models.CharField(max_length=300)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "code"], name="decision_rule_once")]


class TrialKind(models.TextChoices):
    """A challenger answers for a share of the applications; a shadow answers beside what answers, and never acts."""

    CHALLENGER = "challenger"
    SHADOW = "shadow"


class StrategyTrial(models.Model):
    """A version of a strategy that is tried on real applications (挑战者、影子运行) beside the one in force.

    Which ones it gets is a keyed hash of its number and theirs.
    """

    trial_no = models.CharField(max_length=24, unique=True)
    strategy = models.ForeignKey(Strategy, on_delete=models.PROTECT, related_name="trials")
    version = models.ForeignKey(StrategyVersion, on_delete=models.PROTECT, related_name="trials")
    kind = models.CharField(max_length=10, choices=TrialKind)
    share_rate = models.DecimalField(max_digits=5, decimal_places=4)
    note = models.CharField(max_length=200, blank=True)
    begun_by = models.CharField(max_length=80)
    begun_at = models.DateTimeField(auto_now_add=True)
    ended_by = models.CharField(max_length=80, blank=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["strategy", "kind"], condition=models.Q(ended_at=None), name="strategy_trial_running_once"
            ),
            models.CheckConstraint(
                condition=models.Q(share_rate__gt=0, share_rate__lte=1), name="strategy_trial_share"
            ),
        ]


class DecisionRecord(models.Model):
    """One decision, kept for ever: inputs, versions, result, and what each node made; it can be replayed to the same
    bytes.

    ``inputs`` and ``result`` carry no personal data; ``checks`` is what follows from them for each named check;
    ``policy`` is the scenario and the policy values that were found for the case, from ``calibration``;
    ``score_given`` is what a scorecard gave: its code and version, the points of
    each characteristic, the reasons. ``trial`` is the challenger that ran when the case was decided: the version tells
    on which side the case was. ``trace`` is what each node made, packed: the rows that matched are told again from it.
    ``content_hash`` covers version, inputs, result, policy, calibration, score and trial.
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
    policy = models.JSONField(default=dict)
    calibration = models.ForeignKey("PolicyCalibration", null=True, on_delete=models.PROTECT, related_name="decisions")
    score_given = models.JSONField(default=dict)
    trial = models.ForeignKey("StrategyTrial", null=True, on_delete=models.PROTECT, related_name="decisions")
    result = models.JSONField()
    checks = models.JSONField(default=dict)
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


class ShadowDecision(models.Model):
    """What a shadow would have answered beside a decision, with the same inputs and calibration. It acts on nothing."""

    trial = models.ForeignKey(StrategyTrial, on_delete=models.PROTECT, related_name="shadows")
    record = models.ForeignKey(DecisionRecord, on_delete=models.PROTECT, related_name="shadows")
    outcome = models.CharField(max_length=8)
    score = models.IntegerField(null=True)
    rule_codes = models.JSONField()
    fault_codes = models.JSONField()
    policy = models.JSONField(default=dict)
    score_given = models.JSONField(default=dict)
    result = models.JSONField()
    decided_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["trial", "record"], name="shadow_decision_once")]


class BackTest(models.Model):
    """A back-test (回测): a version, or a calibration, over the decisions of a period, beside what was decided.

    ``figures`` are the sums over its parts, once all of them are there.
    """

    backtest_no = models.CharField(max_length=24, unique=True)
    strategy = models.ForeignKey(Strategy, on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey(StrategyVersion, on_delete=models.PROTECT, related_name="backtests")
    calibration = models.ForeignKey("PolicyCalibration", null=True, on_delete=models.PROTECT, related_name="backtests")
    since = models.DateField()
    until = models.DateField()
    business_on = models.DateField()
    case_count = models.PositiveIntegerField()
    done_count = models.PositiveIntegerField(default=0)
    figures = models.JSONField(null=True)
    begun_by = models.CharField(max_length=80)
    begun_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)


class BackTestPart(models.Model):
    """A stretch of the decisions of a back-test, tried by one worker; ``figures`` are there when it was."""

    backtest = models.ForeignKey(BackTest, on_delete=models.PROTECT, related_name="parts")
    first_id = models.BigIntegerField()
    last_id = models.BigIntegerField()
    case_count = models.PositiveIntegerField()
    figures = models.JSONField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["backtest", "first_id"], name="backtest_part_once")]


class BackTestMove(models.Model):
    """A case that a back-test would answer otherwise (换入换出)."""

    backtest = models.ForeignKey(BackTest, on_delete=models.PROTECT, related_name="moves")
    record = models.ForeignKey(DecisionRecord, on_delete=models.PROTECT, related_name="+")
    before = models.CharField(max_length=8)
    after = models.CharField(max_length=8)
    score_before = models.IntegerField(null=True)
    score_after = models.IntegerField(null=True)
    rules_new = models.JSONField()
    rules_gone = models.JSONField()

    class Meta:
        indexes = [models.Index(fields=["backtest", "id"], name="backtest_move_list")]


class PolicyParameter(models.Model):
    """A policy parameter (政策参数) that strategies read by name: what kind of value it is, and its bounds."""

    code = models.CharField(max_length=60, unique=True)
    type = models.CharField(max_length=8)
    unit = models.CharField(max_length=12, blank=True)
    minimum = models.DecimalField(max_digits=20, decimal_places=8, null=True)
    maximum = models.DecimalField(max_digits=20, decimal_places=8, null=True)
    name_zh = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80)


class CalibrationKind(models.TextChoices):
    """Where the changes of a calibration come from."""

    SHIPPED = "shipped"
    MANUAL = "manual"
    IMPORTED = "imported"
    COMPUTED = "computed"


class CalibrationState(models.TextChoices):
    """draft → previewing → previewed → active → replaced; a draft may also be discarded.

    What is replaced may become active again by rolling back; ``rolled_back`` was taken out by that.
    """

    DRAFT = "draft"
    PREVIEWING = "previewing"
    PREVIEWED = "previewed"
    ACTIVE = "active"
    REPLACED = "replaced"
    ROLLED_BACK = "rolled_back"
    DISCARDED = "discarded"


class PolicyCalibration(models.Model):
    """A set of changed policy values (参数校准) that counts from one instant on; the latest activation points at it.

    ``base`` is the calibration that the changes were laid over; ``preview`` tells what they would have done to past
    cases.
    """

    calibration_no = models.CharField(max_length=24, unique=True)
    kind = models.CharField(max_length=8, choices=CalibrationKind)
    state = models.CharField(max_length=12, choices=CalibrationState, default=CalibrationState.DRAFT)
    base = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="successors")
    note = models.CharField(max_length=200, blank=True)
    change_count = models.PositiveIntegerField(default=0)
    preview = models.JSONField(null=True)
    drafted_by = models.CharField(max_length=80)
    created_at = models.DateTimeField(auto_now_add=True)
    previewed_at = models.DateTimeField(null=True)
    activated_by = models.CharField(max_length=80, blank=True)
    activated_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["state"], condition=models.Q(state="active"), name="policy_calibration_active_once"
            ),
        ]
        indexes = [
            models.Index(fields=["-created_at"], name="policy_calibration_latest"),
            prefix_index("calibration_no", "policy_calibration_no_prefix"),
        ]


class PolicyContent(models.Model):
    """Every policy value of a calibration, as JSON; written once, when it is first activated."""

    calibration = models.OneToOneField(
        PolicyCalibration, primary_key=True, on_delete=models.PROTECT, related_name="content"
    )
    values = models.JSONField()
    content_hash = models.CharField(max_length=64)


class PolicyActivation(models.Model):
    """That a calibration counts from an instant on: the latest row is the pointer. Append-only."""

    calibration = models.ForeignKey(PolicyCalibration, on_delete=models.PROTECT, related_name="activations")
    is_rollback = models.BooleanField(default=False)
    reason = models.CharField(max_length=200, blank=True)
    activated_by = models.CharField(max_length=80)
    activated_at = models.DateTimeField(auto_now_add=True)
    business_on = models.DateField()


class PolicyScoped(models.Model):
    """A parameter in a scope: an empty part counts everywhere; ``since`` and ``until`` are set for a promotion."""

    parameter = models.CharField(max_length=60)
    legal_entity = models.CharField(max_length=40, blank=True)
    product = models.CharField(max_length=40, blank=True)
    scenario = models.CharField(max_length=40, blank=True)
    region = models.CharField(max_length=6, blank=True)
    dealer_grade = models.CharField(max_length=4, blank=True)
    vehicle_class = models.CharField(max_length=20, blank=True)
    vehicle_series = models.CharField(max_length=100, blank=True)
    since = models.DateField(null=True)
    until = models.DateField(null=True)

    class Meta:
        abstract = True


class PolicyChange(PolicyScoped):
    """One value that a calibration changes; without a value it takes it away."""

    calibration = models.ForeignKey(PolicyCalibration, on_delete=models.PROTECT, related_name="changes")
    before = models.JSONField(null=True)
    value = models.JSONField(null=True)
    before_shown = models.CharField(max_length=30, blank=True)
    value_shown = models.CharField(max_length=30, blank=True)
    is_removed = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["calibration", "parameter", *SCOPE, "since", "until"],
                name="policy_change_once",
                nulls_distinct=False,
            ),
        ]
        indexes = [prefix_index("parameter", "policy_change_prefix")]


class PolicyInForce(PolicyScoped):
    """The values of the calibration that counts, one row each, for lists; decisions read the content."""

    value = models.JSONField()
    value_shown = models.CharField(max_length=30)
    calibration = models.ForeignKey(PolicyCalibration, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["parameter", *SCOPE, "since", "until"], name="policy_in_force_once", nulls_distinct=False
            ),
        ]


class PolicyFormula(models.Model):
    """How a parameter of a series in a region follows from prices (校准公式): an expression that an analyst edits."""

    code = models.CharField(max_length=40, unique=True)
    parameter = models.CharField(max_length=60)
    expression = models.CharField(max_length=500)
    note = models.CharField(max_length=200, blank=True)
    is_active = models.BooleanField(default=True)
    changed_by = models.CharField(max_length=80)
    changed_at = models.DateTimeField(auto_now=True)


class MarketFeed(models.Model):
    """Used-car prices of one day (行情), by series and region."""

    feed_no = models.CharField(max_length=24, unique=True)
    observed_on = models.DateField()
    source = models.CharField(max_length=60)
    row_count = models.PositiveIntegerField()
    moved_count = models.PositiveIntegerField(help_text="series and regions that moved by more than the trigger")
    taken_by = models.CharField(max_length=80)
    taken_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["observed_on", "source"], name="market_feed_once"),
        ]


class MarketPrice(models.Model):
    """The price index of a series in a region on a day. ``move_rate`` is against the index of thirty days before, and
    empty when none is known; ``days_inside`` counts the days since it last moved by more than the trigger."""

    feed = models.ForeignKey(MarketFeed, on_delete=models.PROTECT, related_name="prices")
    observed_on = models.DateField()
    vehicle_series = models.CharField(max_length=100)
    region = models.CharField(max_length=6, blank=True)
    price_index = models.DecimalField(max_digits=12, decimal_places=4)
    move_rate = models.DecimalField(max_digits=10, decimal_places=6, null=True)
    days_inside = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["feed", "vehicle_series", "region"], name="market_price_once"),
            models.CheckConstraint(condition=models.Q(price_index__gt=0), name="market_price_positive"),
        ]
        indexes = [
            models.Index(fields=["vehicle_series", "region", "-observed_on"], name="market_price_series"),
            models.Index(fields=["-observed_on", "id"], name="market_price_latest"),
            prefix_index("vehicle_series", "market_price_prefix"),
        ]
