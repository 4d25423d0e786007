"""What a decision says of each named check."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("decisioning", "0004_trials")]
    operations = [
        migrations.AddField("decisionrecord", "checks", models.JSONField(default=dict)),
    ]
