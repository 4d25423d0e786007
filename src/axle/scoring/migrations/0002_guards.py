"""Database guards: contents and signatures can be added, never changed or deleted."""

from django.db import migrations

from axle.platform.fields import append_only


class Migration(migrations.Migration):
    dependencies = [("scoring", "0001_initial"), ("platform", "0002_guards")]
    operations = [
        append_only("scoring_scorecardcontent"),
        append_only("scoring_scorecardsignature"),
    ]
