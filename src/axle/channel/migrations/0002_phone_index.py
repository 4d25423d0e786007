"""The keyed hash of the phone of a dealer's contact, by which a borrower's contact is recognised."""

from typing import Any

from django.db import migrations

from axle.platform.fields import BlindIndexField


def phones_index(apps: Any, schema_editor: Any) -> None:
    """Give every dealer that is there its hash."""
    for dealer in apps.get_model("channel", "Dealer").objects.iterator():
        dealer.save(update_fields=["contact_phone_index"])


class Migration(migrations.Migration):
    dependencies = [("channel", "0001_tables")]
    operations = [
        migrations.AddField(
            "dealer", "contact_phone_index", BlindIndexField(source="contact_phone", default=""), preserve_default=False
        ),
        migrations.RunPython(phones_index, migrations.RunPython.noop),
    ]
