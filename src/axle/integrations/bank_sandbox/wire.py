"""One signed exchange with the gateway: build, post, verify. Everything that can go wrong has a name."""

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from functools import cached_property
from pathlib import Path
from typing import Any

import httpx
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from axle.integrations.bank_sandbox.signing import SignatureWrong, sign, signed_part, string_to_sign, verify

CHINA = timezone(timedelta(hours=8))


@dataclass(frozen=True)
class BankLink:
    """Where the bank is and whose keys sign. ``notify_url`` is where the bank finds us."""

    base_url: str
    notify_url: str
    client_key: Path
    bank_key: Path
    app_id: str = "AXLE-DEMO"
    connect_seconds: float = 3.0
    read_seconds: float = 8.0


class ExchangeFailed(Exception):
    """No trustworthy reply arrived; ``code`` says why. The bank may or may not have acted."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class BankWire:
    """Posts business content and gives back the verified content of the reply."""

    def __init__(self, link: BankLink) -> None:
        self.link = link

    @cached_property
    def _client(self) -> httpx.Client:
        timeout = httpx.Timeout(self.link.read_seconds, connect=self.link.connect_seconds)
        return httpx.Client(base_url=self.link.base_url, timeout=timeout, trust_env=False)

    @cached_property
    def _own_key(self) -> rsa.RSAPrivateKey:
        key = serialization.load_pem_private_key(self.link.client_key.read_bytes(), password=None)
        if not isinstance(key, rsa.RSAPrivateKey):
            raise ValueError(f"{self.link.client_key} is not an RSA key")
        return key

    @cached_property
    def bank_key(self) -> rsa.RSAPublicKey:
        """The key that the bank signs with."""
        key = serialization.load_pem_public_key(self.link.bank_key.read_bytes())
        if not isinstance(key, rsa.RSAPublicKey):
            raise ValueError(f"{self.link.bank_key} is not an RSA key")
        return key

    def exchange(self, path: str, content: Mapping[str, Any]) -> Mapping[str, Any]:
        """Post one request. Errors: ExchangeFailed."""
        try:
            reply = self._client.post(path, data=self._signed_form(path, content))
        except httpx.TimeoutException as error:
            raise ExchangeFailed("bank_timeout") from error
        except httpx.HTTPError as error:
            raise ExchangeFailed("bank_unreachable") from error
        except OSError as error:
            raise ExchangeFailed("bank_keys_missing") from error
        if reply.status_code != httpx.codes.OK:
            raise ExchangeFailed("bank_http_error")
        return self._verified(reply.text)

    def _signed_form(self, path: str, content: Mapping[str, Any]) -> dict[str, str]:
        form = {
            "app_id": self.link.app_id,
            "msg_id": secrets.token_hex(16),
            "format": "json",
            "charset": "UTF-8",
            "sign_type": "RSA2",
            "timestamp": datetime.now(CHINA).strftime("%Y-%m-%d %H:%M:%S"),
            "biz_content": json.dumps(content, ensure_ascii=False, separators=(",", ":")),
        }
        return {**form, "sign": sign(string_to_sign(path, form), self._own_key)}

    def _verified(self, body: str) -> Mapping[str, Any]:
        try:
            reply = json.loads(body)
            text = signed_part(body)
            verify(text, str(reply["sign"]), self.bank_key)
        except SignatureWrong as error:
            raise ExchangeFailed("bank_signature_wrong") from error
        except (ValueError, KeyError, TypeError, OSError) as error:
            raise ExchangeFailed("bank_reply_unreadable") from error
        content: Mapping[str, Any] = json.loads(text)
        return content
