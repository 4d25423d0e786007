"""From which devices an application was written, signed or sent."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

from axle.origination.domain.device_session import DeviceHolder, DeviceTrace


def choices(values: type[DeviceHolder | DeviceTrace]) -> list[tuple[str, str]]:
    return [(str(value), str(value)) for value in values]


class Migration(migrations.Migration):
    dependencies = [("origination", "0006_devices")]
    operations = [
        migrations.AddField(
            "application",
            "device_place",
            models.CharField(blank=True, default="", max_length=16),
            preserve_default=False,
        ),
        migrations.CreateModel(
            name="DeviceSession",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("holder", models.CharField(choices=choices(DeviceHolder), max_length=12)),
                ("token", models.CharField(max_length=64)),
                ("ip", models.GenericIPAddressField(null=True)),
                (
                    "traces",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(choices=choices(DeviceTrace), max_length=24),
                        default=list,
                        size=None,
                    ),
                ),
                ("utc_offset_minutes", models.SmallIntegerField()),
                ("time_zone", models.CharField(blank=True, max_length=40)),
                ("language", models.CharField(blank=True, max_length=20)),
                ("place", models.CharField(blank=True, max_length=16)),
                ("accuracy_m", models.PositiveIntegerField(null=True)),
                ("agreed_by", models.CharField(max_length=64)),
                ("told_at", models.DateTimeField()),
                (
                    "application",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="device_sessions",
                        to="origination.application",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("application", "holder", "token"), name="device_session_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(place="", accuracy_m=None)
                        | ~models.Q(place="") & models.Q(accuracy_m__isnull=False),
                        name="device_session_place_is_whole",
                    ),
                ],
                "indexes": [
                    models.Index(fields=["token", "holder"], name="device_session_token"),
                    models.Index(
                        fields=["ip", "-told_at"], condition=models.Q(holder="applicant"), name="device_session_ip"
                    ),
                    models.Index(fields=["told_at"], name="device_session_told"),
                ],
            },
        ),
    ]
