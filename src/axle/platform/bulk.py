"""Many rows at once, stored by COPY or changed by one statement, where one statement per row is too slow.

Constraints and triggers hold as with any insert. Foreign keys are checked when the transaction ends, or earlier by
``constraints_check``.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from itertools import chain
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models, transaction
from psycopg import Binary

from axle.platform.fields import BlindIndexField, EncryptedTextField

_CHUNK = 1 << 20
_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})
_NULL = r"\N"


def keys_take(model: type[models.Model], count: int) -> list[int]:
    """Keys for rows that are still to be stored, so that other rows can name them already."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [model._meta.db_table, count],
        )
        return [key for (key,) in cursor.fetchall()]


def rows_copy(rows: Iterable[models.Model]) -> int:
    """Store new rows of one model and give how many: with the keys that were taken for them, or with any.

    Rows without a key do not learn theirs: they are rows that nothing refers to. Constraints and triggers hold as for
    any insert. Errors: IntegrityError, DataError; then none is stored.
    """
    remaining = iter(rows)
    first = next(remaining, None)
    if first is None:
        return 0
    leaving_out = () if first.pk is not None else (first._meta.pk.attname,)
    lines = (_stored_line(row, leaving_out) for row in chain([first], remaining))
    return lines_copy(type(first), columns_of(type(first), leaving_out), lines)


def rows_copy_alike(like: models.Model, names: Sequence[str], values: Iterable[Sequence[Any]]) -> int:
    """Store new rows that are one row but for some columns; gives how many.

    ``values`` are those columns of each row. What the rows share is written once, so that a row costs what is its own.
    Errors: as ``rows_copy``.
    """
    model, key = type(like), like._meta.pk.attname
    leaving_out = () if key in names else (key,)
    columns = columns_of(model, leaving_out)
    shared = [encode(like) for encode in _encoders(model, leaving_out)]
    encoder_of = {field.attname: _value_encoder(field) for field in _fields(model)}
    own = [(columns.index(name), encoder_of[name]) for name in names]
    return lines_copy(model, columns, (_line_alike(shared, own, row) for row in values))


def _line_alike(shared: Sequence[str], own: Sequence[tuple[int, Callable[[Any], str]]], values: Sequence[Any]) -> str:
    line = list(shared)
    for (place, encode), value in zip(own, values, strict=True):
        line[place] = encode(value)
    return "\t".join(line)


def rows_copy_new(rows: Sequence[models.Model]) -> int:
    """Store those of some rows without a key that no unique constraint refuses; gives how many. Errors: DataError."""
    if not rows:
        return 0
    model = type(rows[0])
    key, table, waiting = model._meta.pk.attname, model._meta.db_table, f"waiting_{model._meta.db_table}"
    names = columns_of(model, (key,))
    columns = _columns(model, names)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE {waiting} AS SELECT {columns} FROM {table} WITH NO DATA")
        _copy(waiting, model, names, (row_line(row, (key,)) for row in rows))
        cursor.execute(f"INSERT INTO {table} ({columns}) SELECT {columns} FROM {waiting} ON CONFLICT DO NOTHING")
        stored = int(cursor.rowcount)
        cursor.execute(f"DROP TABLE {waiting}")
    return stored


def _stored_line(row: models.Model, leaving_out: tuple[str, ...]) -> str:
    row._state.adding = row.pk is None
    return row_line(row, leaving_out)


def rows_update(rows: Sequence[models.Model], names: Sequence[str]) -> int:
    """Write some columns of stored rows of one model in one statement; gives how many. No column of documents."""
    if not rows:
        return 0
    meta = rows[0]._meta
    fields = [field for field in _fields(type(rows[0])) if field.name in names]
    values = [
        {"_key": row.pk}
        | {str(field.column): field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields}
        for row in rows
    ]
    columns = ", ".join(f'"{field.column}" = n."{field.column}"' for field in fields)
    types = ", ".join(f'"{field.column}" {field.db_type(connection)}' for field in fields)
    with connection.cursor() as cursor:
        cursor.execute(
            f'UPDATE {meta.db_table} AS t SET {columns} FROM jsonb_to_recordset(%s) AS n("_key" bigint, {types})'
            f' WHERE t."{meta.pk.column}" = n."_key"',
            [json.dumps(values, cls=DjangoJSONEncoder)],
        )
        return int(cursor.rowcount)


