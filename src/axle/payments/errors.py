"""Conditions that payments refuses; sentences are in the locale catalogues."""

from axle.kernel.errors import AxleError


class BankChannelUnknown(AxleError):
    """No adapter is installed for the bank channel."""

    code = "bank_channel_unknown"


class BankUnavailable(AxleError):
    """The bank could not be reached or its answer could not be trusted; nothing was changed."""

    code = "bank_unavailable"
    http_status = 503


class BankNoticeRefused(AxleError):
    """A call-back that is unsigned, wrongly signed or unreadable."""

    code = "bank_notice_refused"
    http_status = 403


class BankAccountMissing(AxleError):
    """The legal entity has no active bank account to pay from."""

    code = "bank_account_missing"


class PayoutAmountInvalid(AxleError):
    """A payout is more than zero."""

    code = "payout_amount_invalid"


class PayeeIncomplete(AxleError):
    """The payee needs name, bank and account number."""

    code = "payee_incomplete"


class PayoutRequestReused(AxleError):
    """The same request number came with other content."""

    code = "payout_request_reused"
    http_status = 409


class PaymentOrderNotRetryable(AxleError):
    """Only a failed order can be paid again, and only once."""

    code = "payment_order_not_retryable"
    http_status = 409


class PaymentOrderFinal(AxleError):
    """The order has ended; there is nothing to ask the bank."""

    code = "payment_order_final"
    http_status = 409
