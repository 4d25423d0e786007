"""Rows for the industry's list, the register of road transport, platforms of work and battery tests, switched off."""

from typing import Any

from django.db import migrations, models

from axle.sources.domain.catalogue import SOURCES

ADDED = ("industry_list", "permits", "work_platform", "battery")


def rows_add(apps: Any, schema_editor: Any) -> None:
    known = apps.get_model("sources", "DataSource").objects
    for code in ADDED:
        known.get_or_create(code=code)


class Migration(migrations.Migration):
    dependencies = [("sources", "0005_telematics")]
    operations = [
        migrations.AlterField(
            "datasource",
            "code",
            models.CharField(choices=[(code, code) for code in SOURCES], max_length=24, unique=True),
        ),
        migrations.RunPython(rows_add, migrations.RunPython.noop),
    ]
