"""Rows for the registers of addresses, licences, vehicles and invoices, switched off."""

from typing import Any

from django.db import migrations, models

from axle.sources.domain.catalogue import SOURCES

ADDED = ("address", "licence", "registration", "invoice")


def rows_add(apps: Any, schema_editor: Any) -> None:
    known = apps.get_model("sources", "DataSource").objects
    for code in ADDED:
        known.get_or_create(code=code)


class Migration(migrations.Migration):
    dependencies = [("sources", "0002_sources")]
    operations = [
        migrations.AlterField(
            "datasource",
            "code",
            models.CharField(choices=[(code, code) for code in SOURCES], max_length=24, unique=True),
        ),
        migrations.RunPython(rows_add, migrations.RunPython.noop),
    ]
