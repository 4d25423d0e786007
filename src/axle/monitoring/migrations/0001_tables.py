"""The tables."""

from django.db import migrations, models

from axle.platform.fields import CreateTables, FenField


def _table(name: str, *fields: tuple[str, models.Field], **options: object) -> migrations.CreateModel:
    key = models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")
    return migrations.CreateModel(name=name, fields=[("id", key), *fields], options=options)


def _counts(*names: str, **more: object) -> list[tuple[str, models.Field]]:
    return [(name, models.PositiveIntegerField(**more)) for name in names]


def _once(name: str, *fields: str, **more: object) -> list[models.UniqueConstraint]:
    return [models.UniqueConstraint(fields=fields, name=name, **more)]


_DAY = ("business_on", models.DateField())


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        CreateTables(
            _table(
                "StrategyDay",
                _DAY,
                ("strategy_code", models.CharField(blank=True, max_length=60)),
                ("product_code", models.CharField(blank=True, max_length=40)),
                *_counts(
                    "decisions",
                    "approved",
                    "referred",
                    "declined",
                    "faulted",
                    "answered",
                    "automatic",
                    "timed",
                    default=0,
                ),
                *_counts("seconds_p50", "seconds_p90", null=True),
                ("reasons", models.JSONField(default=dict)),
                constraints=_once("strategy_day_once", "business_on", "strategy_code", "product_code"),
            ),
            _table(
                "RuleDay",
                _DAY,
                ("strategy_code", models.CharField(max_length=60)),
                ("code", models.CharField(max_length=5)),
                *_counts("hits"),
                constraints=_once("rule_day_once", "business_on", "strategy_code", "code"),
            ),
            _table(
                "ScoreDay",
                _DAY,
                (
                    "scored_by",
                    models.CharField(choices=[("scorecard", "Scorecard"), ("strategy", "Strategy")], max_length=10),
                ),
                ("code", models.CharField(max_length=60)),
                ("version_id", models.BigIntegerField()),
                *_counts("version_no"),
                ("characteristic", models.CharField(blank=True, max_length=60)),
                *_counts("cases"),
                ("counts", models.JSONField()),
                constraints=_once("score_day_once", "business_on", "scored_by", "version_id", "characteristic"),
                indexes=[models.Index(fields=["scored_by", "version_id", "business_on"], name="score_day_version")],
            ),
            _table(
                "SourceDay",
                _DAY,
                ("source", models.CharField(max_length=24)),
                *_counts("asked", "cached", "hits", "no_records", "failed", "late", "refused"),
                *_counts("duration_p50_ms", "duration_p99_ms", null=True),
                ("cost", FenField()),
                constraints=_once("source_day_once", "business_on", "source"),
            ),
            _table(
                "VintageMonth",
                _DAY,
                ("vintage_on", models.DateField()),
                ("product_code", models.CharField(max_length=40)),
                ("score_from", models.IntegerField(null=True)),
                *_counts("loans"),
                ("principal", FenField()),
                *_counts("loans_over_30"),
                ("balance_over_30", FenField()),
                *_counts("loans_over_90"),
                ("balance_over_90", FenField()),
                constraints=_once(
                    "vintage_month_once",
                    "business_on",
                    "vintage_on",
                    "product_code",
                    "score_from",
                    nulls_distinct=False,
                ),
            ),
            _table(
                "RiskAlert",
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("automatic_share", "Automatic Share"),
                            ("decision_faults", "Decision Faults"),
                            ("score_stability", "Score Stability"),
                            ("rule_hits", "Rule Hits"),
                            ("source_failures", "Source Failures"),
                            ("bad_rate", "Bad Rate"),
                        ],
                        max_length=20,
                    ),
                ),
                ("about", models.CharField(max_length=140)),
                ("name_zh", models.CharField(max_length=140)),
                ("name_en", models.CharField(max_length=140)),
                (
                    "severity",
                    models.CharField(choices=[("warning", "Warning"), ("serious", "Serious")], max_length=8),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "Open"), ("acknowledged", "Acknowledged"), ("closed", "Closed")],
                        default="open",
                        max_length=12,
                    ),
                ),
                ("figure", models.DecimalField(decimal_places=4, max_digits=9)),
                ("threshold", models.DecimalField(decimal_places=4, max_digits=9)),
                ("first_seen_on", models.DateField()),
                ("last_seen_on", models.DateField()),
                ("closed_on", models.DateField(null=True)),
                ("acknowledged_by", models.CharField(blank=True, max_length=80)),
                ("acknowledged_at", models.DateTimeField(null=True)),
                ("note", models.CharField(blank=True, max_length=200)),
                constraints=[
                    *_once(
                        "risk_alert_open_once", "kind", "about", condition=models.Q(("state", "closed"), _negated=True)
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_on__isnull", False), ("state", "closed")),
                            models.Q(models.Q(("state", "closed"), _negated=True), ("closed_on", None)),
                            _connector="OR",
                        ),
                        name="risk_alert_closed_on_a_day",
                    ),
                ],
                indexes=[
                    models.Index(fields=["state", "-id"], name="risk_alert_state"),
                    models.Index(fields=["first_seen_on", "id"], name="risk_alert_first_seen"),
                    models.Index(fields=["last_seen_on", "id"], name="risk_alert_last_seen"),
                ],
            ),
        ),
    ]
