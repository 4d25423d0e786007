"""The signed call-back that tells the client how a payout ended."""

import json
import secrets
import sqlite3
from datetime import datetime, timedelta, timezone
from urllib.parse import urlencode, urlsplit

from cryptography.hazmat.primitives.asymmetric import rsa

from axle.sandbox.bank.behaviours import SCRIPTS, Behaviour
from axle.sandbox.bank.messages import payout_result
from axle.sandbox.bank.signing import signature, string_to_sign
from axle.sandbox.callbacks import Callback

CHINA = timezone(timedelta(hours=8))


def notice(row: sqlite3.Row, key: rsa.RSAPrivateKey, now: float) -> Callback | None:
    """The call-back for a settled payout, or None when the script withholds it."""
    script = SCRIPTS[Behaviour(row["behaviour"])]
    if script.callback_copies == 0:
        return None
    content = payout_result(row)
    if script.is_callback_amount_wrong:
        content["amount"] = str(row["amount_fen"] + 1)
    body = _signed_form(content, row["notify_url"], key, now, is_forged=script.is_callback_forged)
    return Callback(
        party="bank",
        url=row["notify_url"],
        headers={"Content-Type": "application/x-www-form-urlencoded; charset=utf-8"},
        body=body,
        due_at=now,
        copies=script.callback_copies,
    )


def timestamp(now: float) -> str:
    """Epoch seconds as the gateway writes time: China time without a zone."""
    return datetime.fromtimestamp(now, CHINA).strftime("%Y-%m-%d %H:%M:%S")


def _signed_form(content: dict[str, str], url: str, key: rsa.RSAPrivateKey, now: float, *, is_forged: bool) -> bytes:
    parameters = {
        "app_id": "BANK-SANDBOX",
        "msg_id": secrets.token_hex(16),
        "format": "json",
        "charset": "UTF-8",
        "sign_type": "RSA2",
        "timestamp": timestamp(now),
        "biz_content": json.dumps(content, ensure_ascii=False, separators=(",", ":")),
    }
    text = string_to_sign(urlsplit(url).path, parameters)
    return urlencode({**parameters, "sign": signature(f"{text}forged" if is_forged else text, key)}).encode()
