"""A signed contract may wait for its time stamp; what the customer drew waits with it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("origination", "0003_list_indexes")]
    operations = [
        migrations.AddField(
            model_name="signingsession",
            name="signature_png",
            field=models.BinaryField(help_text="what was drawn, until it is on the document", null=True),
        ),
        migrations.AlterField(
            model_name="contract",
            name="state",
            field=models.CharField(
                choices=[
                    ("drafted", "drafted"),
                    ("sent", "sent"),
                    ("signing", "signing"),
                    ("signed", "signed"),
                    ("in_force", "in_force"),
                    ("voided", "voided"),
                ],
                default="drafted",
                max_length=12,
            ),
        ),
    ]