def row_line(row: models.Model, leaving_out: tuple[str, ...] = ()) -> str:
    """One row as ``lines_copy`` takes it, without some columns: a line that many rows can share."""
    return "\t".join([encode(row) for encode in _encoders(type(row), leaving_out)])


def columns_of(model: type[models.Model], leaving_out: Sequence[str] = ()) -> list[str]:
    """The columns of ``row_line``, in its order."""
    return [field.attname for field in _fields(model) if field.attname not in leaving_out]


def lines_copy(model: type[models.Model], names: Sequence[str], lines: Iterable[str]) -> int:
    """Store rows that are lines of text, values parted by tabs; gives how many.

    The connection is busy meanwhile: ``lines`` must not query. Errors: IntegrityError, DataError.
    """
    return _copy(model._meta.db_table, model, names, lines)


def _columns(model: type[models.Model], names: Sequence[str]) -> str:
    column_of = {field.attname: field.column for field in _fields(model)}
    return ", ".join(f'"{column_of[name]}"' for name in names)


def _copy(table: str, model: type[models.Model], names: Sequence[str], lines: Iterable[str]) -> int:
    sql, count = f"COPY {table} ({_columns(model, names)}) FROM STDIN", 0
    with (
        transaction.atomic(),
        connection.cursor() as cursor,
        connection.wrap_database_errors,
        cursor.copy(sql) as copy,
    ):
        for chunk in _chunks(lines):
            count += len(chunk)
            copy.write(("\n".join(chunk) + "\n").encode())
    return count


def constraints_check() -> None:
    """Check now what would be checked when the transaction ends. Errors: IntegrityError."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")


def text_of(value: Any) -> str:
    """A value as COPY reads it; lists are arrays, and documents have ``document_of``."""
    if isinstance(value, str):
        return value.translate(_ESCAPES)
    if value is None:
        return _NULL
    if isinstance(value, bool):
        return "t" if value else "f"
    if isinstance(value, Binary):
        value = value.obj
    if isinstance(value, bytes | memoryview):
        return r"\\x" + bytes(value).hex()
    if isinstance(value, list):
        return ("{" + ",".join(json.dumps(item, ensure_ascii=False) for item in value) + "}").translate(_ESCAPES)
    return str(value)


def document_of(value: Any) -> str:
    """A JSON document as COPY reads it."""
    return _NULL if value is None else json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False).translate(_ESCAPES)


def _chunks(lines: Iterable[str]) -> Iterator[list[str]]:
    chunk, size = list[str](), 0
    for line in lines:
        chunk.append(line)
        size += len(line)
        if size > _CHUNK:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


def _fields(model: type[models.Model]) -> Sequence[models.Field[Any, Any]]:
    """Those that are written: what the database generates is not."""
    return [field for field in model._meta.concrete_fields if not field.generated]


@cache
def _encoders(model: type[models.Model], leaving_out: tuple[str, ...]) -> list[Callable[[models.Model], str]]:
    return [_encoder(field) for field in _fields(model) if field.attname not in leaving_out]


def _encoder(field: models.Field[Any, Any]) -> Callable[[models.Model], str]:
    name, encode = field.attname, _value_encoder(field)
    if isinstance(field, BlindIndexField) or getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False):
        return lambda row: text_of(field.pre_save(row, add=True))
    return lambda row: encode(getattr(row, name))


def _value_encoder(field: models.Field[Any, Any]) -> Callable[[Any], str]:
    if isinstance(field, models.JSONField):
        return document_of
    if isinstance(field, EncryptedTextField):
        return lambda value: text_of(field.get_db_prep_value(value, connection))
    return text_of
