"""Printed numbers: one database sequence per prefix, so no two transactions wait for each other."""

import re
from datetime import date
from typing import Any

from django.db import connection, transaction

from axle.platform.statements import prepared_cursor

_PREFIX = re.compile(r"[A-Z]{1,6}", re.ASCII)


def _create(sequence: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT axle_number_series_begin(%s)", [sequence])


def next_no(prefix: str, *, on: date) -> str:
    """The next number of a series, ``AP20261122000001``: unique, rising, with gaps after roll-backs."""
    return next_nos(prefix, on=on, count=1)[0]


def next_nos(prefix: str, *, on: date, count: int) -> list[str]:
    """The next numbers of a series, in one query."""
    if not _PREFIX.fullmatch(prefix):
        raise ValueError(f"a number prefix is one to six capital letters: {prefix}")
    sequence = f"axle_no_{prefix.lower()}"
    with prepared_cursor() as cursor:
        values = _take(cursor, sequence, count)
        if None in values:
            _create(sequence)
            values = _take(cursor, sequence, count)
    return [f"{prefix}{on:%Y%m%d}{value:06d}" for value in values]


def _take(cursor: Any, sequence: str, count: int) -> list[Any]:
    cursor.execute("SELECT nextval(to_regclass(%s::text)) FROM generate_series(1, %s::int)", [sequence, count])
    return [value for (value,) in cursor.fetchall()]
