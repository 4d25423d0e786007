"""The types that flow through a strategy, and the type of an expression over them.

The engine compares a number with a text, or null with anything, by silently not matching. So every
comparison is typed before publishing, an enum is compared only with its own choices, and a nullable value
must be tested (``x != null and x > 5``, ``x == null ? null : x * 2``) before it is compared or calculated
with.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeAlias

from axle.decisioning.domain.fields import Field, FieldType, Missing


class Kind(StrEnum):
    """What a value is to the engine; ``moment`` is a date read by ``d()``; ``any`` is only shown, never
    compared."""

    NUMBER = "number"
    TEXT = "text"
    BOOL = "bool"
    DATE = "date"
    MOMENT = "moment"
    LIST = "list"
    RECORD = "record"
    NULL = "null"
    ANY = "any"


class TypeFault(Exception):
    """An expression does not fit the types it reads; the message says where."""


@dataclass(frozen=True)
class Type:
    """A kind, whether it may be null, an enum's choices, a list's item, a record's fields."""

    kind: Kind
    is_nullable: bool = False
    choices: frozenset[str] | None = None
    item: "Type | None" = None
    fields: "Mapping[str, Type] | None" = None

    def __str__(self) -> str:
        return f"{self.kind}{' or null' if self.is_nullable else ''}"


Scope: TypeAlias = Mapping[str, Type]
NUMBER = Type(Kind.NUMBER)
BOOL = Type(Kind.BOOL)
TEXT = Type(Kind.TEXT)
MOMENT = Type(Kind.MOMENT)
NULL = Type(Kind.NULL, is_nullable=True)
ANY = Type(Kind.ANY, is_nullable=True)
_KINDS = {
    FieldType.INTEGER: Kind.NUMBER,
    FieldType.MONEY: Kind.NUMBER,
    FieldType.RATE: Kind.NUMBER,
    FieldType.TEXT: Kind.TEXT,
    FieldType.ENUM: Kind.TEXT,
    FieldType.BOOL: Kind.BOOL,
    FieldType.DATE: Kind.DATE,
    FieldType.LIST: Kind.LIST,
    FieldType.RECORD: Kind.RECORD,
}


def field_type(field: Field) -> Type:
    """The type of a contract field inside the engine."""
    return Type(
        kind=_KINDS[field.type],
        is_nullable=field.missing is not Missing.REFUSE,
        choices=frozenset(field.choices) if field.type is FieldType.ENUM else None,
        item=field_type(field.items) if field.items else None,
        fields={part.name: field_type(part) for part in field.fields} or None,
    )


def unified(first: Type, second: Type) -> Type:
    """The type that holds both. Errors: TypeFault when the kinds differ."""
    is_nullable = first.is_nullable or second.is_nullable
    if first.kind is Kind.NULL:
        return replace(second, is_nullable=True)
    if second.kind is Kind.NULL:
        return replace(first, is_nullable=True)
    if first.kind is not second.kind:
        raise TypeFault(f"{first.kind} here and {second.kind} there")
    choices = None if first.choices is None or second.choices is None else first.choices | second.choices
    return Type(first.kind, is_nullable, choices, _unified_item(first, second), _unified_fields(first, second))


def _unified_item(first: Type, second: Type) -> Type | None:
    if first.item is None or second.item is None:
        return first.item or second.item
    return unified(first.item, second.item)


def _unified_fields(first: Type, second: Type) -> Mapping[str, Type] | None:
    if first.fields is None or second.fields is None:
        return None
    names = [*first.fields, *(name for name in second.fields if name not in first.fields)]
    return {name: unified(first.fields.get(name, NULL), second.fields.get(name, NULL)) for name in names}


def fits(found: Type, wanted: Type) -> bool:
    """Whether a found type may be used where ``wanted`` is declared."""
    if wanted.kind is Kind.ANY:
        return True
    if found.is_nullable and not wanted.is_nullable:
        return False
    if found.kind is Kind.NULL:
        return True
    if found.kind is not wanted.kind or not _choices_fit(found, wanted):
        return False
    return _item_fits(found, wanted) and _fields_fit(found, wanted)


def _choices_fit(found: Type, wanted: Type) -> bool:
    if wanted.choices is None:
        return True
    return found.choices is not None and found.choices <= wanted.choices


def _item_fits(found: Type, wanted: Type) -> bool:
    return found.item is None or wanted.item is None or fits(found.item, wanted.item)


def _fields_fit(found: Type, wanted: Type) -> bool:
    if found.fields is None or wanted.fields is None:
        return wanted.fields is None
    return all(fits(found.fields.get(name, NULL), part) for name, part in wanted.fields.items())
