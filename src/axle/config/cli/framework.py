"""Setting up Django for a command, with or without the books behind it."""

from collections.abc import Iterator
from contextlib import contextmanager

from axle.config.runtime.database import database_ready
from axle.config.runtime.home import find_home


def django_ready() -> None:
    """Load every context; no database is needed until a query."""
    import django

    django.setup()


@contextmanager
def books_open() -> Iterator[None]:
    """Have a database that answers, and Django, for the time of the block."""
    with database_ready(find_home()):
        django_ready()
        yield
