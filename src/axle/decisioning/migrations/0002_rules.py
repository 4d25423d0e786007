"""What the database refuses: a change of a record that only grows."""

from django.db import migrations

from axle.platform.fields import append_only


class Migration(migrations.Migration):
    replaces = [("decisioning", "0002_guards"), ("decisioning", "0005_policy_guards")]
    dependencies = [("decisioning", "0001_tables"), ("platform", "0002_rules")]
    operations = [
        append_only("decisioning_strategycontent"),
        append_only("decisioning_decisionrule"),
        append_only("decisioning_decisionrecord"),
        append_only("decisioning_policycontent"),
        append_only("decisioning_policyactivation"),
        append_only("decisioning_marketprice"),
    ]
