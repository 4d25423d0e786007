"""What the database itself keeps: records that only grow, series of numbers, and the business date of a statement."""

from django.db import migrations

from axle.platform.fields import append_only

REFUSE = """
CREATE FUNCTION axle_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
CREATE FUNCTION axle_refuse_truncate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_database() NOT LIKE 'test%' OR coalesce(current_setting('axle.maintenance', true), 'off') <> 'on' THEN
        RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;
"""
# A series begins on its first use, also for a role that owns nothing and may make nothing else.
SERIES = """
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
# The next number of a series as a statement takes it that stores a row under it.
NEXT_NO = """
CREATE FUNCTION axle_next_no(prefix text, of_day date) RETURNS text LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    series text := 'axle_no_' || lower(prefix);
    value bigint := nextval(to_regclass(series));
BEGIN
    IF value IS NULL THEN
        PERFORM axle_number_series_begin(series);
        value := nextval(to_regclass(series));
    END IF;
    RETURN prefix || to_char(of_day, 'YYYYMMDD') || lpad(value::text, greatest(6, length(value::text)), '0');
END $$;
"""
# The date is read after the lock is held: a volatile function sees what has been committed meanwhile.
HOLD = """
CREATE FUNCTION axle_business_date_hold() RETURNS date LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    PERFORM pg_advisory_xact_lock_shared(hashtext('axle_business_date'));
    RETURN (SELECT "on" FROM platform_businessday ORDER BY id LIMIT 1);
END $$;
"""


class Migration(migrations.Migration):
    replaces = [
        ("platform", "0002_guards"),
        ("platform", "0007_number_series"),
        ("platform", "0009_business_date_hold"),
        ("platform", "0010_next_no"),
    ]
    dependencies = [("platform", "0001_tables")]
    operations = [
        migrations.RunSQL(REFUSE, "DROP FUNCTION axle_refuse_change; DROP FUNCTION axle_refuse_truncate;"),
        migrations.RunSQL(SERIES, "DROP FUNCTION axle_number_series_begin(text);"),
        migrations.RunSQL(NEXT_NO, "DROP FUNCTION axle_next_no(text, date);"),
        migrations.RunSQL(HOLD, "DROP FUNCTION axle_business_date_hold();"),
        append_only("platform_operationlog"),
        append_only("platform_parametervalue"),
        append_only("platform_operationseal"),
    ]
