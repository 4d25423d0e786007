"""Loading a seasoned book with ``size`` loans in force: seconds, rows, bytes, memory.

The demo institution's generator loads ``FIRST`` loans by COPY, each with a history of its own; from there on the book
is copied as a whole (``_copies``) until it is large enough, from where the end of the last day left it: settled, in
arrears, non-accrual, classed. The books stay for the other workloads; with another size in place the run stops and says
so.
"""

import resource
import sys
from collections.abc import Callable
from time import perf_counter, process_time
from typing import Any

from _copies import copies_make
from django.db import connection

from axle.accounting.public import vouchers_number
from axle.config.cli.framework import as_owner
from axle.config.cli.prepare import migrate
from axle.config.demo import load
from axle.config.runtime.failures import SetupFailed
from axle.ledger.services.movements_fold import movements_fold

FIRST = 3000
COUNTED = (
    "origination_application",
    "servicing_loan",
    "servicing_instalment",
    "servicing_receipt",
    "ledger_journalentry",
    "ledger_entryline",
    "decisioning_decisionrecord",
    "workflow_humantask",
)


def run(size: int = 100_000) -> dict[str, Any]:
    """Load the book unless it is there; seconds per step."""
    migrate()
    held = _value("SELECT count(*) FROM servicing_loan WHERE state = 'in_force'")
    if held and not size <= held * 1.2 <= size * 1.5:
        raise SetupFailed(f"the books for benchmarks hold {held} loans, not {size}", "remove var/bench, or use --size")
    figures: dict[str, Any] = {} if held else _loaded(size)
    figures |= {f"rows: {table}": _count(table) for table in COUNTED}
    peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    figures["peak memory mb"] = round(peak / 1024)
    return figures | {"gigabytes": round(_value("SELECT pg_database_size(current_database())") / 1e9, 2)}


def _loaded(size: int) -> dict[str, Any]:
    begun, busy, grown = perf_counter(), process_time(), list[float]()

    def tell(detail: str) -> None:
        sys.stderr.write(f"[{perf_counter() - begun:.0f} s] {detail}\n")

    def grow() -> float:
        return _timed(lambda: copies_make(size, tell))

    figures = {
        "seconds: load": _timed(lambda: load(tell, loans=min(size, FIRST), grow=lambda: grown.append(grow()))),
        "seconds: of that, copies": grown[0],
        "seconds: load, of processor (client)": round(process_time() - busy, 1),
        "seconds: vouchers numbered": _timed(vouchers_number),
        "seconds: movements folded": _timed(movements_fold),
        "seconds: vacuum and analyze": _timed(_vacuum),
    }
    return figures | {"loans per second": round(size / figures["seconds: load"])}


def _timed(act: Callable[[], Any]) -> float:
    begun = perf_counter()
    act()
    return round(perf_counter() - begun, 1)


def _vacuum() -> None:
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")


def _count(table: str) -> int:
    return int(_value(f"SELECT count(*) FROM {table}"))


def _value(sql: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchone()[0]
