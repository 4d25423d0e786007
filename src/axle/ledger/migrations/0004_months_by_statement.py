"""Whether a month is open is asked once for the entries of a statement, not for each of them."""

from django.db import migrations

STAMP = """
CREATE OR REPLACE FUNCTION ledger_entry_admit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.posted_xid := pg_current_xact_id()::text::bigint;
    RETURN NEW;
END $$;
"""
ADMIT = """
CREATE FUNCTION ledger_entries_admit() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    month record;
BEGIN
    FOR month IN SELECT DISTINCT legal_entity_id, period FROM fresh LOOP
        IF month.period <= ledger_closed_through(month.legal_entity_id) THEN
            RAISE EXCEPTION 'month % of legal entity % is closed', month.period, month.legal_entity_id
                USING ERRCODE = 'check_violation', CONSTRAINT = 'entry_in_open_period';
        END IF;
        IF NOT EXISTS (SELECT 1 FROM ledger_period
                       WHERE legal_entity_id = month.legal_entity_id AND period = month.period) THEN
            INSERT INTO ledger_period (legal_entity_id, period, is_closed)
            VALUES (month.legal_entity_id, month.period, false) ON CONFLICT DO NOTHING;
        END IF;
    END LOOP;
    RETURN NULL;
END $$;
CREATE TRIGGER ledger_entries_admit AFTER INSERT ON ledger_journalentry
    REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION ledger_entries_admit();
"""
BOTH = """
DROP TRIGGER ledger_entries_admit ON ledger_journalentry;
DROP FUNCTION ledger_entries_admit();
CREATE OR REPLACE FUNCTION ledger_entry_admit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.period <= ledger_closed_through(NEW.legal_entity_id) THEN
        RAISE EXCEPTION 'month % of legal entity % is closed', NEW.period, NEW.legal_entity_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'entry_in_open_period';
    END IF;
    IF NOT EXISTS (SELECT 1 FROM ledger_period
                   WHERE legal_entity_id = NEW.legal_entity_id AND period = NEW.period) THEN
        INSERT INTO ledger_period (legal_entity_id, period, is_closed)
        VALUES (NEW.legal_entity_id, NEW.period, false) ON CONFLICT DO NOTHING;
    END IF;
    NEW.posted_xid := pg_current_xact_id()::text::bigint;
    RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("ledger", "0003_list_indexes")]
    operations = [
        migrations.RunSQL(STAMP, migrations.RunSQL.noop),
        migrations.RunSQL(ADMIT, BOTH),
    ]
