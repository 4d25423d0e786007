"""Database guards: what a calibration holds and when it counted can be added, never changed or deleted."""

from django.db import migrations

from axle.platform.fields import append_only


class Migration(migrations.Migration):
    dependencies = [("decisioning", "0004_policy")]
    operations = [
        append_only("decisioning_policycontent"),
        append_only("decisioning_policyactivation"),
        append_only("decisioning_marketprice"),
    ]
