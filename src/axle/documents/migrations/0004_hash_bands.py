"""Cut the hashes that are kept into bands, by which near ones are found."""

from django.db import migrations

from axle.documents.duplicates import hash_bands

_AT_ONCE = 1_000


def cut(apps, schema_editor):
    model = apps.get_model("documents", "CapturedDocument")
    rows = model.objects.exclude(image_hash="").only("image_hash").order_by("pk")
    batch = []
    for row in rows.iterator(chunk_size=_AT_ONCE):
        row.hash_bands = list(hash_bands(row.image_hash))
        batch.append(row)
        if len(batch) == _AT_ONCE:
            model.objects.bulk_update(batch, ["hash_bands"])
            batch = []
    model.objects.bulk_update(batch, ["hash_bands"])


class Migration(migrations.Migration):
    dependencies = [("documents", "0003_examined")]
    operations = [migrations.RunPython(cut, migrations.RunPython.noop)]
