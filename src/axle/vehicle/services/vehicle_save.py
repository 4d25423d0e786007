"""Entering a car and correcting it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from axle.kernel.errors import InvalidIdentifier
from axle.kernel.identifiers import is_vin
from axle.kernel.money import Fen
from axle.platform.errors import NotFound
from axle.platform.public import Actor, business_date, created, keys_take, note_change, rows_copy, track
from axle.vehicle.errors import UsedVehicleIncomplete, VehicleDatesRefused
from axle.vehicle.models import Trim, Vehicle


@dataclass(frozen=True)
class VehicleData:
    """A car as it is entered; ``price`` in fen is what the buyer pays the seller."""

    vin: str
    trim_id: int
    is_new: bool
    use: str
    price: Fen
    first_registered_on: date | None = None
    mileage_km: int | None = None
    plate_no: str = ""
    engine_no: str = ""
    colour: str = ""


def _checked(data: VehicleData) -> Trim:
    """The variant that the data names."""
    if not is_vin(data.vin):
        raise InvalidIdentifier(field="vin", kind="vin")
    trim = Trim.objects.filter(pk=data.trim_id).first()
    if trim is None:
        raise NotFound(field="trim_id", what="trim")
    if not data.is_new and (data.first_registered_on is None or data.mileage_km is None):
        missing = "first_registered_on" if data.first_registered_on is None else "mileage_km"
        raise UsedVehicleIncomplete(field=missing)
    if data.first_registered_on and data.first_registered_on > business_date():
        raise VehicleDatesRefused(field="first_registered_on")
    return trim


def vehicle_save(
    *, actor: Actor, data: VehicleData, department_id: int, owner_id: int | None, dealer_id: int | None
) -> Vehicle:
    """Enter a car, or bring a known VIN up to date.

    Errors: InvalidIdentifier (VIN), NotFound (trim), UsedVehicleIncomplete, VehicleDatesRefused.
    """
    trim = _checked(data)
    vehicle = Vehicle.objects.select_for_update().filter(vin=data.vin).first()
    if vehicle is None:
        vehicle = created(Vehicle(department_id=department_id, owner_id=owner_id, dealer_id=dealer_id))
    else:
        track(vehicle)
    for name, value in vars(data).items():
        setattr(vehicle, name, value)
    vehicle.trim = trim
    vehicle.save()
    return vehicle


def vehicle_plate_change(*, vehicle_id: int, plate_no: str) -> None:
    """Give a car another plate. Errors: NotFound."""
    vehicle = Vehicle.objects.select_for_update().filter(pk=vehicle_id).first()
    if vehicle is None:
        raise NotFound(what="vehicle")
    track(vehicle).plate_no = plate_no
    vehicle.save()


@dataclass(frozen=True)
class ImportedVehicle:
    """A car with the people to whom it belongs."""

    data: VehicleData
    department_id: int
    owner_id: int | None
    dealer_id: int | None


def vehicles_import(cars: Sequence[ImportedVehicle]) -> list[int]:
    """Keep new cars, set-based; gives their ids in the same order.

    Errors: InvalidIdentifier; a VIN that is known breaks the whole batch (IntegrityError).
    """
    for car in cars:
        if not is_vin(car.data.vin):
            raise InvalidIdentifier(field="vin", kind="vin")
    keys = keys_take(Vehicle, len(cars))
    rows_copy(_row(key, car) for key, car in zip(keys, cars, strict=True))
    note_change(type="vehicle", id="import", after={"vehicles": len(keys)})
    return keys


def _row(key: int, car: ImportedVehicle) -> Vehicle:
    place = {"department_id": car.department_id, "owner_id": car.owner_id, "dealer_id": car.dealer_id}
    return Vehicle(id=key, **vars(car.data), **place)
