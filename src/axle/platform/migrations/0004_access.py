"""Tokens with permissions, one-time codes used once; stored results are encrypted."""

import django.contrib.postgres.fields
from django.db import migrations, models

import axle.platform.fields

_RESULTS = (("IdempotencyRecord", "response"), ("PendingCommand", "result"))


def _encrypt(apps, schema_editor):
    for model_name, field in _RESULTS:
        model = apps.get_model("platform", model_name)
        for row in model.objects.exclude(**{f"{field}_plain": None}).iterator():
            setattr(row, field, getattr(row, f"{field}_plain"))
            row.save(update_fields=[field])


_GUARD = """
CREATE OR REPLACE FUNCTION axle_refuse_truncate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_database() NOT LIKE 'test%' OR coalesce(current_setting('axle.maintenance', true), 'off') <> 'on' THEN
        RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;
"""


def _encrypted(model_name: str, field: str) -> list[migrations.operations.base.Operation]:
    """Keep the plain column until its rows are encrypted."""
    return [
        migrations.RenameField(model_name, field, f"{field}_plain"),
        migrations.AddField(
            model_name, field, axle.platform.fields.EncryptedJSONField(editable=True, mask="text", null=True)
        ),
    ]


class Migration(migrations.Migration):
    dependencies = [("platform", "0003_sign_ins")]
    operations = [
        migrations.RunSQL(_GUARD, migrations.RunSQL.noop),
        migrations.AddField("user", "totp_last_step", models.BigIntegerField(blank=True, null=True)),
        migrations.AddField(
            "apitoken",
            "permissions",
            django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=80), default=list, size=None
            ),
        ),
        *_encrypted("idempotencyrecord", "response"),
        *_encrypted("pendingcommand", "result"),
        migrations.RunPython(_encrypt, migrations.RunPython.noop),
        migrations.RemoveField("idempotencyrecord", "response_plain"),
        migrations.RemoveField("pendingcommand", "result_plain"),
    ]
