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


class PriceFileUnreadable(AxleError):
    """A file of used-car prices lacks a column or holds a line that cannot be read; ``line`` counts from the head."""

    code = "price_file_unreadable"


class TooFewPrices(AxleError):
    """Curves need more cars; ``cars`` were usable, ``needed`` are."""

    code = "too_few_prices"


class CurveIsActive(AxleError):
    """The curves are those in force."""

    code = "curve_is_active"
