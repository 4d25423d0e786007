"""The books as text: every row of what money goes through, without what two machines may number or time otherwise.

Keys that a sequence gives leave gaps where a process died, and clocks differ; rows are therefore named by their
numbers, and times are left out. Everything else must be the same.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from tests.durability.machine import Machine

CONTEXTS = ("servicing_", "ledger_", "accounting_", "reporting_")
"""Nothing is paid out in a trial; how often the bank is asked about what the book had under way is a matter of time."""
ALSO = ("platform_businessday", "platform_eodsteprun", "platform_eodsetaside")
FOLDED = {"ledger_accountday", "ledger_accountdaydelta"}
"""Two halves of one sum: how much of it is folded already depends on when the job ran. The view over both is told."""
NAMED_BY = {
    "ledger_journalentry": "event_no || '/' || kind",
    "servicing_loan": "loan_no",
    "servicing_receipt": "receipt_no",
    "servicing_loanevent": "event_no",
    "accounting_voucher": "id::text",
}
"""How rows that a run makes are named where another table refers to them."""
NUMBERED = {
    ("ledger_journalentry", "entry_no"),
    ("ledger_journalentry", "posted_xid"),
    ("servicing_loan", "version"),
    ("platform_eodsteprun", "rows"),
    ("servicing_reminder", "message_no"),
}
"""An entry's number has the day of the clock in it; the version of a loan counts how often it was stored; how many
vouchers a day's step still finds without a number depends on when the job of the minute ran; so does which reminders
are written."""
MOVEMENTS = """
SELECT legal_entity_id, account_id, booked_on, sum(debit), sum(credit) FROM ledger_accountmovement
GROUP BY 1, 2, 3 HAVING sum(debit) <> 0 OR sum(credit) <> 0 ORDER BY 1, 2, 3
"""
COMMANDS = """
SELECT business_on, operation, actor_name, subject_type, count(*) FROM platform_operationlog
WHERE operation IN ('receipt_register', 'receipt_confirm') GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4
"""
_NUMBER = re.compile(r"\b[A-Z]{2}\d{14}\b")
_TABLES = """
SELECT table_name FROM information_schema.tables
WHERE table_schema = 'public' AND table_type = 'BASE TABLE' ORDER BY table_name
"""
_COLUMNS = """
SELECT column_name, data_type FROM information_schema.columns WHERE table_name = %s ORDER BY ordinal_position
"""
_REFERENCES = """
SELECT a.attname, c.confrelid::regclass::text FROM pg_constraint c
JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
WHERE c.contype = 'f' AND c.conrelid = %s::regclass
"""
_NOT_CONSTRAINED = {("ledger_entryline", "entry_id"): "ledger_journalentry"}


def dumped(machine: Machine) -> list[str]:
    """Every row, a line each, table by table in a fixed order."""
    names = [name for (name,) in machine.ask(_TABLES)]
    kept = [name for name in names if (name.startswith(CONTEXTS) or name in ALSO) and name not in FOLDED]
    lines = [line for name in kept for line in _rows(machine, name)]
    lines += [f"movement {row}" for row in machine.ask(MOVEMENTS)]
    lines += [f"command {row}" for row in machine.ask(COMMANDS)]
    return sorted(_counted(lines))


def _counted(lines: list[str]) -> Iterator[str]:
    """Printed numbers have gaps where a transaction was rolled back: the first of a series is 1, the next 2."""
    series: dict[str, list[str]] = defaultdict(list)
    for number in sorted({found for line in lines for found in _NUMBER.findall(line)}):
        series[number[:2]].append(number)
    names = {number: f"{prefix}#{rank}" for prefix, known in series.items() for rank, number in enumerate(known, 1)}
    return (_NUMBER.sub(lambda found: names[found[0]], line) for line in lines)


def _rows(machine: Machine, table: str) -> Iterator[str]:
    columns = list(_columns(machine, table))
    rows = machine.ask(f"SELECT {', '.join(columns)} FROM {table} AS t")
    yield from sorted(f"{table} {_plain(row)}" for row in rows)


def _columns(machine: Machine, table: str) -> Iterator[str]:
    refers = dict(machine.ask(_REFERENCES, table))
    for name, kind in machine.ask(_COLUMNS, table):
        if name == "id" or kind.startswith("timestamp") or (table, name) in NUMBERED or name == "source_id":
            continue
        target = refers.get(name) or _NOT_CONSTRAINED.get((table, name), "")
        if target in NAMED_BY:
            yield f"(SELECT {NAMED_BY[target]} FROM {target} AS r WHERE r.id = t.{name})"
        else:
            yield f't."{name}"::text'


def _plain(row: tuple[Any, ...]) -> str:
    return "|".join("" if value is None else str(value) for value in row)
