"""The business date on which an application was decided."""

from django.db import migrations, models

_FILL = """
UPDATE origination_application SET decided_on = (decided_at AT TIME ZONE 'Asia/Shanghai')::date
WHERE decided_at IS NOT NULL
"""


class Migration(migrations.Migration):
    dependencies = [("origination", "0003_traits")]
    operations = [
        migrations.AddField(
            "application",
            "decided_on",
            models.DateField(null=True, help_text="the business date of decided_at"),
        ),
        migrations.AddIndex("application", models.Index(fields=["decided_on"], name="application_decided_on")),
        migrations.RunSQL(_FILL, migrations.RunSQL.noop),
    ]
