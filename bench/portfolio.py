"""Loading a seasoned book of ``size`` loans by the demo institution's generator: seconds, rows, bytes.

The books stay for the other workloads; with another size in place the run stops and says so.
"""

import sys
from collections.abc import Callable
from time import perf_counter, process_time
from typing import Any

from django.db import connection

from axle.accounting.public import vouchers_number
from axle.config.cli.framework import as_owner
from axle.config.cli.prepare import migrate
from axle.config.demo import load
from axle.config.runtime.failures import SetupFailed
from axle.ledger.services.movements_fold import movements_fold

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
    held = _count("servicing_loan")
    if held not in (0, size):
        raise SetupFailed(f"the books for benchmarks hold {held} loans, not {size}", "remove var/bench, or use --size")
    figures: dict[str, Any] = {} if held else _loaded(size)
    figures |= {f"rows: {table}": _count(table) for table in COUNTED}
    return figures | {"gigabytes": round(_value("SELECT pg_database_size(current_database())") / 1e9, 2)}


def _loaded(size: int) -> dict[str, Any]:
    begun, busy = perf_counter(), process_time()
    figures = {
        "seconds: load": _timed(lambda: load(lambda detail: _tell(begun, detail), loans=size)),
        "seconds: load, of processor (client)": round(process_time() - busy, 1),
        "seconds: vouchers numbered": _timed(vouchers_number),
        "seconds: movements folded": _timed(movements_fold),
        "seconds: vacuum and analyze": _timed(_vacuum),
    }
    return figures | {"loans per second": round(size / figures["seconds: load"])}


def _tell(begun: float, detail: str) -> None:
    sys.stderr.write(f"[{perf_counter() - begun:.0f} s] {detail}\n")


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
