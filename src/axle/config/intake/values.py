"""One text of a file as a value: amounts, rates, whole numbers, months, choices.

A text that means "nobody said" becomes None; it is never read as zero.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any, Literal

from axle.config.intake.faults import Fault
from axle.kernel.errors import AxleError
from axle.kernel.money import parse_yuan
from axle.kernel.types import parse_rate

Kind = Literal["yuan", "rate", "integer", "month", "choice", "flag", "text"]
MAX_RATE_PLACES = 8
_WHOLE = re.compile(r"-?\d{1,18}", re.ASCII)
_MONTH = re.compile(r"(\d{2})/(\d{4})", re.ASCII)
_FLAGS = {"true": True, "false": False}


class Unreadable(Exception):
    """The text is not a value of its kind; carries the code of the fault."""


def _yuan(text: str) -> Any:
    try:
        return parse_yuan(text)
    except AxleError as error:
        raise Unreadable("not_an_amount") from error


def _rate(text: str) -> Any:
    try:
        return parse_rate(text)
    except AxleError as error:
        raise Unreadable("not_a_rate") from error


def _integer(text: str) -> Any:
    if not _WHOLE.fullmatch(text):
        raise Unreadable("not_a_whole_number")
    return int(text)


def _month(text: str) -> Any:
    match = _MONTH.fullmatch(text)
    if match is None or not 1 <= int(match[1]) <= 12 or int(match[2]) < 1900:
        raise Unreadable("not_a_month")
    return date(int(match[2]), int(match[1]), 1)


def _flag(text: str) -> Any:
    if text.lower() not in _FLAGS:
        raise Unreadable("not_a_flag")
    return _FLAGS[text.lower()]


_READERS: Mapping[Kind, Callable[[str], Any]] = {
    "yuan": _yuan,
    "rate": _rate,
    "integer": _integer,
    "month": _month,
    "flag": _flag,
    "text": str,
    "choice": str,
}


def value_read(text: str, kind: Kind) -> Any:
    """The value of a text. Errors: Unreadable. Months are the first of the month; rates are exact decimals."""
    return _READERS[kind](text)


def rate_rounded(rate: Decimal, places: int) -> Decimal:
    """A rate without the noise that a double left behind its last place."""
    return rate.quantize(Decimal(1).scaleb(-places), ROUND_HALF_EVEN)


def range_fault(column: str, value: Any, minimum: Any, maximum: Any) -> Fault | None:
    """A value outside its bounds; None as a bound is open."""
    if minimum is not None and value < minimum:
        return Fault("too_small", column, {"minimum": minimum})
    if maximum is not None and value > maximum:
        return Fault("too_large", column, {"maximum": maximum})
    return None
