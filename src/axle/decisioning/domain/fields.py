"""One declared field of an input or result contract, and the check of a value against it."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, StringConstraints, model_validator

from axle.decisioning.domain.faults import FaultCode
from axle.kernel.identifiers import is_bank_card, is_mobile, is_resident_id

MAX_EXACT_INTEGER = 2**53 - 1
"""Numbers cross the engine's border as doubles; integers up to this are exact."""

MOST_ITEMS = 1000
"""Items of a list: what a case says is kept with every decision."""

FieldName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,59}$")]


class FieldType(StrEnum):
    """What a value is; ``money`` is an integer of fen, ``rate`` a decimal fraction with at most 8 places."""

    INTEGER = "integer"
    MONEY = "money"
    RATE = "rate"
    TEXT = "text"
    ENUM = "enum"
    BOOL = "bool"
    DATE = "date"
    LIST = "list"
    RECORD = "record"


class Missing(StrEnum):
    """What an explicit null means: refused; nobody answered, so a person decides; not applicable to this case."""

    REFUSE = "refuse"
    REFER = "refer"
    NOT_APPLICABLE = "not_applicable"


class Words(BaseModel):
    """The same wording in Chinese and English."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    zh: str
    en: str


class Field(BaseModel):
    """A declared field. ``missing_when`` is the condition under which null means "not applicable"; where a null means
    ``refer``, it does so in all other cases (a source that was asked and gave no answer)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: FieldName
    type: FieldType
    words: Words
    unit: str = ""
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    pattern: str = ""
    max_length: int = 0
    choices: Mapping[str, Words] = {}
    items: "Field | None" = None
    max_items: int = 0
    fields: tuple["Field", ...] = ()
    missing: Missing = Missing.REFUSE
    missing_when: str = ""

    @model_validator(mode="after")
    def _is_complete(self) -> Self:
        gap = _REQUIRED[self.type](self)
        if gap:
            raise ValueError(f"{self.name}: {self.type} needs {gap}")
        if self.missing is Missing.NOT_APPLICABLE and not self.missing_when:
            raise ValueError(f"{self.name}: not_applicable goes with missing_when")
        if self.missing is Missing.REFUSE and self.missing_when:
            raise ValueError(f"{self.name}: missing_when says when null is no fault, so null must be allowed")
        return self


def _range_gap(field: Field) -> str:
    if field.minimum is None or field.maximum is None:
        return "minimum and maximum"
    if field.minimum > field.maximum:
        return "a minimum that is not above its maximum"
    return "" if abs(field.minimum) <= MAX_EXACT_INTEGER >= abs(field.maximum) else "a range below 2^53"


def _text_gap(field: Field) -> str:
    try:
        re.compile(field.pattern)
    except re.error:
        return "a pattern that can be read"
    return "" if field.pattern and field.max_length > 0 else "pattern and max_length"


def _list_gap(field: Field) -> str:
    if field.items is None or not 0 < field.max_items <= MOST_ITEMS:
        return f"items and max_items up to {MOST_ITEMS}"
    return "" if field.items.missing is Missing.REFUSE else "items that are never missing"


def _record_gap(field: Field) -> str:
    names = [part.name for part in field.fields]
    return "" if names and len(set(names)) == len(names) else "fields, each once"


_REQUIRED: Mapping[FieldType, Callable[[Field], str]] = {
    FieldType.INTEGER: _range_gap,
    FieldType.MONEY: _range_gap,
    FieldType.RATE: _range_gap,
    FieldType.TEXT: _text_gap,
    FieldType.ENUM: lambda field: "" if field.choices else "choices",
    FieldType.BOOL: lambda field: "",
    FieldType.DATE: lambda field: "",
    FieldType.LIST: _list_gap,
    FieldType.RECORD: _record_gap,
}


def value_fault(field: Field, value: Any) -> FaultCode | None:
    """The first fault of a value that is present (not null), or None."""
    return _CHECKS[field.type](field, value)


def as_rate(value: Any) -> Decimal | None:
    """A decimal fraction out of a Decimal, an int, a double or its text; None when it is not one."""
    if isinstance(value, bool):
        return None
    try:
        rate = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    except (InvalidOperation, TypeError, ValueError):
        return None
    return rate if rate.is_finite() else None


def _number_check(field: Field, value: Any) -> FaultCode | None:
    if isinstance(value, bool) or not isinstance(value, int):
        return FaultCode.INPUT_WRONG_TYPE
    return _range_check(field, Decimal(value))


def _rate_check(field: Field, value: Any) -> FaultCode | None:
    rate = as_rate(value)
    return FaultCode.INPUT_WRONG_TYPE if rate is None else _range_check(field, rate)


def _range_check(field: Field, value: Decimal) -> FaultCode | None:
    assert field.minimum is not None
    assert field.maximum is not None
    return None if field.minimum <= value <= field.maximum else FaultCode.INPUT_OUT_OF_RANGE


def _text_check(field: Field, value: Any) -> FaultCode | None:
    if not isinstance(value, str):
        return FaultCode.INPUT_WRONG_TYPE
    if is_resident_id(value) or is_mobile(value) or is_bank_card(value):
        return FaultCode.INPUT_PERSONAL_DATA
    if len(value) > field.max_length or not re.fullmatch(field.pattern, value):
        return FaultCode.INPUT_OUT_OF_RANGE
    return None


def _enum_check(field: Field, value: Any) -> FaultCode | None:
    if not isinstance(value, str):
        return FaultCode.INPUT_WRONG_TYPE
    return None if value in field.choices else FaultCode.INPUT_NOT_A_CHOICE


def _bool_check(field: Field, value: Any) -> FaultCode | None:
    return None if isinstance(value, bool) else FaultCode.INPUT_WRONG_TYPE


def _date_check(field: Field, value: Any) -> FaultCode | None:
    if type(value) is date:
        return None
    try:
        is_iso = isinstance(value, str) and date.fromisoformat(value).isoformat() == value
    except ValueError:
        is_iso = False
    return None if is_iso else FaultCode.INPUT_WRONG_TYPE


def _list_check(field: Field, value: Any) -> FaultCode | None:
    assert field.items is not None
    if not isinstance(value, list | tuple):
        return FaultCode.INPUT_WRONG_TYPE
    if len(value) > field.max_items:
        return FaultCode.INPUT_OUT_OF_RANGE
    faults = (FaultCode.INPUT_WRONG_TYPE if item is None else value_fault(field.items, item) for item in value)
    return next((fault for fault in faults if fault), None)


def _record_check(field: Field, value: Any) -> FaultCode | None:
    if not isinstance(value, Mapping) or set(value) - {part.name for part in field.fields}:
        return FaultCode.INPUT_WRONG_TYPE
    return next((fault for part in field.fields if (fault := _part_check(part, value.get(part.name)))), None)


def _part_check(part: Field, value: Any) -> FaultCode | None:
    if value is None:
        return FaultCode.INPUT_MISSING if part.missing is Missing.REFUSE else None
    return value_fault(part, value)


_CHECKS: Mapping[FieldType, Callable[[Field, Any], FaultCode | None]] = {
    FieldType.INTEGER: _number_check,
    FieldType.MONEY: _number_check,
    FieldType.RATE: _rate_check,
    FieldType.TEXT: _text_check,
    FieldType.ENUM: _enum_check,
    FieldType.BOOL: _bool_check,
    FieldType.DATE: _date_check,
    FieldType.LIST: _list_check,
    FieldType.RECORD: _record_check,
}
