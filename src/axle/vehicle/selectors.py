"""Which vehicles an actor may see, and the catalogue."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Protocol

from django.db.models import Q, QuerySet
from django.utils.timezone import localdate

from axle.kernel.dates import add_months
from axle.kernel.money import Fen
from axle.kernel.rounding import round_fen
from axle.platform.public import Actor, Compiled
from axle.vehicle import permissions as may
from axle.vehicle.domain.residual import AGES, CurvePoint, worth_at
from axle.vehicle.models import Appraisal, AppraisalSource, CurveState, ResidualCurve, ResidualPoint, Trim, Vehicle


def vehicles_visible(actor: Actor) -> QuerySet[Vehicle]:
    """The vehicles in the actor's data scope."""
    return actor.scope(may.VEHICLE_VIEW).filter(Vehicle.objects.all(), channel="dealer_id")


def appraisals_visible(actor: Actor) -> QuerySet[Appraisal]:
    """The appraisals of the vehicles in the actor's data scope."""
    return Appraisal.objects.filter(vehicle__in=vehicles_visible(actor))


def latest_appraisal(vehicle_id: int) -> Appraisal | None:
    """The newest appraisal of a vehicle by a person who saw it."""
    return _APPRAISED.first(vehicle_id)


_APPRAISED = Compiled(
    lambda vehicle_id: Appraisal.objects.filter(vehicle_id=vehicle_id, source=AppraisalSource.PERSON).order_by(
        "-appraised_on", "-pk"
    )[:1]
)


def trims_on_sale() -> QuerySet[Trim]:
    """The catalogue as forms offer it."""
    return Trim.objects.filter(is_on_sale=True).order_by("make", "series", "-model_year", "name")


FORECAST_MONTHS = (0, 6, 12, 18, 24, 30, 36, 48, 60)
"""Months from today at which a car's value is forecast."""


@dataclass(frozen=True)
class ForecastValue:
    """What a car is expected to bring on a day: the tenth, the middle and the ninetieth of a hundred like it."""

    on: date
    age_months: int
    low: Fen
    middle: Fen
    high: Fen


@dataclass(frozen=True)
class ResidualForecast:
    """The values to come of a car. ``level`` tells whose prices they follow: ``series``, ``make`` or ``all`` cars."""

    curve_no: str
    source: str
    level: str
    cars: int
    values: list[ForecastValue]


class Model(Protocol):
    """A variant of the catalogue: the row or its view."""

    @property
    def make(self) -> str: ...
    @property
    def series(self) -> str: ...
    @property
    def guide_price(self) -> int: ...


_POINTS = Compiled(
    lambda make, series: ResidualPoint.objects.filter(
        Q(make="") | Q(make=make, series="") | Q(make=make, series=series), curve__state=CurveState.ACTIVE
    ).values_list("make", "series", "age_months", "low", "middle", "high", "cars", "curve__curve_no", "curve__source")
)


def residual_forecast(
    trim: Model, first_registered_on: date | None, on: date, *, months: Sequence[int] = FORECAST_MONTHS
) -> ResidualForecast | None:
    """What a car will be worth so many months from a day, by the curves in force; None without curves. One query."""
    rows = _POINTS.rows(trim.make, trim.series)
    points = [CurvePoint(*row[:-2]) for row in rows]
    since = first_registered_on or on
    age = max(0, (on.year - since.year) * 12 + on.month - since.month)
    found = [worth_at(points, age + ahead) for ahead in months]
    worths = [worth for worth in found if worth]
    if not worths:
        return None
    values = [
        ForecastValue(
            add_months(on, ahead),
            age + ahead,
            *(round_fen(Decimal(trim.guide_price) * share) for share in (worth.low, worth.middle, worth.high)),
        )
        for ahead, worth in zip(months, worths, strict=True)
    ]
    *_point, curve_no, source = rows[0]
    return ResidualForecast(curve_no, source, worths[0].level, worths[0].cars, values)


@dataclass(frozen=True)
class ResidualShare:
    """What is left of the guide price of a series at every month of age, the middle value.

    ``is_own``: by prices of its series or make.
    """

    make: str
    series: str
    middles: Sequence[Decimal]
    is_own: bool


@dataclass(frozen=True)
class ResidualShares:
    """The curves in force for every series of the catalogue, and the day on which they were made."""

    made_on: date
    shares: list[ResidualShare]


def residual_shares() -> ResidualShares | None:
    """What is left of the guide price of every series of the catalogue; None without curves."""
    curve = ResidualCurve.objects.filter(state=CurveState.ACTIVE).first()
    if curve is None:
        return None
    points: dict[tuple[str, str], list[CurvePoint]] = {}
    for row in curve.points.values_list("make", "series", "age_months", "low", "middle", "high", "cars"):
        points.setdefault(row[:2], []).append(CurvePoint(*row))
    courses = {key: _course(found) for key, found in points.items()}
    shares = []
    for make, series in Trim.objects.order_by().values_list("make", "series").distinct():
        known = [key for key in ((make, series), (make, ""), ("", "")) if key in courses]
        for key in known[:1]:
            shares.append(ResidualShare(make, series, courses[key], is_own=key[0] != ""))
    return ResidualShares(localdate(curve.drafted_at), shares)


def _course(points: list[CurvePoint]) -> list[Decimal]:
    """The middle value at every month of age."""
    worths = (worth_at(points, age) for age in range(AGES[-1] + 1))
    return [worth.middle for worth in worths if worth]
