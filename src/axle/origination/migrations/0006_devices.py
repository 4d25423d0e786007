"""Where the applicant's own phone was when they applied."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("origination", "0005_review")]
    operations = [
        migrations.AddField("application", "device_token", models.CharField(blank=True, default="", max_length=64), preserve_default=False),
        migrations.AddField("application", "device_ip", models.GenericIPAddressField(null=True)),
    ]
