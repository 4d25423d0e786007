"""The vehicles of an imported book in our catalogue."""

from collections.abc import Sequence
from statistics import median_low

from axle.config.intake.book_row import BookRow
from axle.config.intake.obligors import Obligor
from axle.kernel.money import yuan
from axle.vehicle.public import ImportedVehicle, VehicleData, trims, trims_load, vehicles_import

Trim = tuple[str, str, int]
TRIM_NAME = "导入资产"
"""The name of a trim that stands for all variants of a model in an imported book."""


def trim_of(row: BookRow) -> Trim:
    """Make, model and model year."""
    return row.make, row.model, row.model_year


def title_of(row: BookRow) -> str:
    """How people name the vehicle."""
    return f"{row.make} {row.model} {row.model_year}"


def book_vehicles(rows: Sequence[BookRow], people: Sequence[Obligor], department_id: int) -> list[int]:
    """Keep the vehicles of rows; gives their ids in the same order."""
    ids = _trim_ids(rows)
    return vehicles_import(
        [
            ImportedVehicle(_data(row, person, ids[trim_of(row)]), department_id, None, None)
            for row, person in zip(rows, people, strict=True)
        ]
    )


def _data(row: BookRow, person: Obligor, trim_id: int) -> VehicleData:
    return VehicleData(
        vin=person.vin, trim_id=trim_id, is_new=row.vehicle_kind == "new", use="private", price=row.vehicle_value
    )


def _trim_ids(rows: Sequence[BookRow]) -> dict[Trim, int]:
    known = _known_trims()
    wanted: dict[Trim, list[BookRow]] = {}
    for row in rows:
        if trim_of(row) not in known:
            wanted.setdefault(trim_of(row), []).append(row)
    if not wanted:
        return known
    trims_load(_trim_row(trim, of_trim) for trim, of_trim in wanted.items())
    return _known_trims()


def _known_trims() -> dict[Trim, int]:
    return {(trim.make, trim.series, trim.model_year): trim.id for trim in trims() if trim.name == TRIM_NAME}


def _trim_row(trim: Trim, rows: Sequence[BookRow]) -> dict[str, str]:
    """A catalogue row: the price is the middle one of the file, for a maker's price is not in it."""
    make, series, model_year = trim
    return {
        "make": make,
        "series": series,
        "model_year": str(model_year),
        "name": TRIM_NAME,
        "guide_price": yuan(median_low(row.vehicle_value for row in rows)),
        "energy": "hybrid" if series.startswith("PRIUS") or "HYB" in series else "petrol",
        "vehicle_class": "light_truck" if rows[0].vehicle_class == "truck" else "passenger",
    }
