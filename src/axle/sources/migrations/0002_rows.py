"""A row for every source, switched off."""

from typing import Any

from django.db import migrations

from axle.sources.domain.catalogue import SOURCES


def rows_add(apps: Any, schema_editor: Any) -> None:
    known = apps.get_model("sources", "DataSource").objects
    for code in SOURCES:
        known.get_or_create(code=code)


class Migration(migrations.Migration):
    dependencies = [("sources", "0001_initial")]
    operations = [migrations.RunPython(rows_add, migrations.RunPython.noop)]
