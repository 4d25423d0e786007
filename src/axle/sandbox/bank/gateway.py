"""The bank's face: signed requests in, signed replies out."""

import json
import logging
import sqlite3
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from axle.sandbox.bank.behaviours import Script
from axle.sandbox.bank.messages import BusinessRefusal, day_field, payout_request, text_field
from axle.sandbox.bank.notices import CHINA, notice
from axle.sandbox.bank.payouts import Taken, payout_query, payout_submit, payouts_settle
from axle.sandbox.bank.signing import is_signed, signed_reply, string_to_sign
from axle.sandbox.bank.statements import balance_fen, statement
from axle.sandbox.callbacks import callback_queue
from axle.sandbox.keys import BankKeys
from axle.sandbox.store import Store
from axle.sandbox.web import BadRequest, Request, Response

PREFIX = "/bank/gateway"
APP_ID = "AXLE-DEMO"
CLOCK_SKEW_SECONDS = 600
HOLD_SECONDS = 60.0
"""How long an unanswered request is held open; a client gives up long before."""

logger = logging.getLogger(__name__)
Business = Callable[[sqlite3.Connection, Mapping[str, Any]], Taken]


@dataclass(frozen=True)
class Timing:
    """``delay_seconds`` from acceptance to settlement; ``stopping`` ends requests that are held open."""

    delay_seconds: float
    stopping: threading.Event


class BankGateway:
    """Payout submit and query, statement and balance, each a POST under ``/bank/gateway``."""

    def __init__(self, store: Store, keys: BankKeys, timing: Timing) -> None:
        self._store = store
        self._keys = keys
        self._timing = timing
        self._services: dict[str, Business] = {
            f"{PREFIX}/payout/submit/V1": self._submit,
            f"{PREFIX}/payout/query/V1": _query,
            f"{PREFIX}/account/statement/V1": _statement,
            f"{PREFIX}/account/balance/V1": _balance,
        }

    @property
    def paths(self) -> tuple[str, ...]:
        """The paths that the gateway answers."""
        return tuple(self._services)

    def handle(self, request: Request) -> Response:
        """Verify, run the service in one transaction, sign the reply."""
        form = request.form()
        try:
            content = self._verified_content(request.path, form)
            with self._store.transaction() as connection:
                _message_once(connection, form["msg_id"])
                taken = self._services[request.path](connection, content)
        except BusinessRefusal as refusal:
            taken = Taken({"return_code": refusal.code, "return_msg": refusal.message}, Script())
        return self._reply(taken, form.get("msg_id", ""))

    def settle(self, now: float) -> int:
        """Settle due payouts and queue their call-backs in the same transaction; returns how many settled."""
        with self._store.transaction() as connection:
            return self.settle_in(connection, now)

    def settle_in(self, connection: sqlite3.Connection, now: float) -> int:
        """The same inside the caller's transaction."""
        settled = payouts_settle(connection, now)
        for row in settled:
            callback = notice(row, self._keys.own, now)
            if callback is not None:
                callback_queue(connection, callback)
        return len(settled)

    def _verified_content(self, path: str, form: Mapping[str, str]) -> dict[str, Any]:
        if form.get("app_id") != APP_ID:
            raise BusinessRefusal("400011", "app_id is unknown")
        if not form.get("msg_id"):
            raise BusinessRefusal("400002", "msg_id is missing")
        if form.get("sign_type") != "RSA2" or not is_signed(
            string_to_sign(path, form), form.get("sign", ""), self._keys.client
        ):
            raise BusinessRefusal("400017", "signature is wrong")
        _check_clock(form.get("timestamp", ""))
        return _business_content(form.get("biz_content", ""))

    def _submit(self, connection: sqlite3.Connection, content: Mapping[str, Any]) -> Taken:
        return payout_submit(
            connection, payout_request(content), now=time.time(), default_delay=self._timing.delay_seconds
        )

    def _reply(self, taken: Taken, msg_id: str) -> Response:
        if not taken.script.is_answered:
            self._timing.stopping.wait(HOLD_SECONDS)
            raise ConnectionAbortedError("this request is never answered")
        content = {"return_code": "0", "return_msg": "ok", **taken.content, "msg_id": msg_id}
        return Response(signed_reply(content, self._keys.own, is_forged=taken.script.is_reply_forged))


def _query(connection: sqlite3.Connection, content: Mapping[str, Any]) -> Taken:
    return Taken(payout_query(connection, text_field(content, "out_trade_no")), Script())


def _statement(connection: sqlite3.Connection, content: Mapping[str, Any]) -> Taken:
    page = content.get("page", 1)
    if not isinstance(page, int) or page < 1:
        raise BusinessRefusal("400002", "page is wrong")
    account_no = text_field(content, "account_no")
    return Taken(statement(connection, account_no, day_field(content, "date"), page), Script())


def _balance(connection: sqlite3.Connection, content: Mapping[str, Any]) -> Taken:
    account_no = text_field(content, "account_no")
    return Taken({"account_no": account_no, "balance": str(balance_fen(connection, account_no))}, Script())


def _message_once(connection: sqlite3.Connection, msg_id: str) -> None:
    added = connection.execute("INSERT OR IGNORE INTO bank_message VALUES (?, ?)", (msg_id, time.time()))
    if added.rowcount == 0:
        raise BusinessRefusal("400018", "msg_id was used before")


def _check_clock(text: str) -> None:
    try:
        sent_at = datetime.strptime(text, "%Y-%m-%d %H:%M:%S").replace(tzinfo=CHINA)
    except ValueError as error:
        raise BusinessRefusal("400002", "timestamp is wrong") from error
    if abs(sent_at.timestamp() - time.time()) > CLOCK_SKEW_SECONDS:
        raise BusinessRefusal("400019", "timestamp is too far from the bank's clock")


def _business_content(text: str) -> dict[str, Any]:
    try:
        content = json.loads(text)
    except ValueError as error:
        raise BusinessRefusal("400002", "biz_content is not JSON") from error
    if not isinstance(content, dict):
        raise BadRequest("biz_content is not an object")
    return content
