"""Steps and call-backs are append-only."""

from django.db import migrations

from axle.platform.fields import append_only


class Migration(migrations.Migration):
    dependencies = [("payments", "0001_initial"), ("platform", "0002_guards")]
    operations = [append_only("payments_paymentstep"), append_only("payments_banknotice")]
