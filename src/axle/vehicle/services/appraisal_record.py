"""Recording what a person found a car to be worth, and what vendors of values and our curves say of it."""

from collections.abc import Mapping

from django.utils import timezone

from axle.kernel.money import Fen
from axle.platform.errors import NotFound
from axle.platform.public import Actor, business_date, created, prepared_cursor
from axle.vehicle.errors import AppraisalImplausible
from axle.vehicle.models import Appraisal, Vehicle


def appraisal_record(*, actor: Actor, vehicle_id: int, value: Fen, condition: str, note: str) -> Appraisal:
    """Add an appraisal. Errors: NotFound, AppraisalImplausible (not above zero, or over twice the price)."""
    vehicle = Vehicle.objects.select_for_update().filter(pk=vehicle_id).first()
    if vehicle is None:
        raise NotFound(field="vehicle_id", what="vehicle")
    if not 0 < value <= 2 * vehicle.price:
        raise AppraisalImplausible(field="value")
    return created(
        Appraisal.objects.create(
            vehicle=vehicle,
            value=value,
            condition=condition,
            note=note,
            appraised_on=business_date(),
            appraiser_name=actor.name,
            appraiser_id=actor.user_id,
        )
    )


def appraisals_told(vehicle_id: int, told: Mapping[str, Fen]) -> None:
    """Keep what was said today that a car is worth, by ``AppraisalSource``; what is kept of today stays.

    It stands beside the appraisals of people and is no base of lending: policy judges how far they are apart.
    """
    values = {source: value for source, value in told.items() if value > 0}
    if values:
        with prepared_cursor() as cursor:
            today, now = business_date(), timezone.now()
            cursor.execute(_TOLD, [vehicle_id, today, now, list(values), list(values.values())])


_TOLD = """
INSERT INTO vehicle_appraisal
    (vehicle_id, source, value, condition, note, appraised_on, appraiser_name, created_at)
SELECT %s, told.source, told.value, '', '', %s, '', %s FROM unnest(%s::text[], %s::bigint[]) AS told (source, value)
ON CONFLICT DO NOTHING
"""
