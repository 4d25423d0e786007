"""What vehicle refuses."""

from axle.kernel.errors import AxleError


class UsedVehicleIncomplete(AxleError):
    """A used car needs its first registration date and mileage."""

    code = "used_vehicle_incomplete"


class VehicleDatesRefused(AxleError):
    """The first registration lies in the future."""

    code = "vehicle_dates_refused"


class AppraisalImplausible(AxleError):
    """An appraisal above twice the price, or of nothing, is a slip of the pen."""

    code = "appraisal_implausible"
