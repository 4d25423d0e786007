"""The error base: a broken condition with a code; the sentence is in the locale catalogues."""

from typing import Any, ClassVar


class AxleError(Exception):
    """A refusal that a person can act on.

    ``code`` names the broken condition and keys the message catalogue; ``field`` points at the input that
    broke it; ``params`` fill the message.
    """

    code: ClassVar[str] = "axle_error"
    http_status: ClassVar[int] = 422

    def __init__(self, *, field: str | None = None, **params: Any) -> None:
        super().__init__(self.code, params)
        self.field = field
        self.params = params

    def __str__(self) -> str:
        details = ", ".join(f"{name}={value}" for name, value in self.params.items())
        return f"{self.code}({details})"


class InvalidAmount(AxleError):
    """The text is not an amount of yuan with at most two decimals."""

    code = "invalid_amount"


class InvalidRate(AxleError):
    """The text is not a decimal fraction in the allowed range."""

    code = "invalid_rate"


class InvalidIdentifier(AxleError):
    """An identifier fails its own check digit or form; ``kind`` says which."""

    code = "invalid_identifier"


class InvalidDate(AxleError):
    """The text is not a date of the form 2026-11-22."""

    code = "invalid_date"


class UnknownCalendar(AxleError):
    """No holiday calendar has this name."""

    code = "unknown_calendar"
