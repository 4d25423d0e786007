"""The inputs of a contract, sorted by what is to be done with them, so that a case is not asked field by field."""

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from axle.decisioning.domain.canonical import engine_value, stored_value
from axle.decisioning.domain.fields import Field, FieldType, Missing

_WHOLE = (FieldType.INTEGER, FieldType.MONEY)
_STORED_OTHERWISE = (FieldType.RATE, FieldType.DATE, FieldType.LIST, FieldType.RECORD)
_TOLD_OTHERWISE = (FieldType.RATE, FieldType.LIST, FieldType.RECORD)
_ABSENT = object()
Excusable = tuple[str, str]
"""A field, and the condition under which its null means "not applicable"."""


class Shapes:
    """Some fields. Most values are whole numbers, choices and yes or no, which are stored and told as they are."""

    def __init__(self, fields: Sequence[Field]) -> None:
        self.may_be_silent = _excusable(fields, Missing.REFER)
        self.may_not_apply = _excusable(fields, Missing.NOT_APPLICABLE)
        self._names = [field.name for field in fields]
        self._whole = [
            (field, field.name, field.missing is not Missing.REFUSE, *_bounds(field))
            for field in fields
            if field.type in _WHOLE
        ]
        self._chosen = [
            (field, field.name, field.missing is not Missing.REFUSE)
            for field in fields
            if field.type in (FieldType.ENUM, FieldType.BOOL)
        ]
        self._others = [field for field in fields if field.type not in (*_WHOLE, FieldType.ENUM, FieldType.BOOL)]
        self._stored_otherwise = [field for field in fields if field.type in _STORED_OTHERWISE]
        self._told_otherwise = [field for field in fields if field.type in _TOLD_OTHERWISE]

    def doubtful(self, values: Mapping[str, Any]) -> Iterator[Field]:
        """The fields whose value is not seen at a glance to be what they declare."""
        for field, name, may_be_null, low, high in self._whole:
            value = values.get(name, _ABSENT)
            if not (low <= value <= high if type(value) is int else value is None and may_be_null):
                yield field
        for field, name, may_be_null in self._chosen:
            value = values.get(name, _ABSENT)
            if value is None:
                is_fine = may_be_null
            elif type(value) is bool:
                is_fine = field.type is FieldType.BOOL
            else:
                is_fine = type(value) is str and value in field.choices
            if not is_fine:
                yield field
        yield from self._others

    def stored(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Checked values as they are stored; an absent one is null."""
        kept = {name: values.get(name) for name in self._names}
        for field in self._stored_otherwise:
            kept[field.name] = stored_value(field, kept[field.name])
        return kept

    def engine_inputs(self, stored: Mapping[str, Any]) -> dict[str, Any]:
        """Stored values as the engine takes them."""
        told = {name: stored[name] for name in self._names}
        for field in self._told_otherwise:
            told[field.name] = engine_value(field, told[field.name])
        return told


def _excusable(fields: Sequence[Field], missing: Missing) -> list[Excusable]:
    return [(field.name, field.missing_when) for field in fields if field.missing is missing]


def _bounds(field: Field) -> tuple[int, int]:
    """The least and the greatest whole number of a range."""
    assert field.minimum is not None
    assert field.maximum is not None
    return math.ceil(field.minimum), math.floor(field.maximum)
