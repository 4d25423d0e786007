"""A draft's terms may change; from the day that a version is on sale they never do."""

from django.db import migrations, models

_DROP = "DROP TRIGGER product_productversion_terms_frozen ON product_productversion;"
_FREEZE = """
CREATE TRIGGER product_productversion_terms_frozen BEFORE UPDATE ON product_productversion FOR EACH ROW
WHEN (NEW.terms IS DISTINCT FROM OLD.terms AND {when} OR NEW.product_id <> OLD.product_id
      OR NEW.version_no <> OLD.version_no)
EXECUTE FUNCTION product_terms_frozen();
"""
_DRAFTS = _DROP + _FREEZE.format(when="OLD.state <> 'draft'")
_ALWAYS = _DROP + _FREEZE.format(when="TRUE")


class Migration(migrations.Migration):
    dependencies = [("product", "0002_guards")]
    operations = [
        migrations.AddField("productversion", "revision", models.PositiveIntegerField(default=1)),
        migrations.RunSQL(_DRAFTS, _ALWAYS),
    ]
