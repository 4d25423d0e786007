"""Vehicles, the catalogue and appraisals over HTTP."""

from datetime import date
from enum import StrEnum

from pydantic import BaseModel, Field, field_validator

from axle.kernel.identifiers import is_vin
from axle.kernel.types import Yuan
from axle.platform.errors import NotFound, PermissionMissing
from axle.platform.http import ActorName, ContextApi
from axle.platform.listing import Col, Listing
from axle.platform.public import Actor, Ctx, Input, available_commands, business_date
from axle.vehicle import permissions as may
from axle.vehicle import public, selectors
from axle.vehicle.models import (
    Appraisal,
    AppraisalSource,
    ConditionGrade,
    CurveState,
    Energy,
    ResidualCurve,
    ResidualPoint,
    Trim,
    Vehicle,
    VehicleClass,
    VehicleUse,
)
from axle.vehicle.services import appraisal_record as appraising
from axle.vehicle.services import residual_curve as residual
from axle.vehicle.services import trim_save as catalogue
from axle.vehicle.services import vehicle_save as saving

api = ContextApi("vehicle")


class CurveLevel(StrEnum):
    """Whose prices a forecast follows."""

    SERIES = "series"
    MAKE = "make"
    ALL = "all"


class VehicleIn(Input):
    """A car; used ones need first registration and mileage."""

    vin: str = Field(json_schema_extra={"format": "vin"})
    trim_id: int
    is_new: bool = True
    use: VehicleUse = VehicleUse.PRIVATE
    price: Yuan = Field(gt=0)
    first_registered_on: date | None = None
    mileage_km: int | None = Field(None, ge=0, le=2_000_000)
    plate_no: str = Field("", max_length=10)
    engine_no: str = Field("", max_length=30)
    colour: str = Field("", max_length=20)

    @field_validator("vin")
    @classmethod
    def _vin(cls, vin: str) -> str:
        if not is_vin(vin.strip().upper()):
            raise ValueError("invalid_vin")
        return vin.strip().upper()


class VehicleSavedOut(BaseModel):
    id: int
    vin: str


class AppraisalIn(Input):
    """What a person found the car to be worth."""

    vehicle_id: int
    value: Yuan = Field(gt=0)
    condition: ConditionGrade
    note: str = Field("", max_length=500)


class VehicleAppraisalOut(BaseModel):
    appraisal_source: AppraisalSource
    value: Yuan
    condition: ConditionGrade | None
    note: str
    appraised_on: date
    appraiser_name: ActorName


def _appraisal_out(appraisal: Appraisal) -> VehicleAppraisalOut:
    told = {name: getattr(appraisal, name) for name in ("value", "note", "appraised_on", "appraiser_name")}
    source, condition = AppraisalSource(appraisal.source), appraisal.condition
    return VehicleAppraisalOut(
        appraisal_source=source, condition=ConditionGrade(condition) if condition else None, **told
    )


class TrimOut(BaseModel):
    id: int
    make: str
    series: str
    model_year: int
    name: str
    guide_price: Yuan
    energy: Energy
    vehicle_class: VehicleClass


class TrimIn(Input):
    """A variant of the catalogue."""

    make: str = Field(min_length=1, max_length=40)
    series: str = Field(min_length=1, max_length=60)
    model_year: int = Field(ge=1990, le=2100)
    name: str = Field(min_length=1, max_length=100)
    guide_price: Yuan = Field(gt=0)
    energy: Energy
    vehicle_class: VehicleClass = VehicleClass.PASSENGER
    is_on_sale: bool = True

    def data(self) -> catalogue.TrimData:
        """As the service takes it."""
        return catalogue.TrimData(**self.model_dump(exclude={"trim_id"}))


class TrimUpdateIn(TrimIn):
    trim_id: int


class TrimSavedOut(BaseModel):
    trim_id: int


class ResidualCurveIn(Input):
    """A file of used-car prices: 品牌, 车系, 首次上牌日期, 成交日期, 成交价, 指导价."""

    file_id: int
    source: str = Field(min_length=1, max_length=80)


class CurveIn(Input):
    residual_curve_id: int


class ResidualCurveOut(BaseModel):
    id: int
    curve_no: str
    cars: int
    left_out: int
    state: CurveState


class ForecastValueOut(BaseModel):
    on: date
    age_months: int
    low: Yuan
    middle: Yuan
    high: Yuan


class ResidualForecastOut(BaseModel):
    """What the car will be worth, by the curves in force."""

    curve_no: str
    source: str
    level: CurveLevel
    cars: int
    values: list[ForecastValueOut]


