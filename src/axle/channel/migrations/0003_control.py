"""Dealers under flexible control."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

from axle.channel.domain.control import ControlLevel, ExtraCheckKind

LEVELS = [(level.value, level.value) for level in ControlLevel]
CHECKS = [(kind.value, kind.value) for kind in ExtraCheckKind]
REASONS = [
    ("abnormal_months", "Abnormal Months"),
    ("first_defaults", "First Defaults"),
    ("false_documents", "False Documents"),
    ("late_mortgages", "Late Mortgages"),
    ("complaints", "Complaints"),
    ("other", "Other"),
]
STATES = [("in_force", "In Force"), ("ended", "Ended")]


class Migration(migrations.Migration):
    dependencies = [("channel", "0002_phone_index")]
    operations = [
        migrations.CreateModel(
            name="DealerControl",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("control_no", models.CharField(max_length=24, unique=True)),
                ("level", models.CharField(choices=LEVELS, max_length=8)),
                (
                    "extra_checks",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(choices=CHECKS, max_length=16), default=list, size=None
                    ),
                ),
                (
                    "cases_max",
                    models.PositiveSmallIntegerField(help_text="cases submitted in a calendar month", null=True),
                ),
                ("reason", models.CharField(choices=REASONS, max_length=16)),
                ("note", models.CharField(max_length=500)),
                ("from_on", models.DateField()),
                ("until_on", models.DateField()),
                ("state", models.CharField(choices=STATES, default="in_force", max_length=8)),
                ("set_by", models.CharField(max_length=64)),
                ("ended_on", models.DateField(null=True)),
                ("ended_by", models.CharField(blank=True, max_length=64)),
                ("end_note", models.CharField(blank=True, max_length=500)),
                (
                    "dealer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="controls", to="channel.dealer"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(state="in_force"), fields=("dealer",), name="dealer_control_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(until_on__gte=models.F("from_on")), name="dealer_control_dates"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(level="limited", cases_max__gte=0)
                        | ~models.Q(level="limited") & models.Q(cases_max=None),
                        name="dealer_control_limit",
                    ),
                ],
                "indexes": [models.Index(fields=["-from_on", "-id"], name="dealer_control_latest")],
            },
        ),
    ]
