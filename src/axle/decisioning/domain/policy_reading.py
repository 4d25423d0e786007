"""A policy value as people write and read it: amounts in yuan, rates as decimal fractions or percent."""

from decimal import Decimal, InvalidOperation

from axle.decisioning.domain.canonical import rate_text
from axle.decisioning.domain.fields import Field, FieldType, as_rate, value_fault
from axle.decisioning.domain.policy import Stored
from axle.kernel.errors import AxleError
from axle.kernel.money import parse_yuan, yuan

_YES_NO = {"true": True, "false": False, "是": True, "否": False, "1": True, "0": False}


def value_read(field: Field, text: str) -> Stored | None:
    """A written value in stored form; None when it is not one of the parameter, or lies outside its bounds."""
    value = _read(field.type, text.strip())
    return None if value is None or value_fault(field, value) else value


def _read(kind: FieldType, text: str) -> Stored | None:
    try:
        if kind is FieldType.BOOL:
            return _YES_NO.get(text.lower())
        if kind is FieldType.MONEY:
            return int(parse_yuan(text))
        if kind is FieldType.RATE:
            return rate_text(Decimal(text[:-1]) / 100 if text.endswith("%") else Decimal(text))
        return int(text)
    except (ValueError, InvalidOperation, AxleError):
        return None


def value_shown(kind: FieldType, value: Stored | None) -> str:
    """A stored value in the way in which ``value_read`` takes it."""
    if value is None:
        return ""
    if kind is FieldType.MONEY:
        return yuan(int(value))
    return str(value).lower() if isinstance(value, bool) else str(value)


def value_of_number(field: Field, number: float | int) -> Stored | None:
    """A calculated number in stored form; None when it does not fit the parameter."""
    rate = as_rate(number)
    if rate is None:
        return None
    value: Stored = rate_text(rate) if field.type is FieldType.RATE else int(rate)
    is_whole = field.type is FieldType.RATE or rate == int(rate)
    return value if is_whole and value_fault(field, value) is None else None
