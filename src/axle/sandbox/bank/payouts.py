"""Payouts inside the bank: taken at most once per number, settled when their time has come.

Amounts are fen.
"""

import secrets
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from axle.sandbox.bank.behaviours import (
    NO_FUNDS,
    SCRIPTS,
    UNCLEAR,
    Behaviour,
    Choice,
    Failure,
    Script,
    behaviour_choose,
)
from axle.sandbox.bank.messages import BusinessRefusal, PayoutRequest, payout_result
from axle.sandbox.bank.statements import Entry, balance_fen, entry_add

DUPLICATE_DIFFERS = "400012"
NOT_FOUND = "400031"


@dataclass(frozen=True)
class Taken:
    """What a submission came to: the content of the reply and the script that says how the reply travels."""

    content: Mapping[str, Any]
    script: Script


def payout_submit(connection: sqlite3.Connection, request: PayoutRequest, *, now: float, default_delay: float) -> Taken:
    """Take one payout; a repeated ``out_trade_no`` answers with the first one's state and moves nothing.

    Errors: BusinessRefusal when the number is known with other content.
    """
    known = payout_row(connection, request.out_trade_no)
    if known is not None:
        if known["content"] != request.fingerprint:
            raise BusinessRefusal(DUPLICATE_DIFFERS, "out_trade_no was used with other content")
        return Taken(_reply(known), Script())
    choice = _choose(connection, request, default_delay)
    if not choice.script.is_processed:
        return Taken({}, choice.script)
    _insert(connection, request, choice, now)
    row = payout_row(connection, request.out_trade_no)
    assert row is not None
    return Taken(_unclear() if choice.script.is_unclear else _reply(row), choice.script)


def payout_query(connection: sqlite3.Connection, out_trade_no: str) -> dict[str, Any]:
    """The state of a payout. Errors: BusinessRefusal 400031 when the bank never took it."""
    row = payout_row(connection, out_trade_no)
    if row is None:
        raise BusinessRefusal(NOT_FOUND, "order not found")
    return payout_result(row)


def payouts_settle(connection: sqlite3.Connection, now: float) -> list[sqlite3.Row]:
    """Settle every payout whose time has come; returns the rows as they are afterwards."""
    due = connection.execute(
        "SELECT * FROM bank_payout WHERE status = 'PROCESSING' AND settle_at <= ? ORDER BY rowid", (now,)
    ).fetchall()
    for row in due:
        _settle(connection, row)
    settled = (payout_row(connection, row["out_trade_no"]) for row in due)
    return [row for row in settled if row is not None]


def payout_row(connection: sqlite3.Connection, out_trade_no: str) -> sqlite3.Row | None:
    """The stored payout."""
    row: sqlite3.Row | None = connection.execute(
        "SELECT * FROM bank_payout WHERE out_trade_no = ?", (out_trade_no,)
    ).fetchone()
    return row


def _reply(row: sqlite3.Row) -> dict[str, Any]:
    return {
        "return_code": row["fail_code"] or "0",
        "return_msg": row["fail_message"] or "ok",
        **payout_result(row),
    }


def _unclear() -> dict[str, Any]:
    return {"return_code": UNCLEAR.code, "return_msg": UNCLEAR.message}


def _choose(connection: sqlite3.Connection, request: PayoutRequest, default_delay: float) -> Choice:
    choice = behaviour_choose(
        connection,
        out_trade_no=request.out_trade_no,
        payee_account=request.payee_account,
        amount_fen=request.amount_fen,
        default_delay=default_delay,
    )
    if choice.script.is_processed or _is_first_submission(connection, request.out_trade_no):
        return choice
    return Choice(Behaviour.SUCCESS, default_delay)  # lost once; the next attempt gets through


def _is_first_submission(connection: sqlite3.Connection, out_trade_no: str) -> bool:
    inserted = connection.execute("INSERT OR IGNORE INTO bank_submission VALUES (?)", (out_trade_no,))
    return inserted.rowcount == 1


def _insert(connection: sqlite3.Connection, request: PayoutRequest, choice: Choice, now: float) -> None:
    refusal = choice.script.refusal or Failure("", "")
    values = {
        "out_trade_no": request.out_trade_no,
        "content": request.fingerprint,
        "payer_account": request.payer_account,
        "payee_account": request.payee_account,
        "payee_name": request.payee_name,
        "amount_fen": request.amount_fen,
        "purpose": request.purpose,
        "value_on": request.transfer_date,
        "notify_url": request.notify_url,
        "behaviour": choice.behaviour,
        "status": "FAILED" if refusal.code else "PROCESSING",
        "bank_serial": f"BS{secrets.randbelow(10**16):016d}",
        "fail_code": refusal.code,
        "fail_message": refusal.message,
        "settle_at": now + choice.delay_seconds,
    }
    names, marks = ", ".join(values), ", ".join("?" * len(values))
    connection.execute(f"INSERT INTO bank_payout ({names}) VALUES ({marks})", tuple(values.values()))


def _settle(connection: sqlite3.Connection, row: sqlite3.Row) -> None:
    failure = SCRIPTS[Behaviour(row["behaviour"])].settlement_failure
    if failure is None and balance_fen(connection, row["payer_account"]) < row["amount_fen"]:
        failure = NO_FUNDS
    if failure is None:
        entry_add(connection, _entry(row))
    connection.execute(
        "UPDATE bank_payout SET status = ?, fail_code = ?, fail_message = ? WHERE out_trade_no = ?",
        (
            "FAILED" if failure else "SUCCESS",
            failure.code if failure else "",
            failure.message if failure else "",
            row["out_trade_no"],
        ),
    )


def _entry(row: sqlite3.Row) -> Entry:
    return Entry(
        account_no=row["payer_account"],
        bank_serial=row["bank_serial"],
        direction="OUT",
        amount_fen=row["amount_fen"],
        value_on=row["value_on"],
        out_trade_no=row["out_trade_no"],
        counterparty_name=row["payee_name"],
        counterparty_account=row["payee_account"],
        remark=row["purpose"],
    )
