"""The business date held by one question."""

from django.db import migrations

# The date is read after the lock is held: a volatile function sees what has been committed meanwhile.
HOLD = """
CREATE FUNCTION axle_business_date_hold() RETURNS date LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    PERFORM pg_advisory_xact_lock_shared(hashtext('axle_business_date'));
    RETURN (SELECT "on" FROM platform_businessday ORDER BY id LIMIT 1);
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("platform", "0008_eod_set_aside")]
    operations = [migrations.RunSQL(HOLD, "DROP FUNCTION axle_business_date_hold();")]
