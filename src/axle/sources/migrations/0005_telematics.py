"""A row for the terminals of cars in business, switched off, and the consent that it rests on."""

from typing import Any

from django.db import migrations, models

from axle.sources.domain.catalogue import SOURCES
from axle.sources.domain.source import Purpose


def row_add(apps: Any, schema_editor: Any) -> None:
    apps.get_model("sources", "DataSource").objects.get_or_create(code="telematics")


class Migration(migrations.Migration):
    dependencies = [("sources", "0004_consent_reference")]
    operations = [
        migrations.AlterField(
            "datasource",
            "code",
            models.CharField(choices=[(code, code) for code in SOURCES], max_length=24, unique=True),
        ),
        migrations.AlterField(
            "consent",
            "purpose",
            models.CharField(choices=[(purpose, purpose) for purpose in Purpose], max_length=24),
        ),
        migrations.RunPython(row_add, migrations.RunPython.noop),
    ]
