"""A loaded database is kept as a copy beside the test's own: the next test that wants it takes the copy."""

from collections.abc import Callable
from typing import Any, TypeVar

import psycopg
from django.db import connection, connections

T = TypeVar("T")

_LOADED: dict[str, Any] = {}


def kept(load: Callable[[], T]) -> T:
    """Bring the test's database to what ``load`` makes of an empty one; gives what ``load`` gave the first time."""
    own = connection.settings_dict["NAME"]
    copy = f"{own}_{load.__name__}"
    if copy in _LOADED:
        _replace(own, by=copy)
    else:
        _LOADED[copy] = load()
        _replace(copy, by=own)
    found: T = _LOADED[copy]
    return found


def _replace(name: str, *, by: str) -> None:
    connections.close_all()
    known = connection.get_connection_params() | {"dbname": "postgres"}
    where = {key: known[key] for key in ("dbname", "user", "password", "host", "port") if key in known}
    with psycopg.connect(**where, autocommit=True) as server:
        server.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [by])
        server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        server.execute(f'CREATE DATABASE "{name}" TEMPLATE "{by}"')
