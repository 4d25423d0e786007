"""What may be refused of early warnings; sentences are in the locale catalogues."""

from axle.kernel.errors import AxleError


class WarningStateRefused(AxleError):
    """The warning is ``state``: this step comes before or is over."""

    code = "warning_state_refused"
    http_status = 409
