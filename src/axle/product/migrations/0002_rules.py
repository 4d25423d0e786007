"""What the database refuses: other terms for a version that has been on sale, and the end of any version."""

from django.db import migrations

_GUARD = """
CREATE FUNCTION product_terms_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'product version % keeps its terms', OLD.id USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER product_productversion_terms_frozen BEFORE UPDATE ON product_productversion FOR EACH ROW
WHEN (NEW.terms IS DISTINCT FROM OLD.terms AND OLD.state <> 'draft' OR NEW.product_id <> OLD.product_id
      OR NEW.version_no <> OLD.version_no)
EXECUTE FUNCTION product_terms_frozen();
CREATE TRIGGER product_productversion_kept BEFORE DELETE ON product_productversion
FOR EACH ROW EXECUTE FUNCTION product_terms_frozen();
"""
_UNDO = """
DROP TRIGGER product_productversion_terms_frozen ON product_productversion;
DROP TRIGGER product_productversion_kept ON product_productversion;
DROP FUNCTION product_terms_frozen;
"""


class Migration(migrations.Migration):
    replaces = [("product", "0002_guards")]
    dependencies = [("product", "0001_tables")]
    operations = [migrations.RunSQL(_GUARD, _UNDO)]
