"""What the database refuses: a change of a record that only grows. And what it need not keep."""

from django.db import migrations

from axle.platform.fields import append_only

# Lists search by the capitals of a text, so that nothing reads what Django adds for LIKE to a unique text; every receipt
# would have to keep it.
UNREAD = r"""
DO $$
DECLARE
    one record;
BEGIN
    FOR one IN
        SELECT i.indexrelid::regclass AS name FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
        WHERE i.indrelid::regclass::text IN (
                'servicing_loan', 'servicing_loanevent', 'servicing_posting', 'servicing_receipt')
            AND c.relname LIKE '%\_like'
    LOOP
        EXECUTE format('DROP INDEX %s', one.name);
    END LOOP;
END $$;
"""


class Migration(migrations.Migration):
    replaces = [("servicing", "0002_guards")]
    dependencies = [("servicing", "0001_tables"), ("platform", "0002_rules")]
    operations = [
        append_only("servicing_loanevent"),
        append_only("servicing_arrearsday"),
        append_only("servicing_loancarrying"),
        append_only("servicing_standingchange"),
        append_only("servicing_archivemove"),
        migrations.RunSQL(UNREAD, migrations.RunSQL.noop),
    ]
