"""What the database refuses: changes of active rules, of numbered vouchers, and of the record of closings."""

from django.db import migrations

from axle.platform.fields import append_only

RULES = """
CREATE FUNCTION accounting_rule_keep() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state = 'active' THEN
        RAISE EXCEPTION 'an active posting rule never changes' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN coalesce(NEW, OLD);
END $$;
CREATE TRIGGER accounting_rule_keep BEFORE UPDATE OR DELETE ON accounting_postingrule
    FOR EACH ROW EXECUTE FUNCTION accounting_rule_keep();
"""

VOUCHERS = """
CREATE FUNCTION accounting_voucher_keep() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.number IS NOT NULL
        OR to_jsonb(NEW) - 'number' - 'word' IS DISTINCT FROM to_jsonb(OLD) - 'number' - 'word' THEN
        RAISE EXCEPTION 'a voucher only receives its word and number, once' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER accounting_voucher_keep BEFORE UPDATE ON accounting_voucher
    FOR EACH ROW EXECUTE FUNCTION accounting_voucher_keep();
CREATE TRIGGER accounting_voucher_stays BEFORE DELETE ON accounting_voucher
    FOR EACH ROW EXECUTE FUNCTION axle_refuse_change();
CREATE TRIGGER accounting_voucher_no_truncate BEFORE TRUNCATE ON accounting_voucher
    FOR EACH STATEMENT EXECUTE FUNCTION axle_refuse_truncate();
"""

UNDO_RULES = """
DROP TRIGGER accounting_rule_keep ON accounting_postingrule; DROP FUNCTION accounting_rule_keep();
"""

UNDO_VOUCHERS = """
DROP TRIGGER accounting_voucher_keep ON accounting_voucher; DROP FUNCTION accounting_voucher_keep();
DROP TRIGGER accounting_voucher_stays ON accounting_voucher;
DROP TRIGGER accounting_voucher_no_truncate ON accounting_voucher;
"""


class Migration(migrations.Migration):
    replaces = [("accounting", "0002_guards")]
    dependencies = [("accounting", "0001_tables"), ("platform", "0002_rules")]
    operations = [
        migrations.RunSQL(RULES, UNDO_RULES),
        migrations.RunSQL(VOUCHERS, UNDO_VOUCHERS),
        append_only("accounting_periodact"),
        append_only("accounting_voucherdocument"),
    ]
