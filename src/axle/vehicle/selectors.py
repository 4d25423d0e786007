"""Which vehicles an actor may see, and the catalogue."""

from django.db.models import QuerySet

from axle.platform.public import Actor
from axle.vehicle import permissions as may
from axle.vehicle.models import Appraisal, Trim, Vehicle


def vehicles_visible(actor: Actor) -> QuerySet[Vehicle]:
    """The vehicles in the actor's data scope."""
    return actor.scope(may.VEHICLE_VIEW).filter(Vehicle.objects.all(), channel="dealer_id")


def appraisals_visible(actor: Actor) -> QuerySet[Appraisal]:
    """The appraisals of the vehicles in the actor's data scope."""
    return Appraisal.objects.filter(vehicle__in=vehicles_visible(actor))


def latest_appraisal(vehicle_id: int) -> Appraisal | None:
    """The newest appraisal of a vehicle."""
    return Appraisal.objects.filter(vehicle_id=vehicle_id).order_by("-appraised_on", "-pk").first()


def trims_on_sale() -> QuerySet[Trim]:
    """The catalogue as forms offer it."""
    return Trim.objects.filter(is_on_sale=True).order_by("make", "series", "-model_year", "name")
