"""What an inspector saw, beside the car or looking for it (贷后检查登记)."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from axle.documents.public import CapturedDocumentView, captured_documents
from axle.platform.public import Actor, Subject, business_date, parameter_value
from axle.servicing.domain.inspections import FoundSignal
from axle.servicing.errors import (
    InspectionDateRefused,
    InspectionPhotosMissing,
    InspectionPlaceMissing,
    InspectorIsAnother,
    MileageMissing,
)
from axle.servicing.models import CarCondition, Inspection, InspectionState, InspectorKind
from axle.servicing.parameters import INSPECTION_PHOTOS
from axle.servicing.services.inspection_plan import inspection_locked

SUBJECT = "inspection"
PHOTO_KINDS = ("inspection_photo", "vehicle_photo", "vin_plate")
"""Kinds of pictures that show the car."""


@dataclass(frozen=True)
class InspectionReport:
    """What was found; ``position`` is latitude and longitude in degrees, as text."""

    inspected_on: date
    condition: str
    opinion: str
    mileage_km: int | None = None
    position: tuple[str, str] | None = None
    place: str = ""
    signals: tuple[str, ...] = ()
    suggested_class: str = ""


def inspection_submit(*, actor: Actor, inspection_no: str, report: InspectionReport) -> Inspection:
    """Hand in an inspection for review.

    Errors: NotFound, InspectionStateRefused, InspectorIsAnother, InspectionDateRefused, InspectionPhotosMissing,
    InspectionPlaceMissing, MileageMissing.
    """
    inspection = inspection_locked(inspection_no, InspectionState.PLANNED, InspectionState.RETURNED)
    inspector_checked(actor, inspection)
    if not inspection.planned_on <= report.inspected_on <= business_date():
        raise InspectionDateRefused(field="inspected_on", planned_on=inspection.planned_on.isoformat())
    _complete(inspection, report)
    for name in ("inspected_on", "condition", "mileage_km", "opinion", "suggested_class"):
        setattr(inspection, name, getattr(report, name))
    inspection.signals, inspection.place = list(report.signals), report.place or None
    inspection.position = ",".join(report.position) if report.position else None
    inspection.found = signals_found(inspection)
    if inspection.inspector_id is None:
        inspection.inspector_id = actor.employee_id
    inspection.state, inspection.closing_reason = InspectionState.SUBMITTED, ""
    inspection.submitted_by_id, inspection.submitted_by = actor.user_id, actor.name
    inspection.submitted_at = timezone.now()
    inspection.save()
    return inspection


def inspector_checked(actor: Actor, inspection: Inspection) -> None:
    """Only who was sent tells what was seen. Errors: InspectorIsAnother."""
    if not is_inspector(actor, inspection):
        raise InspectorIsAnother()


def is_inspector(actor: Actor, inspection: Inspection) -> bool:
    """Whether an inspection is a person's: their own, their dealer's, or one of the field staff's that nobody has."""
    if inspection.inspector_kind == InspectorKind.DEALER:
        return actor.kind == "dealer"
    return actor.kind == "staff" and inspection.inspector_id in (None, actor.employee_id)


def _complete(inspection: Inspection, report: InspectionReport) -> None:
    if report.condition == CarCondition.NOT_SEEN:
        return
    least = parameter_value(INSPECTION_PHOTOS.code, legal_entity_id=inspection.legal_entity_id)
    if len(_photos(inspection)) < least:
        raise InspectionPhotosMissing(least=least)
    if report.position is None and not report.place:
        raise InspectionPlaceMissing(field="place")
    if report.mileage_km is None:
        raise MileageMissing(field="mileage_km")


def _photos(inspection: Inspection) -> list[CapturedDocumentView]:
    return [row for row in captured_documents(Subject(SUBJECT, inspection.pk)) if row.kind in PHOTO_KINDS]


def signals_found(inspection: Inspection) -> list[str]:
    """What stands out in what was handed in; recognition may find more after it."""
    photos, vin = _photos(inspection), inspection.loan.vehicle.vin
    read = [str(photo.values["vin"]) for photo in photos if photo.kind == "vin_plate" and photo.values.get("vin")]
    earlier = inspection.loan.inspections.filter(mileage_km__isnull=False, planned_on__lt=inspection.planned_on)
    most = earlier.order_by("-mileage_km").values_list("mileage_km", flat=True).first()
    signals = {
        FoundSignal.MILEAGE_BACK: inspection.mileage_km is not None
        and most is not None
        and inspection.mileage_km < most,
        FoundSignal.VIN_DIFFERS: any(text != vin for text in read),
        FoundSignal.PHOTO_USED_BEFORE: any(photo.duplicate_of for photo in photos),
    }
    return [name.value for name, is_so in signals.items() if is_so]
