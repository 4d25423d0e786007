"""By which columns a list that grows can be sorted: those that an index keeps in order."""

from functools import cache
from typing import Any

from django.db import models


@cache
def is_kept_in_order(model: type[models.Model], path: str) -> bool:
    """Whether an index leads with a column, by itself or before the key; also one behind keys that are never null."""
    first, _, rest = path.partition("__")
    field = _field(model, first)
    if field is None:
        return False
    if not rest:
        return field.primary_key or field.unique or field.db_index or first in _led(model)
    return field.is_relation and not field.null and is_kept_in_order(field.related_model, rest)


def _field(model: type[models.Model], name: str) -> Any:
    if name == "pk":
        return model._meta.pk
    return next((field for field in model._meta.concrete_fields if field.name == name), None)


@cache
def _led(model: type[models.Model]) -> frozenset[str]:
    return frozenset(
        index.fields[0].lstrip("-")
        for index in model._meta.indexes
        if index.fields
        and not index.condition
        and not index.opclasses
        and (len(index.fields) == 1 or index.fields[1] == ("-id" if index.fields[0].startswith("-") else "id"))
    )
