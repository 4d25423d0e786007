"""Database guards: contents, rules and decision records can be added, never changed or deleted."""

from django.db import migrations

from axle.platform.fields import append_only


class Migration(migrations.Migration):
    dependencies = [("decisioning", "0001_initial"), ("platform", "0002_guards")]
    operations = [
        append_only("decisioning_strategycontent"),
        append_only("decisioning_decisionrule"),
        append_only("decisioning_decisionrecord"),
    ]
