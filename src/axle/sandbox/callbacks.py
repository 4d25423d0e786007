"""Call-backs to the product: queued with the fact that they tell, delivered until acknowledged."""

import json
import logging
import sqlite3
import threading
from collections.abc import Mapping
from dataclasses import dataclass

import httpx

from axle.sandbox.store import Store

RETRY_SECONDS = (1, 5, 15, 60, 300, 900, 3600)
"""Waits after each refused attempt; after the last one the party gives up and only a query tells."""

TIMEOUT_SECONDS = 5.0
BATCH_SIZE = 50

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Callback:
    """One HTTP POST that a party owes the product; ``copies`` of it leave at the same moment."""

    party: str
    url: str
    headers: Mapping[str, str]
    body: bytes
    due_at: float
    copies: int = 1


def callback_queue(connection: sqlite3.Connection, callback: Callback) -> None:
    """Write the call-back down inside the caller's transaction."""
    connection.execute(
        "INSERT INTO callback (party, url, headers, body, copies, due_at, state) VALUES (?, ?, ?, ?, ?, ?, 'due')",
        (
            callback.party,
            callback.url,
            json.dumps(dict(callback.headers)),
            callback.body,
            callback.copies,
            callback.due_at,
        ),
    )


class CallbackCourier:
    """Delivers what is due. An answer of 200 ends a call-back; anything else is tried again later."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._client = httpx.Client(timeout=TIMEOUT_SECONDS, trust_env=False)

    def deliver_due(self, now: float) -> int:
        """Deliver every call-back due at ``now`` (epoch seconds); returns how many were acknowledged."""
        rows = self._store.rows(
            "SELECT * FROM callback WHERE state = 'due' AND due_at <= ? ORDER BY callback_id LIMIT ?",
            now,
            BATCH_SIZE,
        )
        return sum(self._deliver(row, now) for row in rows)

    def close(self) -> None:
        """Let go of open connections."""
        self._client.close()

    def _deliver(self, row: sqlite3.Row, now: float) -> bool:
        is_acknowledged = all(self._post_copies(row))
        with self._store.transaction() as connection:
            if is_acknowledged:
                connection.execute(
                    "UPDATE callback SET state = 'delivered' WHERE callback_id = ?", (row["callback_id"],)
                )
            else:
                _put_off(connection, row, now)
        return is_acknowledged

    def _post_copies(self, row: sqlite3.Row) -> list[bool]:
        answers: list[bool] = []
        threads = [
            threading.Thread(target=lambda: answers.append(self._post(row)), daemon=True) for _ in range(row["copies"])
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return answers

    def _post(self, row: sqlite3.Row) -> bool:
        try:
            reply = self._client.post(row["url"], content=row["body"], headers=json.loads(row["headers"]))
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            logger.info("call-back %s not delivered: %s", row["callback_id"], error)
            return False
        return reply.status_code == httpx.codes.OK


def _put_off(connection: sqlite3.Connection, row: sqlite3.Row, now: float) -> None:
    attempts = row["attempts"] + 1
    if attempts > len(RETRY_SECONDS):
        connection.execute("UPDATE callback SET state = 'given_up' WHERE callback_id = ?", (row["callback_id"],))
        return
    connection.execute(
        "UPDATE callback SET attempts = ?, due_at = ? WHERE callback_id = ?",
        (attempts, now + RETRY_SECONDS[attempts - 1], row["callback_id"]),
    )
