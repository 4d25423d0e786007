"""What reviewers look at: decided cases by product, how forms were filled in, extra checks."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

from axle.channel.public import ExtraCheckKind
from axle.origination.domain.extra_checks import CheckCause, ExtraCheckState


def choices(values: type[ExtraCheckKind | CheckCause | ExtraCheckState]) -> list[tuple[str, str]]:
    return [(str(value), str(value)) for value in values]


class Migration(migrations.Migration):
    dependencies = [("origination", "0004_decided_on")]
    operations = [
        migrations.AddIndex(
            "application",
            models.Index(
                fields=["product_version", "-decided_at"],
                include=("id", "score", "down_payment", "vehicle_price", "department", "owner", "dealer", "customer"),
                condition=models.Q(decided_at__isnull=False),
                name="application_decided",
            ),
        ),
        migrations.CreateModel(
            name="FormBehaviour",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("fields", models.JSONField()),
                ("seconds", models.PositiveIntegerField(default=0)),
                (
                    "sessions",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=32), default=list, size=None
                    ),
                ),
                (
                    "pages",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=8), default=list, size=None
                    ),
                ),
                ("is_whole", models.BooleanField()),
                ("agreed_by", models.CharField(max_length=64)),
                ("agreed_at", models.DateTimeField()),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "application",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="behaviour",
                        to="origination.application",
                    ),
                ),
            ],
            options={"indexes": [models.Index(fields=["updated_at"], name="form_behaviour_updated")]},
        ),
        migrations.CreateModel(
            name="ExtraCheck",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(choices=choices(ExtraCheckKind), max_length=16)),
                ("cause", models.CharField(choices=choices(CheckCause), max_length=16)),
                ("state", models.CharField(choices=choices(ExtraCheckState), default="open", max_length=8)),
                ("opened_on", models.DateField()),
                ("note", models.CharField(blank=True, max_length=500)),
                ("checked_by", models.CharField(blank=True, max_length=64)),
                ("checked_at", models.DateTimeField(null=True)),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="extra_checks",
                        to="origination.application",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("application", "kind"), name="extra_check_once"),
                    models.CheckConstraint(
                        condition=models.Q(state="open", checked_at=None)
                        | ~models.Q(state="open") & models.Q(checked_at__isnull=False),
                        name="extra_check_has_result",
                    ),
                ],
            },
        ),
    ]
