"""Setting up Django for a command, with or without the books behind it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from axle.config.runtime.addresses import database_settings
from axle.config.runtime.database import database_ready
from axle.config.runtime.failures import SetupFailed
from axle.config.runtime.home import find_home


def django_ready() -> None:
    """Load every context; no database is needed until a query."""
    import django

    django.setup()


@contextmanager
def books_open() -> Iterator[None]:
    """Have a database that answers, and Django, for the time of the block.

    Errors: SetupFailed when the database gives up on the way: disk full, connection lost.
    """
    with database_ready(find_home()):
        django_ready()
        from django.db import OperationalError

        try:
            yield
        except OperationalError as error:
            raise _given_up(str(error)) from error


@contextmanager
def as_owner() -> Iterator[str]:
    """Be the owner of the tables for the time of the block, when ``DATABASE_OWNER_URL`` names one.

    Gives the role that works with them otherwise; "" where one role is and does everything.
    """
    owner = os.environ.get("DATABASE_OWNER_URL")
    if not owner:
        yield ""
        return
    from django.db import connections

    worker = connections["default"]
    connections["default"] = worker.copy()
    connections["default"].settings_dict.update(database_settings(owner))
    try:
        yield str(worker.settings_dict["USER"])
    finally:
        connections["default"].close()
        connections["default"] = worker


def _given_up(reason: str) -> SetupFailed:
    first_line = (reason.strip().splitlines() or ["no reason given"])[0]
    if "No space left on device" in reason:
        return SetupFailed("the database's disk is full", "free some space and run the same command again")
    return SetupFailed(f"the database gave up ({first_line})", "run the same command again")
