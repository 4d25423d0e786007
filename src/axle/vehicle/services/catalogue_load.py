"""Loading trims from a file of facts."""

import csv
from collections.abc import Iterable
from importlib import resources

from axle.kernel.money import parse_yuan
from axle.vehicle.models import Trim

_COLUMNS = ("make", "series", "model_year", "name", "energy", "vehicle_class")


def trims_load(rows: Iterable[dict[str, str]]) -> int:
    """Add or reprice trims; ``guide_price`` is in yuan. Gives the number of rows."""
    trims = [
        Trim(guide_price=parse_yuan(row["guide_price"]), **{column: row[column] for column in _COLUMNS}) for row in rows
    ]
    Trim.objects.bulk_create(
        trims,
        update_conflicts=True,
        unique_fields=["make", "series", "model_year", "name"],
        update_fields=["guide_price", "energy", "vehicle_class"],
    )
    return len(trims)


def starter_catalogue_load() -> int:
    """The common models that come with Axle, so that a new installation can quote at once."""
    text = resources.files("axle.vehicle").joinpath("data/trims.csv").read_text(encoding="utf-8")
    return trims_load(csv.DictReader(text.splitlines()))
