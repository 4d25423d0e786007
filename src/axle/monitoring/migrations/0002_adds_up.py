"""Outcomes add up to the decisions of a day."""

from django.db import migrations, models
from django.db.models import F


class Migration(migrations.Migration):
    dependencies = [("monitoring", "0001_tables")]
    operations = [
        migrations.AddConstraint(
            "strategyday",
            models.CheckConstraint(
                condition=models.Q(
                    ("automatic__lte", F("answered")), ("decisions", F("approved") + F("referred") + F("declined"))
                ),
                name="strategy_day_adds_up",
            ),
        ),
    ]
