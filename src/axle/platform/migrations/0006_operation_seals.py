"""Seals over the operation log, append-only like it."""

from django.db import migrations, models

from axle.platform.fields import append_only


class Migration(migrations.Migration):
    dependencies = [("platform", "0005_list_indexes")]
    operations = [
        migrations.CreateModel(
            name="OperationSeal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("last_id", models.BigIntegerField(unique=True)),
                ("rows", models.PositiveIntegerField()),
                ("digest", models.CharField(max_length=64)),
                ("sealed_at", models.DateTimeField(auto_now_add=True)),
            ],
        ),
        append_only("platform_operationseal"),
    ]
