"""A file of receipts of which several workers do a part each, and a killer who comes while they are at it."""

import random
import time
from collections import Counter
from collections.abc import Sequence
from typing import Any

from tests.durability.conftest import Crew
from tests.durability.machine import Machine

LONGEST = {"reading": 0.3, "confirming": 1.2}
"""Seconds within which the killer comes once a worker is at the file; it is entered faster than confirmed."""
VICTIMS = ("worker", "database", "worker", "web")
_HEAD = "loan_no,amount,value_on,payer_name,bank_serial"
_PARTS = """
SELECT count(*) FROM servicing_receiptfilepart AS p JOIN servicing_receiptfile AS f ON f.id = p.file_id
WHERE f.file_no = %s
"""
_WRONG = """
SELECT count(*) FROM generate_series(0, %s - 1) AS n
LEFT JOIN (
    SELECT bank_serial, min(receipt_no) AS no, min(state) AS state, count(*) FROM servicing_receipt GROUP BY 1
) AS r ON r.bank_serial = 'big-file-' || n
LEFT JOIN (SELECT event_no, count(*) FROM servicing_loanevent GROUP BY 1) AS e ON e.event_no = r.no
LEFT JOIN (
    SELECT key, count(*) FROM servicing_posting WHERE kind = 'receipt_posted' AND NOT is_reversed GROUP BY 1
) AS p ON p.key = r.no
LEFT JOIN (
    SELECT split_part(event_no, '/', 2) AS no, count(*) FROM ledger_journalentry WHERE kind = 'receipt_posted'
    GROUP BY 1
) AS j ON j.no = r.no
WHERE (r.count, r.state, e.count, p.count, j.count) IS DISTINCT FROM (1, 'confirmed', 1, 1, 1)
"""
"""Rows that did not become exactly one confirmed receipt with one event, one posting and one entry."""


def file_survived(
    machine: Machine, crew: Crew, loans: Sequence[str], draw: random.Random, *, rows: int, kills: int
) -> dict[str, Any]:
    """Enter and confirm a file while its processes die; gives how often who died, and how many rows went wrong."""
    happened: Counter[str] = Counter()
    file_id = crew["cashier"].upload(_content(machine, loans, rows), "receipts.csv", "text/csv")
    given = {"file_id": file_id, "legal_entity_id": crew.told["entity_id"]}
    file_no = crew["cashier"].do("receipt_file_register", key="big-file", **given)["file_no"]
    _killed(machine, file_no, "reading", "enter_receipt_file", draw, kills, happened)
    crew["accountant"].do("receipt_file_confirm", key="big-file-confirm", file_no=file_no)
    _killed(machine, file_no, "confirming", "confirm_receipt_file", draw, kills, happened)
    machine.until(lambda: _state(machine, file_no) == "confirmed", what="a confirmed file")
    assert "0 broken" in machine.run("check")
    return {
        "file: rows": rows,
        "file: parts": machine.one(_PARTS, file_no),
        "file: kills": dict(happened),
        "file: rows that are not one receipt": machine.one(_WRONG, rows),
    }


def _content(machine: Machine, loans: Sequence[str], rows: int) -> bytes:
    """Small receipts of every loan in turn, so that none is paid off."""
    today = machine.one('SELECT "on" FROM platform_businessday').isoformat()
    lines = (f"{loans[n % len(loans)]},{1 + n % 7}.{n % 100:02d},{today},张三,big-file-{n}" for n in range(rows))
    return "\n".join([_HEAD, *lines]).encode()


def _killed(
    machine: Machine, file_no: str, state: str, task: str, draw: random.Random, kills: int, happened: Counter[str]
) -> None:
    """Kill somebody so many times while the file is in a state."""
    for _kill in range(kills):
        machine.until(lambda: _state(machine, file_no) != state or _doing(machine, task), what=f"a worker at {task}")
        time.sleep(draw.uniform(0, LONGEST[state]))
        if _state(machine, file_no) != state:
            break
        victim = draw.choice(VICTIMS)
        machine.kill(victim)
        happened[f"{victim} while {state}"] += 1
        machine.start(victim)
        machine.minutes_pass()
    machine.until(lambda: _state(machine, file_no) != state, what=f"the end of {state}")


def _state(machine: Machine, file_no: str) -> str:
    return str(machine.one("SELECT state FROM servicing_receiptfile WHERE file_no = %s", file_no))


def _doing(machine: Machine, task: str) -> bool:
    doing = "SELECT count(*) > 0 FROM procrastinate_jobs WHERE task_name = %s AND status = 'doing'"
    return bool(machine.one(doing, task))
