"""Files of receipts are done in parts; what is on its way is one part that goes on where it is."""

import django.db.models.deletion
from django.db import migrations, models

STATES = [
    ("reading", "Reading"),
    ("registered", "Registered"),
    ("confirming", "Confirming"),
    ("confirmed", "Confirmed"),
    ("rejected", "Rejected"),
]
ONE_PART = """
INSERT INTO servicing_receiptfilepart (file_id, part, state, "row")
SELECT id, 0, state, CASE WHEN state = 'reading' THEN rows ELSE confirmed_to END FROM servicing_receiptfile
"""


class Migration(migrations.Migration):
    dependencies = [("servicing", "0022_receipt_file_rejected")]

    operations = [
        migrations.CreateModel(
            name="ReceiptFilePart",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("part", models.PositiveSmallIntegerField()),
                ("state", models.CharField(choices=STATES, default="reading", max_length=12)),
                ("row", models.PositiveIntegerField(default=0)),
                (
                    "file",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parts",
                        to="servicing.receiptfile",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("file", "part"), name="receipt_file_part_once")],
            },
        ),
        migrations.RunSQL(ONE_PART, migrations.RunSQL.noop),
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED", migrations.RunSQL.noop),
        migrations.RemoveField(model_name="receiptfile", name="confirmed_to"),
        migrations.AddField(
            model_name="receiptfilerow", name="part", field=models.PositiveSmallIntegerField(default=0)
        ),
        migrations.AlterField(
            model_name="receiptfilerow",
            name="file",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="lines",
                to="servicing.receiptfile",
            ),
        ),
    ]
