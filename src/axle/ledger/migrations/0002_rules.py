"""What the database itself refuses: closed months, unbalanced or changed entries, late lines; and the movement view."""

from django.db import migrations

from axle.platform.fields import append_only

CLOSED_THROUGH = """
-- The last closed month of an entity, 0 for none; it stays so until the transaction ends, because closing
-- takes the same lock alone. The month is read after the lock is held: a volatile function sees what has
-- been committed meanwhile.
CREATE FUNCTION ledger_closed_through(entity bigint) RETURNS integer LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    PERFORM pg_advisory_xact_lock_shared(hashtextextended('ledger_period', entity));
    RETURN coalesce((SELECT max(period) FROM ledger_period WHERE legal_entity_id = entity AND is_closed), 0);
END $$;
"""

ENTRY_STAMP = """
CREATE FUNCTION ledger_entry_admit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.posted_xid := pg_current_xact_id()::text::bigint;
    RETURN NEW;
END $$;
CREATE TRIGGER ledger_entry_admit BEFORE INSERT ON ledger_journalentry
    FOR EACH ROW EXECUTE FUNCTION ledger_entry_admit();
"""

# Whether a month is open is asked once for the entries of a statement, not for each of them.
ENTRIES_ADMIT = """
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

# A session keeps the plan that it made when the tables were small; the setting makes that plan one by key.
BY_KEY = "SET enable_seqscan = off"

ENTRY_VERIFY = f"""
CREATE FUNCTION ledger_entry_verify() RETURNS trigger LANGUAGE plpgsql {BY_KEY} AS $$
DECLARE
    lines bigint; debits numeric; credits numeric; wrong_signs bigint; wrong_accounts bigint;
BEGIN
    SELECT count(*), coalesce(sum(l.debit), 0), coalesce(sum(l.credit), 0),
           count(*) FILTER (WHERE (l.debit + l.credit < 0) <> NEW.is_red),
           count(*) FILTER (WHERE NOT a.is_postable OR a.legal_entity_id <> NEW.legal_entity_id)
    INTO lines, debits, credits, wrong_signs, wrong_accounts
    FROM ledger_entryline l JOIN ledger_account a ON a.id = l.account_id
    WHERE l.entry_id = NEW.id;
    IF lines < 2 OR debits <> credits OR debits <> NEW.amount OR wrong_signs > 0 OR wrong_accounts > 0 THEN
        RAISE EXCEPTION 'entry % does not balance: % lines, debit %, credit %, amount %, % wrong signs, % wrong accounts',
            NEW.entry_no, lines, debits, credits, NEW.amount, wrong_signs, wrong_accounts
            USING ERRCODE = 'check_violation', CONSTRAINT = 'entry_balanced';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER ledger_entry_verify AFTER INSERT ON ledger_journalentry
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ledger_entry_verify();
"""

LINES_ADMIT = f"""
-- One check per statement instead of a foreign key per row: entries are never deleted, so an entry that is
-- there now stays there.
CREATE FUNCTION ledger_lines_admit() RETURNS trigger LANGUAGE plpgsql {BY_KEY} AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM fresh f WHERE pg_current_xact_id()::text::bigint IS DISTINCT FROM (
            SELECT e.posted_xid FROM ledger_journalentry e
            WHERE e.id = f.entry_id AND e.legal_entity_id = f.legal_entity_id AND e.booked_on = f.booked_on)) THEN
        RAISE EXCEPTION 'a line joins its entry only in the transaction that posts it, with its entity and date'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'line_with_entry';
    END IF;
    INSERT INTO ledger_accountdaydelta (legal_entity_id, account_id, booked_on, debit, credit)
    SELECT legal_entity_id, account_id, booked_on, sum(debit), sum(credit)
    FROM fresh GROUP BY legal_entity_id, account_id, booked_on;
    RETURN NULL;
END $$;
CREATE TRIGGER ledger_lines_admit AFTER INSERT ON ledger_entryline
    REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION ledger_lines_admit();
"""

MOVEMENT_VIEW = """
CREATE VIEW ledger_accountmovement AS
    SELECT id, legal_entity_id, account_id, booked_on, debit, credit FROM ledger_accountday
    UNION ALL
    SELECT id, legal_entity_id, account_id, booked_on, debit, credit FROM ledger_accountdaydelta;
"""

UNDO = {
    CLOSED_THROUGH: "DROP FUNCTION ledger_closed_through(bigint);",
    ENTRY_STAMP: "DROP TRIGGER ledger_entry_admit ON ledger_journalentry; DROP FUNCTION ledger_entry_admit();",
    ENTRIES_ADMIT: "DROP TRIGGER ledger_entries_admit ON ledger_journalentry; DROP FUNCTION ledger_entries_admit();",
    ENTRY_VERIFY: "DROP TRIGGER ledger_entry_verify ON ledger_journalentry; DROP FUNCTION ledger_entry_verify();",
    LINES_ADMIT: "DROP TRIGGER ledger_lines_admit ON ledger_entryline; DROP FUNCTION ledger_lines_admit();",
    MOVEMENT_VIEW: "DROP VIEW ledger_accountmovement;",
}


class Migration(migrations.Migration):
    replaces = [("ledger", "0002_guards"), ("ledger", "0004_months_by_statement")]
    dependencies = [("ledger", "0001_tables"), ("platform", "0002_rules")]
    operations = [
        *(migrations.RunSQL(step, undo) for step, undo in UNDO.items()),
        append_only("ledger_journalentry"),
        append_only("ledger_entryline"),
    ]
