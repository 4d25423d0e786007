"""Statements that every receipt runs: prepared once for a connection, and rows that are stored without a detour."""

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, TypeVar

from django.db import connection, models
from django.db.backends.postgresql.base import ServerBindingCursor

Row = TypeVar("Row", bound=models.Model)


_Cursor: Any = ServerBindingCursor


class _Prepared(_Cursor):  # type: ignore[misc]  # Django types it for either driver
    """Prepares what it executes, so that the server reads and plans a statement once for a connection."""

    def execute(self, query: Any, params: Any = None, **_options: Any) -> Any:
        return super().execute(query, params, prepare=True)


def prepared_cursor() -> Any:
    """A cursor for constant statements by key, whose plan is the same whatever they ask for; use it as a context."""
    connection.ensure_connection()
    connection.connection.prepare_threshold = 0
    cursor: Any = _Prepared(connection.connection)
    return connection._prepare_cursor(cursor)  # type: ignore[attr-defined]  # logged and checked as any other


def row_read(model: type[Row], sql: str, params: Sequence[Any]) -> Row | None:
    """The first row that a statement gives, with all columns of a model."""
    with prepared_cursor() as cursor:
        cursor.execute(sql, params)
        found = cursor.fetchone()
        columns = [column.name for column in cursor.description]
    if found is None:
        return None
    said, fields = dict(zip(columns, found, strict=True)), model._meta.concrete_fields
    values = [_read(field, said[field.column]) for field in fields]
    return model.from_db(connection.alias, [field.attname for field in fields], values)


def _read(field: Any, value: Any) -> Any:
    return field.from_db_value(value, None, connection) if hasattr(field, "from_db_value") else value


def row_insert(row: models.Model) -> None:
    """Store a new row of a model without relations to others; it learns its key. Errors: IntegrityError."""
    sql, values = _insertion(type(row))
    with prepared_cursor() as cursor:
        cursor.execute(sql, [value(row) for value in values])
        row_kept(row, cursor.fetchone()[0])


def row_kept(row: models.Model, key: int) -> None:
    """Let a row know that it is stored."""
    row.pk, row._state.adding, row._state.db = key, False, connection.alias


def row_reading(model: type[models.Model], leaving_out: str = "") -> tuple[list[str], list[Callable[[Any], Any]]]:
    """The quoted columns of a new row, and what gives the value of each."""
    stored = [field for field in model._meta.concrete_fields if not (field.generated or field.primary_key)]
    fields = [field for field in stored if field.attname != leaving_out]
    return [f'"{field.column}"' for field in fields], [_value_of(field) for field in fields]


@cache
def _insertion(model: type[models.Model]) -> tuple[str, list[Callable[[Any], Any]]]:
    columns, values = row_reading(model)
    places = ", ".join(["%s"] * len(columns))
    sql = f'INSERT INTO "{model._meta.db_table}" ({", ".join(columns)}) VALUES ({places})'
    return f'{sql} RETURNING "{model._meta.pk.column}"', values


def _value_of(field: models.Field[Any, Any]) -> Callable[[Any], Any]:
    return lambda row: field.get_db_prep_save(field.pre_save(row, add=True), connection)
