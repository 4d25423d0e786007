"""The score by a scorecard beside a decision."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("decisioning", "0002_rules")]
    operations = [migrations.AddField("decisionrecord", "score_given", models.JSONField(default=dict))]
