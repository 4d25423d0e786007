"""Rows for what people earn, phone bills and employers' phones, switched off, and the consents that they rest on."""

from typing import Any

from django.db import migrations, models

from axle.sources.domain.catalogue import SOURCES
from axle.sources.domain.source import Purpose

_ADDED = ("social_insurance", "income_tax", "phone_bills", "employer_contact")


def rows_add(apps: Any, schema_editor: Any) -> None:
    for code in _ADDED:
        apps.get_model("sources", "DataSource").objects.get_or_create(code=code)


class Migration(migrations.Migration):
    dependencies = [("sources", "0006_vendors")]
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
        migrations.RunPython(rows_add, migrations.RunPython.noop),
    ]
