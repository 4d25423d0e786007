"""The operation log as people read it: field by field, with names instead of keys of other rows."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models

_NAMES = ("name", "display_name", "title", "code", "username", "vin")


@dataclass(frozen=True)
class ChangeLine:
    """One field before and after; ``enum`` names its words when it is a choice, ``kind`` how it is shown."""

    field: str
    enum: str
    before: Any
    after: Any


@dataclass(frozen=True)
class Change:
    """What happened to one row: ``act`` is created, changed, deleted or noted."""

    type: str
    id: str
    act: str
    lines: list[ChangeLine]


def _model(type_: str) -> type[models.Model] | None:
    return next((found for found in apps.get_models() if found._meta.model_name == type_), None)


def _fields(model: type[models.Model] | None) -> dict[str, models.Field[Any, Any]]:
    return {field.attname: field for field in model._meta.concrete_fields} if model else {}


def _name_of(row: models.Model) -> str:
    numbers = [field.attname for field in row._meta.concrete_fields if field.attname.endswith("_no")]
    for key in (*numbers, *_NAMES):
        if value := getattr(row, key, None):
            return str(value)
    return str(row.pk)


def _shown(field: models.Field[Any, Any] | None, value: Any) -> Any:
    if value is None or field is None or not isinstance(field, models.ForeignKey):
        return value
    target: Any = field.related_model
    row = target._default_manager.filter(pk=value).first()
    return _name_of(row) if row else value


def _enum(model: type[models.Model] | None, field: models.Field[Any, Any] | None) -> str:
    if model is None or field is None or not field.choices:
        return ""
    return model.__name__ + "".join(part.title() for part in field.name.split("_"))


def _lines(type_: str, before: dict[str, Any], after: dict[str, Any]) -> Iterator[ChangeLine]:
    model = _model(type_)
    fields = _fields(model)
    for key in dict.fromkeys([*after, *before]):
        field = fields.get(key)
        old, new = _shown(field, before.get(key)), _shown(field, after.get(key))
        if old not in (None, "") or new not in (None, ""):
            yield ChangeLine(field.name if field else key, _enum(model, field), old, new)


def _act(before: Any, after: Any) -> str:
    if isinstance(before, dict) and isinstance(after, dict):
        return "changed"
    if isinstance(after, dict):
        return "created"
    return "deleted" if isinstance(before, dict) else "noted"


def changes_read(changes: list[dict[str, Any]]) -> list[Change]:
    """The changes of one operation; keys of other rows are looked up and shown by their name of today."""
    read = []
    for change in changes:
        before, after = change.get("before"), change.get("after")
        act = _act(before, after)
        lines = (
            [ChangeLine("", "", before, after)]
            if act == "noted"
            else list(_lines(change["type"], before or {}, after or {}))
        )
        read.append(Change(change["type"], str(change["id"]), act, lines))
    return read
