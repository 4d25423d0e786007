"""The next number of a series as a statement takes it that stores a row under it."""

from django.db import migrations

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


class Migration(migrations.Migration):
    dependencies = [("platform", "0009_business_date_hold")]
    operations = [migrations.RunSQL(NEXT_NO, "DROP FUNCTION axle_next_no(text, date);")]
