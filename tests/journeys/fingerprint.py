"""What the whole database holds, table by table, so that a refusal can prove that nothing changed."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

_COUNTED_APART = frozenset({"django_session", "platform_ratecounter"})
"""Sessions and rate counters move with every request, whatever becomes of it."""

Fingerprint = dict[str, tuple[int, int]]


def fingerprint() -> Fingerprint:
    """Rows of every table, and the sum of a hash of each row with all its columns."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename")
        tables = [name for (name,) in cursor.fetchall() if name not in _COUNTED_APART]
        cursor.execute(" UNION ALL ".join(_counted(table) for table in tables))
        return {table: (rows, int(total)) for table, rows, total in cursor.fetchall()}


def _counted(table: str) -> str:
    total = "coalesce(sum(hashtextextended(t::text, 0)), 0)"
    return f"SELECT '{table}', count(*), {total} FROM \"{table}\" t"


@contextmanager
def nothing_changes() -> Iterator[None]:
    """No row of any table is added, changed or removed inside."""
    before = fingerprint()
    yield
    after = fingerprint()
    changed = {name: (before.get(name), after[name]) for name in after if after[name] != before.get(name)}
    assert not changed, changed
