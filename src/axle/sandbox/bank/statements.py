"""Accounts of the bank: entries, balance and the statement of a day. Amounts are fen."""

import sqlite3
from dataclasses import asdict, dataclass
from typing import Any

OPENING_FEN = 100_000_000_000
"""What an account holds when it is first seen: one thousand million yuan."""

PAGE_SIZE = 200


@dataclass(frozen=True)
class Entry:
    """One movement on an account; ``out_trade_no`` is empty when it was not ordered through the gateway."""

    account_no: str
    bank_serial: str
    direction: str
    amount_fen: int
    value_on: str
    out_trade_no: str
    counterparty_name: str
    counterparty_account: str
    remark: str


def entry_add(connection: sqlite3.Connection, entry: Entry) -> None:
    """Book one movement."""
    values = asdict(entry)
    names, marks = ", ".join(values), ", ".join("?" * len(values))
    connection.execute(f"INSERT INTO bank_entry ({names}) VALUES ({marks})", tuple(values.values()))


def balance_fen(connection: sqlite3.Connection, account_no: str, *, until: str = "9999-12-31") -> int:
    """Opening balance plus the sum of entries up to a day; an account is opened when it is first seen."""
    connection.execute("INSERT OR IGNORE INTO bank_account VALUES (?, ?)", (account_no, OPENING_FEN))
    row = connection.execute(
        "SELECT opening_fen + (SELECT COALESCE(SUM(CASE direction WHEN 'IN' THEN amount_fen"
        " ELSE -amount_fen END), 0) FROM bank_entry e WHERE e.account_no = a.account_no"
        " AND e.value_on <= ?) AS fen FROM bank_account a WHERE account_no = ?",
        (until, account_no),
    ).fetchone()
    return int(row["fen"])


def statement(connection: sqlite3.Connection, account_no: str, on: str, page: int) -> dict[str, Any]:
    """One page of a day's entries, with count and sums over the whole day as the trailer."""
    where = "FROM bank_entry WHERE account_no = ? AND value_on = ?"
    totals = connection.execute(
        "SELECT COUNT(*) AS entries,"
        " COALESCE(SUM(amount_fen) FILTER (WHERE direction = 'OUT'), 0) AS out_fen,"
        f" COALESCE(SUM(amount_fen) FILTER (WHERE direction = 'IN'), 0) AS in_fen {where}",
        (account_no, on),
    ).fetchone()
    rows = connection.execute(
        f"SELECT * {where} ORDER BY entry_id LIMIT ? OFFSET ?",
        (account_no, on, PAGE_SIZE, (page - 1) * PAGE_SIZE),
    ).fetchall()
    return {
        "account_no": account_no,
        "date": on,
        "closing_balance": str(balance_fen(connection, account_no, until=on)),
        "total_count": totals["entries"],
        "total_out": str(totals["out_fen"]),
        "total_in": str(totals["in_fen"]),
        "entries": [_line(row) for row in rows],
    }


def _line(row: sqlite3.Row) -> dict[str, str]:
    return {
        "bank_serial": row["bank_serial"],
        "direction": row["direction"],
        "amount": str(row["amount_fen"]),
        "value_date": row["value_on"],
        "out_trade_no": row["out_trade_no"],
        "counterparty_name": row["counterparty_name"],
        "counterparty_account": row["counterparty_account"],
        "remark": row["remark"],
    }
