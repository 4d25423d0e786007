"""What channel refuses."""

from axle.kernel.errors import AxleError


class DealerNotActive(AxleError):
    """The dealer is pending, suspended or has left: it may not submit or be paid."""

    code = "dealer_not_active"
    http_status = 409


class DealerHasNoAccount(AxleError):
    """No settlement account has been entered and checked yet."""

    code = "dealer_has_no_account"
    http_status = 409


class DealerMoveRefused(AxleError):
    """A dealer in ``state`` cannot become ``to``."""

    code = "dealer_move_refused"
    http_status = 409


class ControlEndRefused(AxleError):
    """A control ends on a day from today to a year from now."""

    code = "control_end_refused"


class ControlIncomplete(AxleError):
    """A level that asks people names extra checks; one that limits names a number of cases, and only that one does."""

    code = "control_incomplete"


class DealerNotControlled(AxleError):
    """The dealer is under no control that could be ended."""

    code = "dealer_not_controlled"
    http_status = 409
