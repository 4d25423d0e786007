"""Addresses on the black and grey lists."""

from django.db import migrations, models

from axle.party.domain.watch_list import WatchRole, WatchSubject


def choices(values: type[WatchSubject | WatchRole]) -> list[tuple[str, str]]:
    return [(str(value), str(value)) for value in values]


class Migration(migrations.Migration):
    dependencies = [("party", "0001_tables")]
    operations = [
        migrations.AlterField(
            "watchentry", "subject_kind", models.CharField(choices=choices(WatchSubject), max_length=12)
        ),
        migrations.AlterField("watchmatch", "role", models.CharField(choices=choices(WatchRole), max_length=12)),
    ]
