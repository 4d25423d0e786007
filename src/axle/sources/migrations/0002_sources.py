"""A row for every source, switched off."""

from typing import Any

from django.db import migrations

from axle.sources.domain.catalogue import SOURCES


def rows_add(apps: Any, schema_editor: Any) -> None:
    known = apps.get_model("sources", "DataSource").objects
    for code in SOURCES:
        known.get_or_create(code=code)


class Migration(migrations.Migration):
    replaces = [("sources", "0002_rows")]
    dependencies = [("sources", "0001_tables")]
    operations = [migrations.RunPython(rows_add, migrations.RunPython.noop)]
