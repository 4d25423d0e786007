"""A draft of a strategy may be changed until it is compiled; from then on the database keeps what it consists of."""

from django.db import migrations, models

_TABLES = ("decisioning_strategycontent", "decisioning_decisionrule")
_FUNCTION = """
CREATE FUNCTION decisioning_content_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM decisioning_strategyversion WHERE id = OLD.version_id AND state <> 'draft') THEN
        RAISE EXCEPTION 'strategy version % keeps its content', OLD.version_id USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    NEW.version_id := OLD.version_id;
    RETURN NEW;
END $$;
"""
_FREEZE = """
DROP TRIGGER {0}_append_only ON {0};
CREATE TRIGGER {0}_frozen BEFORE UPDATE OR DELETE ON {0}
FOR EACH ROW EXECUTE FUNCTION decisioning_content_frozen();
"""
_THAW = """
DROP TRIGGER {0}_frozen ON {0};
CREATE TRIGGER {0}_append_only BEFORE UPDATE OR DELETE ON {0}
FOR EACH ROW EXECUTE FUNCTION axle_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [("decisioning", "0005_named_checks")]
    operations = [
        migrations.AddField("strategyversion", "revision", models.PositiveIntegerField(default=1)),
        migrations.RunSQL(
            _FUNCTION + "".join(map(_FREEZE.format, _TABLES)),
            "".join(map(_THAW.format, _TABLES)) + "DROP FUNCTION decisioning_content_frozen;",
        ),
    ]
