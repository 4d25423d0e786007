"""What the database refuses: a change of a record that only grows."""

from django.db import migrations

from axle.platform.fields import append_only


class Migration(migrations.Migration):
    replaces = [("documents", "0002_guards")]
    dependencies = [("documents", "0001_tables"), ("platform", "0002_rules")]
    operations = [
        append_only("documents_documentevidence"),
        append_only("documents_templateversion"),
    ]
