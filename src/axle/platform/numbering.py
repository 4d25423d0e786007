"""Printed numbers: one database sequence per prefix, so no two transactions wait for each other."""

import re
from datetime import date

from django.db import connection, transaction

_PREFIX = re.compile(r"[A-Z]{1,6}", re.ASCII)


def _create(sequence: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [sequence])
        cursor.execute(f"CREATE SEQUENCE IF NOT EXISTS {sequence}")


def next_no(prefix: str, *, on: date) -> str:
    """The next number of a series, ``AP20261122000001``: unique, rising, with gaps after roll-backs."""
    if not _PREFIX.fullmatch(prefix):
        raise ValueError(f"a number prefix is one to six capital letters: {prefix}")
    sequence = f"axle_no_{prefix.lower()}"
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(to_regclass(%s))", [sequence])
        (value,) = cursor.fetchone()
        if value is None:
            _create(sequence)
            cursor.execute("SELECT nextval(to_regclass(%s))", [sequence])
            (value,) = cursor.fetchone()
    return f"{prefix}{on:%Y%m%d}{value:06d}"
