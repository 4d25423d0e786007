"""The keyed hash of an employee's phone, by which a borrower's contact is recognised."""

from typing import Any

from django.db import migrations

from axle.platform.fields import BlindIndexField


def phones_index(apps: Any, schema_editor: Any) -> None:
    """Give every employee that is there their hash."""
    for employee in apps.get_model("platform", "Employee").objects.filter(phone__isnull=False).iterator():
        employee.save(update_fields=["phone_index"])


class Migration(migrations.Migration):
    dependencies = [("platform", "0002_rules")]
    operations = [
        migrations.AddField(
            "employee", "phone_index", BlindIndexField(source="phone", default=""), preserve_default=False
        ),
        migrations.RunPython(phones_index, migrations.RunPython.noop),
    ]
