"""Conditions that reporting refuses; sentences are in the locale catalogues."""

from axle.kernel.errors import AxleError


class ReportDayMissing(AxleError):
    """The end of the day asked for is not kept; ``last`` is the latest that is."""

    code = "report_day_missing"


class PrintTooLong(AxleError):
    """More rows than a print holds: narrow the report, or take a file."""

    code = "print_too_long"
