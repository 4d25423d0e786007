"""What the database refuses: a change of a record that only grows."""

from django.db import migrations

from axle.platform.fields import append_only


class Migration(migrations.Migration):
    replaces = [("origination", "0002_guards")]
    dependencies = [("origination", "0001_tables"), ("platform", "0002_rules")]
    operations = [
        append_only("origination_applicationround"),
    ]
