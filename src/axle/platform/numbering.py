"""Printed numbers: one database sequence per prefix, so no two transactions wait for each other."""

import re
from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Any

from django.db import models

from axle.platform.statements import prepared_cursor, row_kept, row_reading

_PREFIX = re.compile(r"[A-Z]{1,6}", re.ASCII)
NEXT_NO = "axle_next_no(%s::text, %s::date)"
"""The next number of a series of a day, for statements that store rows under it."""


def next_no(prefix: str, *, on: date) -> str:
    """The next number of a series, ``AP20261122000001``: unique, rising, with gaps after roll-backs."""
    return next_nos(prefix, on=on, count=1)[0]


def next_nos(prefix: str, *, on: date, count: int) -> list[str]:
    """The next numbers of a series, in one query."""
    with prepared_cursor() as cursor:
        cursor.execute(f"SELECT {NEXT_NO} FROM generate_series(1, %s::int)", [_checked(prefix), on, count])
        return [number for (number,) in cursor.fetchall()]


def row_insert_numbered(
    row: models.Model, *, number: str, prefix: str, on: date, unless: str, params: Sequence[Any]
) -> bool:
    """Store a new row under the next number of a series, unless there is a row that ``unless`` finds; gives whether.

    ``number`` names the column. A row that a unique constraint refuses, because it came at the same moment, is known
    as well. The row learns its key and its number.
    """
    sql, values = _insertion(type(row), number, unless)
    with prepared_cursor() as cursor:
        cursor.execute(sql, [_checked(prefix), on, *(value(row) for value in values), *params])
        found = cursor.fetchone()
    if found is None:
        return False
    setattr(row, number, found[1])
    row_kept(row, found[0])
    return True


@cache
def _insertion(model: type[models.Model], number: str, unless: str) -> tuple[str, list[Any]]:
    names, values = row_reading(model, leaving_out=number)
    columns, places = ", ".join([f'"{number}"', *names]), ", ".join([NEXT_NO, *(["%s"] * len(names))])
    return (
        f'INSERT INTO "{model._meta.db_table}" ({columns}) SELECT {places} WHERE NOT EXISTS ({unless})'
        f' ON CONFLICT DO NOTHING RETURNING "{model._meta.pk.column}", "{number}"',
        values,
    )


def _checked(prefix: str) -> str:
    if not _PREFIX.fullmatch(prefix):
        raise ValueError(f"a number prefix is one to six capital letters: {prefix}")
    return prefix
