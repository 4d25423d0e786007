"""What servicing refuses."""

from axle.kernel.errors import AxleError


class LoanNotInForce(AxleError):
    """The loan is settled: it takes no more receipts, fees or quotes."""

    code = "loan_not_in_force"
    http_status = 409


class ReceiptDateInFuture(AxleError):
    """The value date lies after the business date."""

    code = "receipt_date_in_future"


class ReceiptBeforeDisbursement(AxleError):
    """The value date lies before the loan began."""

    code = "receipt_before_disbursement"


class ReceiptPeriodClosed(AxleError):
    """The value date lies in a month whose books are closed."""

    code = "receipt_period_closed"
    http_status = 409


class ReceiptStateRefused(AxleError):
    """The receipt is ``state``: this step comes before or is over."""

    code = "receipt_state_refused"
    http_status = 409


class ReceiptAlreadyEntered(AxleError):
    """A receipt with this bank serial number is already there."""

    code = "receipt_already_entered"
    http_status = 409


class ConfirmerIsRegistrar(AxleError):
    """Registration and finance confirmation need two people."""

    code = "confirmer_is_registrar"
    http_status = 403


class PayoffQuoteExpired(AxleError):
    """The quote's dates have passed or the loan has changed since; make a new one."""

    code = "payoff_quote_expired"
    http_status = 409


class PayoffAmountWrong(AxleError):
    """A payoff is paid with exactly the quoted amount."""

    code = "payoff_amount_wrong"


class PayoffDateRefused(AxleError):
    """A quote is for the business date or a day soon after."""

    code = "payoff_date_refused"


class LoanNotSettled(AxleError):
    """A payoff letter is for settled loans only."""

    code = "loan_not_settled"
    http_status = 409
