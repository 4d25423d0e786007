"""Pydantic types for the edges: amounts and rates travel as strings and arrive as exact numbers."""

from decimal import Decimal, InvalidOperation
from typing import Annotated, Any

from pydantic import BeforeValidator, PlainSerializer, WithJsonSchema

from axle.kernel.errors import InvalidAmount, InvalidRate
from axle.kernel.money import Fen, parse_yuan, yuan


class OutsideInt(int):
    """An integer that came in as a JSON number: not fen, so that nobody's 12 yuan become 0.12."""


def _fen(value: Any) -> Fen:
    if isinstance(value, bool | OutsideInt) or not isinstance(value, str | int):
        raise ValueError("invalid_amount")
    if isinstance(value, int):  # already fen: built by our own code; JSON numbers arrive as OutsideInt
        return Fen(value)
    try:
        return parse_yuan(value)
    except InvalidAmount as error:
        raise ValueError("invalid_amount") from error


def parse_rate(value: Any) -> Decimal:
    """Read a decimal fraction (``"0.0899"``). Errors: InvalidRate for floats, text and non-finite values."""
    if isinstance(value, bool | float):
        raise InvalidRate(value=str(value))
    try:
        rate = Decimal(value)
    except (InvalidOperation, TypeError, ValueError) as error:
        raise InvalidRate(value=str(value)[:40]) from error
    if not rate.is_finite():
        raise InvalidRate(value=str(value)[:40])
    return rate


def _rate(value: Any) -> Decimal:
    try:
        return parse_rate(value)
    except InvalidRate as error:
        raise ValueError("invalid_rate") from error


Yuan = Annotated[
    Fen,
    BeforeValidator(_fen),
    PlainSerializer(yuan, return_type=str, when_used="json"),
    WithJsonSchema({"type": "string", "format": "yuan", "pattern": r"^-?\d{1,14}(\.\d{1,2})?$"}),
]
"""Fen inside, a yuan string such as ``"1234.50"`` in JSON."""

ApiPath = Annotated[str, WithJsonSchema({"type": "string", "format": "api-path"})]
"""Where below ``/api/v1`` a file is read, such as ``/loan-changes/BG20261127000001/file``."""

RateStr = Annotated[
    Decimal,
    BeforeValidator(_rate),
    PlainSerializer(lambda rate: format(rate.normalize(), "f"), return_type=str, when_used="json"),
    WithJsonSchema({"type": "string", "format": "rate", "pattern": r"^-?\d+(\.\d+)?$"}),
]
"""A Decimal annual fraction inside, a string such as ``"0.0899"`` in JSON."""
