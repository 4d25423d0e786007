"""Conditions that messaging refuses; sentences are in the locale catalogues."""

from axle.kernel.errors import AxleError


class SmsGatewayMissing(AxleError):
    """No provider is installed."""

    code = "sms_gateway_missing"
    http_status = 503


class SmsReportRefused(AxleError):
    """A status report that is unsigned, wrongly signed or unreadable."""

    code = "sms_report_refused"
    http_status = 403


class SmsTemplateUnknown(AxleError):
    """No active template has this code."""

    code = "sms_template_unknown"


class SmsVariableMissing(AxleError):
    """The template needs a variable that was not given."""

    code = "sms_variable_missing"


class CodeWrong(AxleError):
    """The code is not the one that was sent; ``left`` attempts remain."""

    code = "code_wrong"


class CodeExpired(AxleError):
    """No code was sent, or it is too old or already used."""

    code = "code_expired"


class CodeAttemptsExceeded(AxleError):
    """Too many wrong attempts; a new code is needed."""

    code = "code_attempts_exceeded"


class CodeSentTooSoon(AxleError):
    """A code was sent a moment ago; wait ``seconds``."""

    code = "code_sent_too_soon"
    http_status = 429


class CodeDailyLimitReached(AxleError):
    """This phone has had its codes for today."""

    code = "code_daily_limit_reached"
    http_status = 429


class SmsTemplateInvalid(AxleError):
    """The text uses a variable that this template does not have, or is badly formed."""

    code = "sms_template_invalid"


class SmsPhoneInvalid(AxleError):
    """Text messages go to mainland mobile numbers only."""

    code = "sms_phone_invalid"
