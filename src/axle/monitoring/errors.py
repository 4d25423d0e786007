"""What monitoring refuses."""

from axle.kernel.errors import AxleError


class RefillDaysWrong(AxleError):
    """The days are not in order, more than a year, or not all closed."""

    code = "refill_days_wrong"


class AlertOver(AxleError):
    """The alert is closed."""

    code = "alert_over"


class AlertAcknowledged(AxleError):
    """Somebody has acknowledged it."""

    code = "alert_acknowledged"
