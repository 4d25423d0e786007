"""Rounds of submission can be added and never changed."""

from django.db import migrations

from axle.platform.fields import append_only


class Migration(migrations.Migration):
    dependencies = [("origination", "0001_initial")]
    operations = [append_only("origination_applicationround")]
