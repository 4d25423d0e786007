"""Taking messages and reporting what became of them."""

import hashlib
import hmac
import json
import re
import secrets
import sqlite3
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from axle.sandbox.callbacks import Callback, callback_queue
from axle.sandbox.store import Store
from axle.sandbox.web import BadRequest, Request, Response, json_response

APP_KEY = "AXLE-DEMO"
CLOCK_SKEW_SECONDS = 600
PER_PHONE_PER_HOUR = 30
_MOBILE = re.compile(r"1[3-9]\d{9}", re.ASCII)

UNDELIVERABLE_SUFFIX = "0001"
"""Messages to numbers that end so are reported UNDELIV (switched off)."""

BLACKLISTED_SUFFIX = "0002"
"""Messages to numbers that end so are reported as refused by blacklist."""


@dataclass(frozen=True)
class Send:
    """One accepted request: the same text to each phone."""

    request_no: str
    template: str
    variables: Mapping[str, str]
    content: str
    phones: tuple[str, ...]
    notify_url: str


class SmsRefusal(Exception):
    """The gateway takes nothing of the request."""

    def __init__(self, code: str, message: str, status: int = 200) -> None:
        super().__init__(code)
        self.code = code
        self.message = message
        self.status = status


class SmsGateway:
    """``POST /sms/send``: the signature is HMAC-SHA256 over timestamp, nonce and body."""

    def __init__(self, store: Store, secret: bytes) -> None:
        self._store = store
        self._secret = secret

    def send(self, request: Request) -> Response:
        """Take a message. A repeated ``request_no`` gives the first batch number and sends nothing."""
        try:
            self._check_signature(request)
            send = _read(request.json())
            with self._store.transaction() as connection:
                batch_id = self._take(connection, send, time.time())
        except SmsRefusal as refusal:
            return json_response({"code": refusal.code, "message": refusal.message}, refusal.status)
        return json_response({"code": "OK", "message": "ok", "batch_id": batch_id})

    def _check_signature(self, request: Request) -> None:
        timestamp, nonce = request.headers.get("x-sms-timestamp", ""), request.headers.get("x-sms-nonce", "")
        expected = hmac_sign(self._secret, timestamp, nonce, request.body)
        if request.headers.get("x-sms-key") != APP_KEY or not hmac.compare_digest(
            expected, request.headers.get("x-sms-signature", "")
        ):
            raise SmsRefusal("SIGNATURE", "signature is wrong", 401)
        if not timestamp.isdigit() or abs(int(timestamp) - time.time()) > CLOCK_SKEW_SECONDS:
            raise SmsRefusal("TIMESTAMP", "timestamp is too far from the gateway's clock", 401)

    def _take(self, connection: sqlite3.Connection, send: Send, now: float) -> str:
        known = connection.execute(
            "SELECT batch_id FROM sms_message WHERE request_no = ?", (send.request_no,)
        ).fetchone()
        if known is not None:
            return str(known["batch_id"])
        for phone in send.phones:
            _check_rate(connection, phone, now)
        batch_id = f"SB{secrets.token_hex(8)}"
        reports = [_deliver(connection, send, batch_id, phone, now) for phone in send.phones]
        if send.notify_url:
            callback_queue(connection, _report(self._secret, send.notify_url, reports, now))
        return batch_id


def hmac_sign(secret: bytes, timestamp: str, nonce: str, body: bytes) -> str:
    """HMAC-SHA256 in hexadecimal over ``timestamp \\n nonce \\n body``."""
    return hmac.new(secret, f"{timestamp}\n{nonce}\n".encode() + body, hashlib.sha256).hexdigest()


def outbox(store: Store, phone: str) -> list[dict[str, Any]]:
    """Messages to a phone, newest first."""
    rows = store.rows("SELECT * FROM sms_message WHERE phone = ? ORDER BY message_id DESC LIMIT 100", phone)
    return [
        {
            "batch_id": row["batch_id"],
            "request_no": row["request_no"],
            "phone": row["phone"],
            "template": row["template"],
            "variables": json.loads(row["variables"]),
            "content": row["content"],
            "status": row["status"],
            "sent_at": row["sent_at"],
        }
        for row in rows
    ]


def _read(content: Mapping[str, Any]) -> Send:
    phones = content.get("phones")
    variables = content.get("variables", {})
    texts = {name: content.get(name) for name in ("request_no", "template", "content")}
    if not all(isinstance(text, str) and text for text in texts.values()) or not isinstance(variables, dict):
        raise SmsRefusal("PARAM", "request_no, template, content and variables are needed")
    if not isinstance(phones, list) or not 0 < len(phones) <= 100:
        raise SmsRefusal("PARAM", "one to 100 phones are needed")
    if not all(isinstance(phone, str) and _MOBILE.fullmatch(phone) for phone in phones):
        raise SmsRefusal("PHONE", "a phone number is wrong")
    notify_url = content.get("notify_url", "")
    if not isinstance(notify_url, str):
        raise BadRequest("notify_url is not text")
    return Send(
        request_no=str(texts["request_no"]),
        template=str(texts["template"]),
        variables={str(name): str(value) for name, value in variables.items()},
        content=str(texts["content"]),
        phones=tuple(phones),
        notify_url=notify_url,
    )


def _check_rate(connection: sqlite3.Connection, phone: str, now: float) -> None:
    row = connection.execute(
        "SELECT COUNT(*) AS sent FROM sms_message WHERE phone = ? AND sent_at > ?", (phone, now - 3600)
    ).fetchone()
    if row["sent"] >= PER_PHONE_PER_HOUR:
        raise SmsRefusal("LIMIT", "too many messages to this phone", 429)


def _deliver(connection: sqlite3.Connection, send: Send, batch_id: str, phone: str, now: float) -> dict[str, str]:
    status = _status(connection, phone)
    connection.execute(
        "INSERT INTO sms_message (batch_id, request_no, phone, template, variables, content, status, sent_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            batch_id,
            send.request_no,
            phone,
            send.template,
            json.dumps(send.variables, ensure_ascii=False),
            send.content,
            status,
            now,
        ),
    )
    return {"batch_id": batch_id, "request_no": send.request_no, "phone": phone, "status": status}


def _status(connection: sqlite3.Connection, phone: str) -> str:
    blocked = connection.execute("SELECT 1 FROM sms_blocked WHERE phone = ?", (phone,)).fetchone()
    if blocked is not None or phone.endswith(BLACKLISTED_SUFFIX):
        return "BLACKLIST"
    return "UNDELIV" if phone.endswith(UNDELIVERABLE_SUFFIX) else "DELIVRD"


def _report(secret: bytes, url: str, reports: list[dict[str, str]], now: float) -> Callback:
    body = json.dumps({"reports": reports}).encode()
    stamp, nonce = str(int(now)), secrets.token_hex(8)
    return Callback(
        party="sms",
        url=url,
        headers={
            "Content-Type": "application/json",
            "X-Sms-Timestamp": stamp,
            "X-Sms-Nonce": nonce,
            "X-Sms-Signature": hmac_sign(secret, stamp, nonce, body),
        },
        body=body,
        due_at=now,
    )
