"""A series of numbers begins on its first use, also for a role that owns nothing and may make nothing else."""

from django.db import migrations

_FUNCTION = """
CREATE FUNCTION axle_number_series_begin(series text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF series !~ '^axle_no_[a-z]{1,6}$' THEN
        RAISE EXCEPTION '% is no series of numbers', series USING ERRCODE = 'invalid_parameter_value';
    END IF;
    PERFORM pg_advisory_xact_lock(hashtext(series));
    EXECUTE format('CREATE SEQUENCE IF NOT EXISTS %I', series);
    EXECUTE format('GRANT USAGE ON SEQUENCE %I TO %I', series, session_user);
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("platform", "0006_operation_seals")]
    operations = [migrations.RunSQL(_FUNCTION, "DROP FUNCTION axle_number_series_begin(text);")]
