"""Database guards: append-only tables and the functions that every context's guards call."""

from django.db import migrations

from axle.platform.fields import append_only

_FUNCTIONS = """
CREATE FUNCTION axle_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
CREATE FUNCTION axle_refuse_truncate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF coalesce(current_setting('axle.maintenance', true), 'off') <> 'on' THEN
        RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("platform", "0001_initial")]
    operations = [
        migrations.RunSQL(_FUNCTIONS, "DROP FUNCTION axle_refuse_change; DROP FUNCTION axle_refuse_truncate;"),
        append_only("platform_operationlog"),
        append_only("platform_parametervalue"),
    ]
