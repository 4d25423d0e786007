"""The events of a loan are append-only."""

from django.db import migrations

from axle.platform.fields import append_only


class Migration(migrations.Migration):
    dependencies = [("servicing", "0001_initial"), ("platform", "0002_guards")]
    operations = [append_only("servicing_loanevent")]
