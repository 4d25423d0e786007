"""What may be refused of inspections; sentences are in the locale catalogues."""

from axle.kernel.errors import AxleError


class InspectionStateRefused(AxleError):
    """The inspection is ``state``: this step comes before or is over."""

    code = "inspection_state_refused"
    http_status = 409


class InspectionOpen(AxleError):
    """The loan has an inspection that is open, or one of today."""

    code = "inspection_open"
    http_status = 409


class InspectionDueRefused(AxleError):
    """An inspection is due today or later."""

    code = "inspection_due_refused"


class InspectorMissing(AxleError):
    """Nobody goes: the loan has no dealer or no account manager."""

    code = "inspector_missing"


class InspectorIsAnother(AxleError):
    """Another person was sent."""

    code = "inspector_is_another"
    http_status = 403


class InspectionDateRefused(AxleError):
    """An inspection is made between the day it was planned and today."""

    code = "inspection_date_refused"


class InspectionPhotosMissing(AxleError):
    """Too few photos of the car are filed."""

    code = "inspection_photos_missing"


class InspectionPlaceMissing(AxleError):
    """Where the car stands is neither located nor told."""

    code = "inspection_place_missing"


class MileageMissing(AxleError):
    """The odometer of a car that was seen is read."""

    code = "mileage_missing"


class ReviewerIsInspector(AxleError):
    """An inspection is reviewed by another person than the one who made it."""

    code = "reviewer_is_inspector"
    http_status = 403