class VehicleDetail(BaseModel):
    """A car with its appraisals and what may be done next."""

    id: int
    vin: str
    vehicle_name: str
    trim_id: int
    trim: TrimOut
    is_new: bool
    use: VehicleUse
    price: Yuan
    lending_value: Yuan
    plate_no: str
    engine_no: str
    colour: str
    first_registered_on: date | None
    mileage_km: int | None
    appraisals: list[VehicleAppraisalOut]
    residual: ResidualForecastOut | None
    actions: list[str]


@api.query("vehicle_catalogue", "/vehicles/catalogue", permission=may.VEHICLE_VIEW)
def vehicle_catalogue(actor: Actor) -> list[TrimOut]:
    """Every trim on sale, for the cascade of make, series and trim."""
    return [TrimOut.model_validate(trim, from_attributes=True) for trim in selectors.trims_on_sale()]


def _visible(actor: Actor, vehicle_id: int) -> Vehicle:
    """A car in the actor's sight. Errors: NotFound."""
    row = selectors.vehicles_visible(actor).filter(pk=vehicle_id).first()
    if row is None:
        raise NotFound(field="vehicle_id", what="vehicle")
    return row


api.history("vehicle", "/vehicles", permission=may.VEHICLE_VIEW, find=_visible)


@api.query("vehicle_get", "/vehicles/{vehicle_id}", permission=may.VEHICLE_VIEW)
def vehicle_get(actor: Actor, vehicle_id: int) -> VehicleDetail:
    """A car in the actor's scope."""
    row = _visible(actor, vehicle_id)
    view = public.vehicle_get(row.pk)
    appraisals = row.appraisals.order_by("-appraised_on", "-pk")
    return VehicleDetail(
        **{name: getattr(view, name) for name in VehicleDetail.model_fields if hasattr(view, name) and name != "trim"},
        vehicle_name=view.title,
        trim_id=view.trim.id,
        trim=TrimOut.model_validate(view.trim, from_attributes=True),
        appraisals=[_appraisal_out(appraisal) for appraisal in appraisals],
        residual=_forecast(row),
        actions=available_commands(actor, "vehicle_save", "appraisal_record"),
    )


def _forecast(vehicle: Vehicle) -> ResidualForecastOut | None:
    found = selectors.residual_forecast(vehicle.trim, vehicle.first_registered_on, business_date())
    return ResidualForecastOut.model_validate(found, from_attributes=True) if found else None


@api.command("residual_curve_import", permission=may.RESIDUAL_MANAGE, subject="residual_curve")
def residual_curve_import(ctx: Ctx, data: ResidualCurveIn) -> ResidualCurveOut:
    """Make curves of a file of prices; somebody else puts them in force."""
    curve = residual.residual_curve_draft(actor=ctx.actor, **data.model_dump())
    return ResidualCurveOut.model_validate(curve, from_attributes=True)


@api.command("residual_curve_activate", permission=may.RESIDUAL_ACTIVATE, subject="residual_curve")
def residual_curve_activate(ctx: Ctx, data: CurveIn) -> ResidualCurveOut:
    """Value cars by these curves from now on; by older ones again, too."""
    curve = residual.residual_curve_activate(actor=ctx.actor, curve_id=data.residual_curve_id)
    return ResidualCurveOut.model_validate(curve, from_attributes=True)


@api.command("vehicle_save", permission=may.VEHICLE_MANAGE, subject="vehicle")
def vehicle_save(ctx: Ctx, data: VehicleIn) -> VehicleSavedOut:
    """Enter a car, or bring a known VIN in one's own scope up to date."""
    actor = ctx.actor
    known = public.vehicle_by_vin(data.vin)
    if known and not selectors.vehicles_visible(actor).filter(pk=known.id).exists():
        raise PermissionMissing(field="vin", permission=may.VEHICLE_VIEW)
    vehicle = saving.vehicle_save(
        actor=actor,
        data=saving.VehicleData(**data.model_dump()),
        department_id=actor.home_department_id(),
        owner_id=actor.employee_id,
        dealer_id=min(actor.channel_ids, default=None),
    )
    return VehicleSavedOut(id=vehicle.pk, vin=vehicle.vin)


@api.command("trim_create", permission=may.CATALOGUE_MANAGE, subject="trim")
def trim_create(ctx: Ctx, data: TrimIn) -> TrimSavedOut:
    """Add a variant to the catalogue."""
    return TrimSavedOut(trim_id=catalogue.trim_create(actor=ctx.actor, data=data.data()).pk)


