"""Many new rows at once, through PostgreSQL's COPY."""

from collections.abc import Iterable
from itertools import chain
from typing import Any

from django.db import models, transaction
from psycopg import sql


def rows_copy(rows: Iterable[models.Model]) -> int:
    """Store new rows of one model and give how many.

    The rows do not learn their keys: this is for rows that nothing refers to. Constraints and triggers hold as for
    any insert. Errors: those of the database, and then none is stored.
    """
    remaining = iter(rows)
    first = next(remaining, None)
    if first is None:
        return 0
    fields = [field for field in first._meta.concrete_fields if not isinstance(field, models.AutoField)]
    connection, count = transaction.get_connection(), 0
    with (
        transaction.atomic(),
        connection.cursor() as cursor,
        connection.wrap_database_errors,
        cursor.copy(_statement(first, fields)) as copy,
    ):
        for row in chain([first], remaining):
            copy.write_row([field.get_db_prep_save(field.pre_save(row, True), connection) for field in fields])
            count += 1
    return count


def _statement(row: models.Model, fields: Iterable[models.Field[Any, Any]]) -> sql.Composed:
    columns = sql.SQL(", ").join([sql.Identifier(str(field.column)) for field in fields])
    return sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(row._meta.db_table), columns)
