"""Trials of versions on real and on past cases."""

import django.db.models.deletion
from django.db import migrations, models

from axle.platform.fields import CreateTables, append_only


def _key() -> tuple[str, models.BigAutoField]:
    return ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"))


def _of(model: str, name: str = "+", **more: bool) -> models.ForeignKey:
    to = f"decisioning.{model}"
    return models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name=name, to=to, **more)


class Migration(migrations.Migration):
    dependencies = [("decisioning", "0003_score")]
    operations = [
        CreateTables(
            migrations.CreateModel(
                name="StrategyTrial",
                fields=[
                    _key(),
                    ("trial_no", models.CharField(max_length=24, unique=True)),
                    (
                        "kind",
                        models.CharField(choices=[("challenger", "Challenger"), ("shadow", "Shadow")], max_length=10),
                    ),
                    ("share_rate", models.DecimalField(decimal_places=4, max_digits=5)),
                    ("note", models.CharField(blank=True, max_length=200)),
                    ("begun_by", models.CharField(max_length=80)),
                    ("begun_at", models.DateTimeField(auto_now_add=True)),
                    ("ended_by", models.CharField(blank=True, max_length=80)),
                    ("ended_at", models.DateTimeField(null=True)),
                    ("strategy", _of("strategy", "trials")),
                    ("version", _of("strategyversion", "trials")),
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("ended_at", None)),
                            fields=("strategy", "kind"),
                            name="strategy_trial_running_once",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("share_rate__gt", 0), ("share_rate__lte", 1)), name="strategy_trial_share"
                        ),
                    ]
                },
            ),
            migrations.CreateModel(
                name="ShadowDecision",
                fields=[
                    _key(),
                    ("outcome", models.CharField(max_length=8)),
                    ("score", models.IntegerField(null=True)),
                    ("rule_codes", models.JSONField()),
                    ("fault_codes", models.JSONField()),
                    ("policy", models.JSONField(default=dict)),
                    ("score_given", models.JSONField(default=dict)),
                    ("result", models.JSONField()),
                    ("decided_at", models.DateTimeField(auto_now_add=True)),
                    ("record", _of("decisionrecord", "shadows")),
                    ("trial", _of("strategytrial", "shadows")),
                ],
                options={
                    "constraints": [models.UniqueConstraint(fields=("trial", "record"), name="shadow_decision_once")]
                },
            ),
            migrations.CreateModel(
                name="BackTest",
                fields=[
                    _key(),
                    ("backtest_no", models.CharField(max_length=24, unique=True)),
                    ("since", models.DateField()),
                    ("until", models.DateField()),
                    ("business_on", models.DateField()),
                    ("case_count", models.PositiveIntegerField()),
                    ("done_count", models.PositiveIntegerField(default=0)),
                    ("figures", models.JSONField(null=True)),
                    ("begun_by", models.CharField(max_length=80)),
                    ("begun_at", models.DateTimeField(auto_now_add=True)),
                    ("ended_at", models.DateTimeField(null=True)),
                    ("calibration", _of("policycalibration", "backtests", null=True)),
                    ("strategy", _of("strategy")),
                    ("version", _of("strategyversion", "backtests")),
                ],
            ),
            migrations.CreateModel(
                name="BackTestPart",
                fields=[
                    _key(),
                    ("first_id", models.BigIntegerField()),
                    ("last_id", models.BigIntegerField()),
                    ("case_count", models.PositiveIntegerField()),
                    ("figures", models.JSONField(null=True)),
                    ("backtest", _of("backtest", "parts")),
                ],
                options={
                    "constraints": [models.UniqueConstraint(fields=("backtest", "first_id"), name="backtest_part_once")]
                },
            ),
            migrations.CreateModel(
                name="BackTestMove",
                fields=[
                    _key(),
                    ("before", models.CharField(max_length=8)),
                    ("after", models.CharField(max_length=8)),
                    ("score_before", models.IntegerField(null=True)),
                    ("score_after", models.IntegerField(null=True)),
                    ("rules_new", models.JSONField()),
                    ("rules_gone", models.JSONField()),
                    ("backtest", _of("backtest", "moves")),
                    ("record", _of("decisionrecord")),
                ],
                options={"indexes": [models.Index(fields=["backtest", "id"], name="backtest_move_list")]},
            ),
        ),
        migrations.AddField("decisionrecord", "trial", _of("strategytrial", "decisions", null=True)),
        append_only("decisioning_shadowdecision"),
        append_only("decisioning_backtestmove"),
    ]
