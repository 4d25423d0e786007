"""What applications say that others may say too, with what those that are there said."""

from itertools import islice
from typing import Any

import django.db.models.deletion
from django.db import migrations, models

from axle.origination.domain.traits import TraitKind

KINDS = [(str(kind), str(kind)) for kind in TraitKind]


def traits_fill(apps: Any, schema_editor: Any) -> None:
    """Read the forms of all submissions once."""
    from axle.origination.services.traits_keep import trait_rows

    trait = apps.get_model("origination", "ApplicationTrait")
    names = [field.attname for field in trait._meta.fields if not field.primary_key]
    rounds = apps.get_model("origination", "ApplicationRound").objects.order_by("application_id", "round")
    remaining = rounds.only("application_id", "form", "submitted_at").iterator(1_000)
    while some := list(islice(remaining, 1_000)):
        rows = (row for one in some for row in trait_rows(one.application_id, one.form, on=one.submitted_at.date()))
        trait.objects.bulk_create(
            [trait(**{name: getattr(row, name) for name in names}) for row in rows], ignore_conflicts=True
        )


class Migration(migrations.Migration):
    dependencies = [("origination", "0002_rules")]
    operations = [
        migrations.CreateModel(
            name="ApplicationTrait",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(choices=KINDS, max_length=8)),
                ("value", models.UUIDField()),
                ("person", models.UUIDField()),
                ("said_on", models.DateField()),
                (
                    "application",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="traits",
                        to="origination.application",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("application", "kind", "value"), name="application_trait_once"),
                ],
                "indexes": [
                    models.Index(
                        fields=["value", "-said_on", "-application"],
                        include=("kind", "person"),
                        name="application_trait_value",
                    ),
                ],
            },
        ),
        migrations.RunPython(traits_fill, migrations.RunPython.noop),
    ]
