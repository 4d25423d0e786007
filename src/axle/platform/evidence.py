"""The evidence of the operation log: its rows are closed in stretches, each sealed with a key and chained to the last.

The append-only trigger stops the application; the seal shows what somebody with more power did. The key lies outside
the database, so a row cannot be changed, taken away or slipped in and the seals made to fit.
"""

import time
from typing import Any

from django.db import connection, transaction

from axle.platform.crypto import blind_index
from axle.platform.jobs import job
from axle.platform.models import OperationSeal

STRETCH_ROWS = 10_000
WAIT_SECONDS = 20.0

_ROW = """jsonb_build_array(id, extract(epoch FROM at), business_on, operation, actor_kind, user_id, actor_name, roles,
    checker_name, subject_type, subject_id, changes, note, ip::text, device, control)::text"""
_CONTENT = f"""
SELECT count(*),
       coalesce(encode(sha256(string_agg(sha256(convert_to({_ROW}, 'UTF8')), ''::bytea ORDER BY id)), 'hex'), '')
FROM platform_operationlog WHERE id > %s AND id <= %s
"""
_STRETCH_END = """
SELECT max(id) FROM (
    SELECT id FROM platform_operationlog WHERE id > %s AND id <= %s ORDER BY id LIMIT %s
) AS stretch
"""
_OLDER_RUNNING = """
SELECT count(*) FROM pg_stat_activity
WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid() AND xact_start <= %s
"""


@job("seal_operations", cron="* * * * *")
def seal_operations() -> None:
    """Close what has been written to the operation log."""
    operations_seal()


def operations_seal() -> int:
    """Seal every row whose number no running transaction can come below any more; gives how many.

    Call it outside a transaction. It gives up for this time when somebody works longer than it waits.
    """
    newest, since = _ask("SELECT coalesce(max(id), 0), clock_timestamp() FROM platform_operationlog")
    deadline = time.monotonic() + WAIT_SECONDS
    while _ask(_OLDER_RUNNING, since)[0]:
        if time.monotonic() > deadline:
            return 0
        time.sleep(0.2)
    sealed = 0
    while rows := _seal_next(newest):
        sealed += rows
    return sealed


def seals_broken() -> list[str]:
    """One line for each stretch that is not what it was sealed as."""
    failures, before, end = [], "", 0
    for seal in OperationSeal.objects.order_by("last_id").iterator():
        rows, content = _ask(_CONTENT, end, seal.last_id)
        if (seal.rows, seal.digest) != (rows, _digest(before, end, seal.last_id, content)):
            failures.append(
                f"operations {end + 1} to {seal.last_id}: sealed {seal.rows} rows, found {rows} or other ones"
            )
        before, end = seal.digest, seal.last_id
    return failures


@transaction.atomic
def _seal_next(newest: int) -> int:
    _ask("SELECT pg_advisory_xact_lock(hashtext('axle_operation_seal'))")
    last = OperationSeal.objects.order_by("-last_id").first()
    before, start = (last.digest, last.last_id) if last else ("", 0)
    (end,) = _ask(_STRETCH_END, start, newest, STRETCH_ROWS)
    if end is None:
        return 0
    rows, content = _ask(_CONTENT, start, end)
    OperationSeal.objects.create(last_id=end, rows=rows, digest=_digest(before, start, end, content))
    return int(rows)


def _digest(before: str, start: int, end: int, content: str) -> str:
    return blind_index(f"{before}|{start}|{end}|{content}")


def _ask(sql: str, *values: Any) -> tuple[Any, ...]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        row: tuple[Any, ...] = cursor.fetchone()
        return row
