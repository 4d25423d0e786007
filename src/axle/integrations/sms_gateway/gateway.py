"""``messaging.ports.SmsGateway`` over HTTP."""

import hashlib
import hmac
import json
import secrets
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import httpx

from axle.messaging.errors import SmsReportRefused
from axle.messaging.ports import SmsOutcome, SmsReply, SmsReport, SmsRequest

REPORT_AGE_SECONDS = 86_400
FINAL_REFUSALS = frozenset({"PARAM", "PHONE"})
"""Codes after which the same request can never succeed; any other trouble is worth another attempt."""


@dataclass(frozen=True)
class SmsLink:
    """Where the gateway is and the secret that both sides hold."""

    base_url: str
    notify_url: str
    secret: Path
    app_key: str = "AXLE-DEMO"
    timeout_seconds: float = 5.0


class SandboxSmsGateway:
    """The SMS gateway as messaging sees it."""

    def __init__(self, link: SmsLink) -> None:
        self._link = link

    @cached_property
    def _client(self) -> httpx.Client:
        return httpx.Client(base_url=self._link.base_url, timeout=self._link.timeout_seconds, trust_env=False)

    @cached_property
    def _secret(self) -> bytes:
        return bytes.fromhex(self._link.secret.read_text().strip())

    def send(self, request: SmsRequest) -> SmsReply:
        """Send one text; a repeated ``request_no`` is answered with the first batch."""
        body = json.dumps(
            {
                "request_no": request.request_no,
                "template": request.template,
                "variables": dict(request.variables),
                "content": request.content,
                "phones": [request.phone],
                "notify_url": self._link.notify_url,
            },
            ensure_ascii=False,
        ).encode()
        try:
            reply = self._client.post("/sms/send", content=body, headers=self._headers(body))
            return _reply(reply.json())
        except (httpx.HTTPError, OSError, ValueError) as error:
            return SmsReply(SmsOutcome.UNAVAILABLE, code=type(error).__name__)

    def reports_read(self, headers: Mapping[str, str], body: bytes) -> Sequence[SmsReport]:
        """Verify and read a status report. Errors: SmsReportRefused."""
        stamp, nonce = headers.get("X-Sms-Timestamp", ""), headers.get("X-Sms-Nonce", "")
        expected = self._signature(stamp, nonce, body)
        if not hmac.compare_digest(expected.encode(), headers.get("X-Sms-Signature", "").encode()):
            raise SmsReportRefused()
        if abs(int(stamp) - time.time()) > REPORT_AGE_SECONDS:
            raise SmsReportRefused()
        try:
            return [_report(report) for report in json.loads(body)["reports"]]
        except (ValueError, KeyError, TypeError) as error:
            raise SmsReportRefused() from error

    def _headers(self, body: bytes) -> dict[str, str]:
        stamp, nonce = str(int(time.time())), secrets.token_hex(8)
        return {
            "Content-Type": "application/json",
            "X-Sms-Key": self._link.app_key,
            "X-Sms-Timestamp": stamp,
            "X-Sms-Nonce": nonce,
            "X-Sms-Signature": self._signature(stamp, nonce, body),
        }

    def _signature(self, stamp: str, nonce: str, body: bytes) -> str:
        return hmac.new(self._secret, f"{stamp}\n{nonce}\n".encode() + body, hashlib.sha256).hexdigest()


def _reply(content: Any) -> SmsReply:
    if not isinstance(content, dict):
        return SmsReply(SmsOutcome.UNAVAILABLE, code="unreadable")
    code = str(content.get("code", ""))
    if code == "OK":
        return SmsReply(SmsOutcome.ACCEPTED, batch_id=str(content.get("batch_id", "")))
    return SmsReply(SmsOutcome.REFUSED if code in FINAL_REFUSALS else SmsOutcome.UNAVAILABLE, code=code)


def _report(report: Mapping[str, Any]) -> SmsReport:
    status = str(report["status"])
    return SmsReport(str(report["request_no"]), is_delivered=status == "DELIVRD", code=status)
