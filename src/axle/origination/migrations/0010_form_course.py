"""How a form was gone through as a whole."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("origination", "0009_consent_letters")]
    operations = [migrations.AddField("formbehaviour", "course", models.JSONField(default=dict))]
