from django.db import migrations

import axle.platform.fields


class Migration(migrations.Migration):
    dependencies = [("payments", "0005_retryable_orders")]

    operations = [
        migrations.AddField(
            model_name="reconciliation",
            name="closing_fen",
            field=axle.platform.fields.FenField(help_text="of the bank, at the end of the day", null=True),
        ),
    ]