@api.command("trim_update", permission=may.CATALOGUE_MANAGE, subject="trim")
def trim_update(ctx: Ctx, data: TrimUpdateIn) -> TrimSavedOut:
    """Correct or reprice a variant, or take it off sale."""
    return TrimSavedOut(trim_id=catalogue.trim_update(actor=ctx.actor, trim_id=data.trim_id, data=data.data()).pk)


@api.command("appraisal_record", permission=may.APPRAISAL_RECORD, subject="vehicle")
def appraisal_record(ctx: Ctx, data: AppraisalIn) -> VehicleAppraisalOut:
    _visible(ctx.actor, data.vehicle_id)
    return _appraisal_out(appraising.appraisal_record(actor=ctx.actor, **data.model_dump()))


api.listing(
    Listing(
        name="vehicles",
        is_growing=True,
        permission=may.VEHICLE_VIEW,
        queryset=selectors.vehicles_visible,
        columns=[
            Col("vin"),
            Col("make", source="trim__make"),
            Col("series", source="trim__series"),
            Col("trim", source="trim__name"),
            Col("model_year", "integer", source="trim__model_year"),
            Col("is_new", "bool"),
            Col("use", "enum", enum="VehicleUse", choices=VehicleUse.values),
            Col("price", "money"),
            Col("guide_price", "money", source="trim__guide_price"),
            Col("plate_no"),
            Col("created_at", "datetime"),
        ],
        search=["vin", "plate_no", "trim__series"],
        filters=["is_new", "make", "price", "created_at"],
        default_sort="-created_at",
        row_link="/vehicle/vehicles/{id}",
        toolbar=["vehicle_save"],
    )
)
api.listing(
    Listing(
        name="trims",
        permission=may.VEHICLE_VIEW,
        queryset=lambda actor: Trim.objects.all(),
        columns=[
            Col("make"),
            Col("series"),
            Col("model_year", "integer"),
            Col("name"),
            Col("guide_price", "money"),
            Col("energy", "enum", enum="Energy", choices=Energy.values),
            Col("vehicle_class", "enum", enum="VehicleClass", choices=VehicleClass.values),
            Col("is_on_sale", "bool"),
        ],
        search=["make", "series", "name"],
        filters=["make", "energy", "vehicle_class", "guide_price", "is_on_sale"],
        default_sort="make",
        toolbar=["trim_create"],
        row_actions=["trim_update"],
    )
)
api.listing(
    Listing(
        name="appraisals",
        is_growing=True,
        permission=may.VEHICLE_VIEW,
        queryset=selectors.appraisals_visible,
        columns=[
            Col("vin", source="vehicle__vin"),
            Col("make", source="vehicle__trim__make"),
            Col("series", source="vehicle__trim__series"),
            Col("price", "money", source="vehicle__price"),
            Col("appraisal_source", "enum", source="source", enum="AppraisalSource", choices=AppraisalSource.values),
            Col("value", "money"),
            Col("condition", "enum", enum="ConditionGrade", choices=ConditionGrade.values),
            Col("note", is_sortable=False),
            Col("appraised_on", "date"),
            Col("appraiser_name"),
            Col("vehicle_id", "integer", is_hidden=True),
        ],
        search=["vehicle__vin", "appraiser_name"],
        filters=["appraisal_source", "condition", "value", "appraised_on"],
        default_sort="-appraised_on",
        row_link="/vehicle/vehicles/{vehicle_id}",
    )
)
api.listing(
    Listing(
        name="residual_curves",
        permission=may.VEHICLE_VIEW,
        queryset=lambda actor: ResidualCurve.objects.all(),
        columns=[
            Col("curve_no"),
            Col("source"),
            Col("state", "enum", enum="CurveState", choices=CurveState.values),
            Col("cars", "integer"),
            Col("left_out", "integer"),
            Col("drafted_by"),
            Col("drafted_at", "datetime"),
            Col("activated_by"),
            Col("activated_at", "datetime"),
        ],
        search=["curve_no", "source"],
        filters=["state", "drafted_at"],
        default_sort="-drafted_at",
        toolbar=["residual_curve_import"],
        row_actions=["residual_curve_activate"],
    )
)
api.listing(
    Listing(
        name="residual_points",
        is_growing=True,
        permission=may.VEHICLE_VIEW,
        queryset=lambda actor: ResidualPoint.objects.filter(curve__state=CurveState.ACTIVE),
        columns=[
            Col("make"),
            Col("series"),
            Col("age_months", "integer"),
            Col("low", "rate"),
            Col("middle", "rate"),
            Col("high", "rate"),
            Col("cars", "integer", is_sortable=False),
        ],
        search=["make", "series"],
        filters=["make", "series", "age_months"],
        default_sort="make",
    )
)
