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
