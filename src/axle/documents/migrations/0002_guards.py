"""Evidence and used template texts can be added, and never changed or deleted."""

from django.db import migrations

from axle.platform.fields import append_only


class Migration(migrations.Migration):
    dependencies = [("documents", "0001_initial"), ("platform", "0002_guards")]
    operations = [append_only("documents_documentevidence"), append_only("documents_templateversion")]
