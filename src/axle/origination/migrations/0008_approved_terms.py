import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("origination", "0007_device_sessions")]

    operations = [
        migrations.AddField("application", "approved_periods", models.PositiveSmallIntegerField(null=True)),
        migrations.AddField(
            "application",
            "conditions_asked",
            django.contrib.postgres.fields.ArrayField(models.CharField(max_length=40), default=list, size=None),
        ),
        migrations.AddField("application", "review_asked_on", models.DateField(null=True)),
        migrations.AddField(
            "application",
            "review_reason",
            models.CharField(blank=True, default="", max_length=500),
            preserve_default=False,
        ),
        migrations.AlterField(
            "conditiondefinition",
            "applies_to",
            models.CharField(
                choices=[("all", "all"), ("new", "new"), ("used", "used"), ("asked", "asked")],
                default="all",
                max_length=8,
            ),
        ),
    ]
