"""The sandbox's own state: one SQLite file, durable before any reply goes out."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SCHEMA = """
CREATE TABLE IF NOT EXISTS bank_message (msg_id TEXT PRIMARY KEY, received_at REAL NOT NULL);
CREATE TABLE IF NOT EXISTS bank_account (
    account_no TEXT PRIMARY KEY, opening_fen INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS bank_submission (out_trade_no TEXT PRIMARY KEY);
CREATE TABLE IF NOT EXISTS bank_payout (
    out_trade_no TEXT PRIMARY KEY, content TEXT NOT NULL, payer_account TEXT NOT NULL,
    payee_account TEXT NOT NULL, payee_name TEXT NOT NULL,
    amount_fen INTEGER NOT NULL CHECK (amount_fen > 0), purpose TEXT NOT NULL,
    value_on TEXT NOT NULL, notify_url TEXT NOT NULL, behaviour TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('PROCESSING', 'SUCCESS', 'FAILED')),
    bank_serial TEXT NOT NULL, fail_code TEXT NOT NULL DEFAULT '', fail_message TEXT NOT NULL DEFAULT '',
    settle_at REAL NOT NULL);
CREATE INDEX IF NOT EXISTS bank_payout_due ON bank_payout (status, settle_at);
CREATE TABLE IF NOT EXISTS bank_entry (
    entry_id INTEGER PRIMARY KEY, account_no TEXT NOT NULL, bank_serial TEXT NOT NULL UNIQUE,
    direction TEXT NOT NULL CHECK (direction IN ('OUT', 'IN')),
    amount_fen INTEGER NOT NULL CHECK (amount_fen > 0),
    value_on TEXT NOT NULL, out_trade_no TEXT NOT NULL, counterparty_name TEXT NOT NULL,
    counterparty_account TEXT NOT NULL, remark TEXT NOT NULL);
CREATE UNIQUE INDEX IF NOT EXISTS bank_entry_once ON bank_entry (out_trade_no) WHERE out_trade_no <> '';
CREATE INDEX IF NOT EXISTS bank_entry_day ON bank_entry (account_no, value_on);
CREATE TABLE IF NOT EXISTS bank_rule (
    rule_id INTEGER PRIMARY KEY, behaviour TEXT NOT NULL, out_trade_no TEXT, payee_account TEXT,
    amount_fen INTEGER, delay_seconds REAL, times_left INTEGER);
CREATE TABLE IF NOT EXISTS sms_message (
    message_id INTEGER PRIMARY KEY, batch_id TEXT NOT NULL, request_no TEXT NOT NULL, phone TEXT NOT NULL,
    template TEXT NOT NULL, variables TEXT NOT NULL, content TEXT NOT NULL, status TEXT NOT NULL,
    sent_at REAL NOT NULL);
CREATE UNIQUE INDEX IF NOT EXISTS sms_message_once ON sms_message (request_no, phone);
CREATE INDEX IF NOT EXISTS sms_message_phone ON sms_message (phone, message_id);
CREATE TABLE IF NOT EXISTS sms_blocked (phone TEXT PRIMARY KEY);
CREATE TABLE IF NOT EXISTS callback (
    callback_id INTEGER PRIMARY KEY, party TEXT NOT NULL, url TEXT NOT NULL, headers TEXT NOT NULL,
    body BLOB NOT NULL,
    copies INTEGER NOT NULL, due_at REAL NOT NULL, attempts INTEGER NOT NULL DEFAULT 0,
    state TEXT NOT NULL CHECK (state IN ('due', 'delivered', 'given_up')));
CREATE INDEX IF NOT EXISTS callback_due ON callback (state, due_at);
CREATE TABLE IF NOT EXISTS source_rule (
    rule_id INTEGER PRIMARY KEY, party TEXT, behaviour TEXT NOT NULL, subject TEXT, delay_seconds REAL,
    times_left INTEGER);
CREATE TABLE IF NOT EXISTS source_plant (subject TEXT NOT NULL, trait TEXT NOT NULL, PRIMARY KEY (subject, trait));
CREATE TABLE IF NOT EXISTS source_request (
    party TEXT NOT NULL, request_no TEXT NOT NULL, subject TEXT NOT NULL, times INTEGER NOT NULL,
    content TEXT, PRIMARY KEY (party, request_no));
CREATE TABLE IF NOT EXISTS setting (name TEXT PRIMARY KEY, value TEXT NOT NULL);
"""


class Store:
    """One connection behind one lock; every transaction is on disk when it returns."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._lock = threading.RLock()
        self._connection = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        self._connection.row_factory = sqlite3.Row
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.execute("PRAGMA synchronous = FULL")
        self._connection.executescript(SCHEMA)

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Run statements together or not at all."""
        with self._lock:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")

    def rows(self, sql: str, *parameters: object) -> list[sqlite3.Row]:
        """Read rows outside a transaction."""
        with self._lock:
            return self._connection.execute(sql, parameters).fetchall()

    def close(self) -> None:
        """Close the file; nothing is lost without it."""
        with self._lock:
            self._connection.close()
