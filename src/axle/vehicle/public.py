"""The front door of vehicle."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from axle.kernel.money import Fen
from axle.platform.errors import NotFound
from axle.platform.public import Actor, Compiled
from axle.vehicle.models import Appraisal, Trim, Vehicle
from axle.vehicle.selectors import (
    ResidualShare,
    ResidualShares,
    latest_appraisal,
    residual_forecast,
    residual_shares,
)
from axle.vehicle.services import vehicle_save as saving
from axle.vehicle.services.appraisal_record import appraisal_record, appraisals_told
from axle.vehicle.services.catalogue_load import starter_catalogue_load, trims_load
from axle.vehicle.services.vehicle_save import (
    ImportedVehicle,
    VehicleData,
    vehicle_plate_change,
    vehicles_import,
)

__all__ = [
    "AppraisalView",
    "ImportedVehicle",
    "ResidualShare",
    "ResidualShares",
    "TrimView",
    "VehicleData",
    "VehicleView",
    "appraisal_record",
    "appraisals_told",
    "residual_shares",
    "starter_catalogue_load",
    "trims",
    "trims_load",
    "values_by_curve",
    "vehicle_by_vin",
    "vehicle_get",
    "vehicle_plate_change",
    "vehicle_save",
    "vehicle_value",
    "vehicle_values",
    "vehicles_import",
]


@dataclass(frozen=True)
class TrimView:
    """A variant in the catalogue."""

    id: int
    make: str
    series: str
    model_year: int
    name: str
    guide_price: Fen
    energy: str
    vehicle_class: str


@dataclass(frozen=True)
class AppraisalView:
    """An appraisal."""

    value: Fen
    condition: str
    note: str
    appraised_on: date
    appraiser_name: str


@dataclass(frozen=True)
class VehicleView:
    """A car with its trim and newest appraisal."""

    id: int
    vin: str
    trim: TrimView
    is_new: bool
    use: str
    price: Fen
    plate_no: str
    engine_no: str
    colour: str
    first_registered_on: date | None
    mileage_km: int | None
    appraisal: AppraisalView | None

    @property
    def title(self) -> str:
        """How people name the car."""
        return f"{self.trim.make} {self.trim.series} {self.trim.model_year}款 {self.trim.name}"

    @property
    def lending_value(self) -> Fen:
        """The lowest of price, guide price (new cars) and newest appraisal (used cars): the base of LTV.

        Source: REG-AUTO-LOAN-RATIO.
        """
        values = [self.price, self.trim.guide_price] if self.is_new else [self.price]
        return Fen(min(values + ([self.appraisal.value] if self.appraisal else [])))


def _trim_view(trim: Trim) -> TrimView:
    return TrimView(
        trim.pk,
        trim.make,
        trim.series,
        trim.model_year,
        trim.name,
        Fen(trim.guide_price),
        trim.energy,
        trim.vehicle_class,
    )


def _appraisal_view(appraisal: Appraisal | None) -> AppraisalView | None:
    if appraisal is None:
        return None
    return AppraisalView(
        Fen(appraisal.value), appraisal.condition, appraisal.note, appraisal.appraised_on, appraisal.appraiser_name
    )


def _view(vehicle: Vehicle) -> VehicleView:
    return VehicleView(
        id=vehicle.pk,
        vin=vehicle.vin,
        trim=_trim_view(vehicle.trim),
        is_new=vehicle.is_new,
        use=vehicle.use,
        price=Fen(vehicle.price),
        plate_no=vehicle.plate_no,
        engine_no=vehicle.engine_no,
        colour=vehicle.colour,
        first_registered_on=vehicle.first_registered_on,
        mileage_km=vehicle.mileage_km,
        appraisal=_appraisal_view(latest_appraisal(vehicle.pk)),
    )


def vehicle_get(vehicle_id: int) -> VehicleView:
    """A car. Errors: NotFound."""
    vehicle = _BY_KEY.first(vehicle_id)
    if vehicle is None:
        raise NotFound(field="vehicle_id", what="vehicle")
    return _view(vehicle)


_BY_KEY = Compiled(lambda key: Vehicle.objects.select_related("trim").filter(pk=key))


def values_by_curve(vehicle: VehicleView, on: date, *, months: Sequence[int] = (0,)) -> list[Fen]:
    """What the curves in force say that a used car is worth so many months from a day, the middle values; nothing for a
    new car, and where no curve is of its make. One query for a used car, none for a new one."""
    if vehicle.is_new:
        return []
    found = residual_forecast(vehicle.trim, vehicle.first_registered_on, on, months=months)
    return [one.middle for one in found.values] if found and found.level != "all" else []


def vehicle_by_vin(vin: str) -> VehicleView | None:
    """A car that is already known."""
    vehicle = Vehicle.objects.select_related("trim").filter(vin=vin).first()
    return _view(vehicle) if vehicle else None


def vehicle_value(vehicle_id: int) -> Fen:
    """The value that lending looks at, in fen. Errors: NotFound."""
    return vehicle_get(vehicle_id).lending_value


def vehicle_values(vehicle_ids: Sequence[int], on: date) -> dict[int, Fen]:
    """What some cars were last found to be worth up to a day, in fen; one that nobody looked at is left out."""
    rows = Appraisal.objects.filter(vehicle_id__in=vehicle_ids, appraised_on__lte=on)
    latest = rows.order_by("appraised_on", "pk").values_list("vehicle_id", "value")
    return {vehicle_id: Fen(value) for vehicle_id, value in latest}


def trims(*, make: str | None = None, series: str | None = None) -> list[TrimView]:
    """Catalogue trims, narrowed by make and series."""
    rows = Trim.objects.filter(is_on_sale=True).order_by("make", "series", "-model_year", "name")
    wanted = {key: value for key, value in {"make": make, "series": series}.items() if value}
    return [_trim_view(trim) for trim in rows.filter(**wanted)]


def vehicle_save(
    *, actor: Actor, data: VehicleData, department_id: int, owner_id: int | None, dealer_id: int | None
) -> VehicleView:
    """Enter a car, or bring a known VIN up to date. Errors: those of ``services.vehicle_save``."""
    vehicle = saving.vehicle_save(
        actor=actor, data=data, department_id=department_id, owner_id=owner_id, dealer_id=dealer_id
    )
    return _view(vehicle)
