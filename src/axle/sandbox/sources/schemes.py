"""The ways in which sources know their client and prove themselves: one class per way.

``open`` verifies a request and gives what it asks; ``close`` signs an answer. Both speak text, so that the content is
the party's own affair.
"""

import base64
import binascii
import hashlib
import hmac
import json
import os
import secrets
import time
from collections.abc import Mapping
from typing import Protocol

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from axle.sandbox.keys import SourceKeys
from axle.sandbox.web import Request, Response, json_response

CLIENT = "AXLE-DEMO"
SKEW_SECONDS = 600
TOKEN_SECONDS = 600


class Refused(Exception):
    """The source does not know this client."""


class Scheme(Protocol):
    """One way of signing."""

    def open(self, request: Request) -> str:
        """The verified text of a request. Errors: Refused."""
        ...

    def close(self, text: str, content_type: str) -> Response:
        """A signed answer."""
        ...


def sm3(text: str) -> str:
    """SM3 in hexadecimal."""
    digest = hashes.Hash(hashes.SM3())
    digest.update(text.encode())
    return digest.finalize().hex()


def digest_of(subject: str) -> str:
    """An id number or a phone as shared lists know it."""
    return sm3(subject).upper()


class HeaderMac:
    """HMAC-SHA256 in headers, over time stamp, nonce and body; answers carry one over their body."""

    def __init__(self, secret: bytes) -> None:
        self._secret = secret

    def open(self, request: Request) -> str:
        stamp, nonce = request.headers.get("x-timestamp", ""), request.headers.get("x-nonce", "")
        told = request.headers.get("x-signature", "")
        if not hmac.compare_digest(self.mac(f"{stamp}\n{nonce}\n".encode() + request.body), told):
            raise Refused
        if not stamp.isdigit() or abs(int(stamp) - time.time()) > SKEW_SECONDS:
            raise Refused
        return request.body.decode()

    def close(self, text: str, content_type: str) -> Response:
        return Response(text.encode(), 200, content_type, {"X-Signature": self.mac(text.encode())})

    def mac(self, content: bytes) -> str:
        """The signature of some bytes."""
        return hmac.new(self._secret, content, hashlib.sha256).hexdigest()


class SortedDigest:
    """SM3 over sorted parameters and the secret, as ``sign`` among them; questions come as a form or in the query,
    answers are JSON whose ``data`` is a text."""

    def __init__(self, secret: bytes) -> None:
        self._secret = secret.hex()

    def open(self, request: Request) -> str:
        told = dict(request.query) or request.form()
        if told.pop("sign", "") != self.sign(told) or told.get("appKey") != CLIENT:
            raise Refused
        return json.dumps(told)

    def close(self, text: str, content_type: str) -> Response:
        answer = {"code": "0", "serial": secrets.token_hex(8), "data": text}
        return json_response({**answer, "sign": self.sign(answer)})

    def sign(self, parameters: Mapping[str, str]) -> str:
        """The signature of some parameters."""
        pairs = sorted((name, value) for name, value in parameters.items() if value)
        return sm3("&".join(f"{name}={value}" for name, value in pairs) + f"&key={self._secret}").upper()


class KeyPair:
    """ECDSA with SHA-256 over the body, in a header, both ways."""

    def __init__(self, keys: SourceKeys) -> None:
        self._keys = keys

    def open(self, request: Request) -> str:
        try:
            told = base64.b64decode(request.headers.get("x-signature", ""), validate=True)
            self._keys.client.verify(told, request.body, ec.ECDSA(hashes.SHA256()))
        except (InvalidSignature, binascii.Error) as error:
            raise Refused from error
        return request.body.decode()

    def close(self, text: str, content_type: str) -> Response:
        signature = self._keys.own.sign(text.encode(), ec.ECDSA(hashes.SHA256()))
        return Response(text.encode(), 200, content_type, {"X-Signature": base64.b64encode(signature).decode()})


class Token:
    """A token for a secret, good for ten minutes; answers carry the SM3 of token and body."""

    def __init__(self, secret: bytes) -> None:
        self._secret = secret.hex()
        self._tokens: dict[str, float] = {}

    def grant(self, request: Request) -> Response:
        """``POST …/token`` with ``client_id`` and ``client_secret``."""
        told = request.form()
        if told.get("client_id") != CLIENT or told.get("client_secret") != self._secret:
            return json_response({"error": "invalid_client"}, 401)
        token = secrets.token_hex(16)
        self._tokens[token] = time.time() + TOKEN_SECONDS
        return json_response({"access_token": token, "expires_in": TOKEN_SECONDS})

    def open(self, request: Request) -> str:
        token = request.headers.get("authorization", "").removeprefix("Bearer ")
        if self._tokens.get(token, 0.0) < time.time():
            raise Refused
        return request.body.decode() or json.dumps(dict(request.query))

    def close(self, text: str, content_type: str) -> Response:
        return Response(text.encode(), 200, content_type, {"X-Digest": sm3(f"{self._secret}{text}")})


class Sealed:
    """Question and answer are sealed with SM4-GCM under the shared secret."""

    def __init__(self, secret: bytes) -> None:
        self._key = secret[:16]

    def open(self, request: Request) -> str:
        told = request.json()
        if told.get("org") != CLIENT:
            raise Refused
        try:
            return self._opened(base64.b64decode(str(told.get("data", "")), validate=True))
        except (InvalidTag, binascii.Error, ValueError) as error:
            raise Refused from error

    def close(self, text: str, content_type: str) -> Response:
        return json_response({"status": "00", "data": base64.b64encode(self._sealed(text)).decode()})

    def _opened(self, stored: bytes) -> str:
        cipher = Cipher(algorithms.SM4(self._key), modes.GCM(stored[:12], stored[-16:])).decryptor()
        return (cipher.update(stored[12:-16]) + cipher.finalize()).decode()

    def _sealed(self, text: str) -> bytes:
        nonce = os.urandom(12)
        cipher = Cipher(algorithms.SM4(self._key), modes.GCM(nonce)).encryptor()
        body = cipher.update(text.encode()) + cipher.finalize()
        return nonce + body + cipher.tag


class Lines:
    """Lines of fields in GBK, ended by a trailer with their number and their SM3 with the secret."""

    def __init__(self, secret: bytes) -> None:
        self._secret = secret.hex()

    def open(self, request: Request) -> str:
        *lines, trailer = request.body.decode("gbk").rstrip("\n").split("\n")
        if trailer != self.trailer(lines):
            raise Refused
        return "\n".join(lines)

    def close(self, text: str, content_type: str) -> Response:
        whole = f"{text}\n{self.trailer(text.split(chr(10)))}\n"
        return Response(whole.encode("gbk"), 200, "text/plain; charset=gbk")

    def trailer(self, lines: list[str]) -> str:
        """The last line."""
        return f"END|{len(lines)}|{sm3(self._secret + chr(10).join(lines))}"


def forged(response: Response) -> Response:
    """The same answer, altered after it was signed: in its header, or near the end of its body."""
    if response.headers:
        headers = {name: value[::-1] for name, value in response.headers.items()}
        return Response(response.body, response.status, response.content_type, headers)
    at = len(response.body) - 9
    other = b"B" if response.body[at : at + 1] == b"A" else b"A"
    return Response(response.body[:at] + other + response.body[at + 1 :], response.status, response.content_type)
