"""Conditions that reporting refuses; sentences are in the locale catalogues."""

from axle.kernel.errors import AxleError


class ReportDayMissing(AxleError):
    """The end of the day asked for is not kept; ``last`` is the latest that is."""

    code = "report_day_missing"


class PrintTooLong(AxleError):
    """More rows than a print holds: narrow the report, or take a file."""

    code = "print_too_long"


class RecipientMayNotSee(AxleError):
    """A recipient of the schedule may not see the report."""

    code = "recipient_may_not_see"


class SchedulesTooMany(AxleError):
    """The person has as many active schedules as one may have."""

    code = "schedules_too_many"
    http_status = 409


class DeliveryNotFailed(AxleError):
    """Only a delivery that failed is made again."""

    code = "delivery_not_failed"
    http_status = 409


class SpanTooLong(AxleError):
    """More days than the report works out one by one."""

    code = "span_too_long"
