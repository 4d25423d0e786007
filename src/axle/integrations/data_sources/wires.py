"""The vendors' ways of signing, from the client's side: one class per way.

``send`` signs and posts a question, ``open`` gives the verified text of a reply. Whatever does not verify is refused.
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
from dataclasses import dataclass, field
from functools import cached_property
from http import HTTPStatus
from pathlib import Path
from typing import Any, Protocol

import aiohttp
from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

CLIENT = "AXLE-DEMO"


class NotTrusted(Exception):
    """The reply is not what its vendor signed."""


class NotAdmitted(Exception):
    """The vendor gives no token for our secret."""


@dataclass(frozen=True)
class Place:
    """Where a source is, and where it calls back."""

    url: str
    notify_url: str

    @property
    def headers(self) -> dict[str, str]:
        return {"X-Notify-Url": self.notify_url}


@dataclass(frozen=True)
class Reply:
    """What came back, fully read."""

    status: int
    headers: Mapping[str, str]
    content: bytes
    charset: str

    @property
    def text(self) -> str:
        return self.content.decode(self.charset)

    def json(self) -> Any:
        """The content as JSON. Errors: ValueError."""
        return json.loads(self.text)


async def sent(
    client: aiohttp.ClientSession, url: str, *, method: str = "POST", headers: Mapping[str, str], **told: Any
) -> Reply:
    """Send a question and read all that comes back; a redirection is no answer. Errors: aiohttp.ClientError."""
    async with client.request(method, url, headers=headers, allow_redirects=False, **told) as reply:
        return Reply(reply.status, reply.headers, await reply.read(), reply.charset or "utf-8")


_JSON = {"Content-Type": "application/json"}


class Wire(Protocol):
    """One way."""

    async def send(self, client: aiohttp.ClientSession, place: Place, asked: Mapping[str, str]) -> Reply:
        """Ask."""
        ...

    def open(self, reply: Reply) -> str:
        """The verified text. Errors: NotTrusted."""
        ...


@dataclass(frozen=True)
class SecretFile:
    """A secret shared with a vendor, in hexadecimal in a file."""

    path: Path

    @cached_property
    def content(self) -> bytes:
        return bytes.fromhex(self.path.read_text().strip())

    def mac(self, content: bytes) -> str:
        """HMAC-SHA256 in hexadecimal."""
        return hmac.new(self.content, content, hashlib.sha256).hexdigest()


def sm3(text: str) -> str:
    """SM3 in hexadecimal."""
    digest = hashes.Hash(hashes.SM3())
    digest.update(text.encode())
    return digest.finalize().hex()


def _same(told: str, expected: str) -> None:
    if not hmac.compare_digest(told.encode(), expected.encode()):
        raise NotTrusted


@dataclass(frozen=True)
class MacWire:
    """HMAC-SHA256 in headers over time stamp, nonce and JSON body."""

    secret: SecretFile

    async def send(self, client: aiohttp.ClientSession, place: Place, asked: Mapping[str, str]) -> Reply:
        body = json.dumps(asked, ensure_ascii=False).encode()
        stamp, nonce = str(int(time.time())), secrets.token_hex(8)
        signed = {
            "X-Timestamp": stamp,
            "X-Nonce": nonce,
            "X-Signature": self.secret.mac(f"{stamp}\n{nonce}\n".encode() + body),
        }
        return await sent(client, place.url, data=body, headers={**place.headers, **_JSON, **signed})

    def open(self, reply: Reply) -> str:
        _same(reply.headers.get("X-Signature", ""), self.secret.mac(reply.content))
        return reply.text


@dataclass(frozen=True)
class DigestWire:
    """SM3 over sorted parameters; the question in the query or a form, the answer in the text ``data``."""

    secret: SecretFile
    is_query: bool = False

    async def send(self, client: aiohttp.ClientSession, place: Place, asked: Mapping[str, str]) -> Reply:
        told = {**asked, "appKey": CLIENT}
        told["sign"] = self._sign(told)
        if self.is_query:
            return await sent(client, place.url, method="GET", params=told, headers=place.headers)
        return await sent(client, place.url, data=told, headers=place.headers)

    def open(self, reply: Reply) -> str:
        told = {name: str(value) for name, value in reply.json().items()}
        _same(told.pop("sign", ""), self._sign(told))
        return told["data"]

    def _sign(self, told: Mapping[str, str]) -> str:
        pairs = sorted((name, value) for name, value in told.items() if value)
        return sm3("&".join(f"{name}={value}" for name, value in pairs) + f"&key={self.secret.content.hex()}").upper()


@dataclass(frozen=True)
class KeyWire:
    """ECDSA over the body, both ways; the body is JSON, or XML when ``root`` names its element."""

    keys: Path
    root: str = ""

    @cached_property
    def _own(self) -> ec.EllipticCurvePrivateKey:
        key = serialization.load_pem_private_key((self.keys / "source_client.pem").read_bytes(), password=None)
        if not isinstance(key, ec.EllipticCurvePrivateKey):
            raise ValueError("source_client.pem is not a key on a curve")
        return key

    @cached_property
    def _theirs(self) -> ec.EllipticCurvePublicKey:
        key = serialization.load_pem_public_key((self.keys / "source_party.pub.pem").read_bytes())
        if not isinstance(key, ec.EllipticCurvePublicKey):
            raise ValueError("source_party.pub.pem is not a key on a curve")
        return key

    async def send(self, client: aiohttp.ClientSession, place: Place, asked: Mapping[str, str]) -> Reply:
        body = (_xml(self.root, asked) if self.root else json.dumps(asked, ensure_ascii=False)).encode()
        signature = base64.b64encode(self._own.sign(body, ec.ECDSA(hashes.SHA256()))).decode()
        kind = {"Content-Type": "application/xml"} if self.root else _JSON
        return await sent(client, place.url, data=body, headers={**place.headers, **kind, "X-Signature": signature})

    def open(self, reply: Reply) -> str:
        try:
            told = base64.b64decode(reply.headers.get("X-Signature", ""), validate=True)
            self._theirs.verify(told, reply.content, ec.ECDSA(hashes.SHA256()))
        except (InvalidSignature, binascii.Error) as error:
            raise NotTrusted from error
        return reply.content.decode()


def _xml(root: str, told: Mapping[str, str]) -> str:
    inner = "".join(f"<{name}>{_escaped(value)}</{name}>" for name, value in told.items())
    return f"<?xml version='1.0' encoding='utf-8'?>\n<{root}>{inner}</{root}>"


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


@dataclass
class TokenWire:
    """A token for the secret, renewed before it runs out; replies carry the SM3 of secret and body."""

    secret: SecretFile
    token_url: str
    is_query: bool = False
    _token: str = field(default="", init=False)
    _good_until: float = field(default=0.0, init=False)

    async def send(self, client: aiohttp.ClientSession, place: Place, asked: Mapping[str, str]) -> Reply:
        reply = await self._send(client, place, asked)
        if reply.status == HTTPStatus.UNAUTHORIZED:  # the vendor has forgotten the token
            self._good_until = 0.0
            reply = await self._send(client, place, asked)
        return reply

    async def _send(self, client: aiohttp.ClientSession, place: Place, asked: Mapping[str, str]) -> Reply:
        headers = {**place.headers, "Authorization": f"Bearer {await self._token_for(client)}"}
        if self.is_query:
            return await sent(client, place.url, method="GET", params=dict(asked), headers=headers)
        return await sent(client, place.url, json=dict(asked), headers=headers)

    async def _token_for(self, client: aiohttp.ClientSession) -> str:
        if time.monotonic() >= self._good_until:
            told = {"client_id": CLIENT, "client_secret": self.secret.content.hex()}
            reply = await sent(client, self.token_url, data=told, headers={})
            if reply.status != HTTPStatus.OK:
                raise NotAdmitted
            granted = reply.json()
            self._token = str(granted["access_token"])
            self._good_until = time.monotonic() + int(granted["expires_in"]) - 60
        return self._token

    def open(self, reply: Reply) -> str:
        _same(reply.headers.get("X-Digest", ""), sm3(self.secret.content.hex() + reply.text))
        return reply.text


@dataclass(frozen=True)
class SealedWire:
    """Question and answer sealed with SM4-GCM."""

    secret: SecretFile

    async def send(self, client: aiohttp.ClientSession, place: Place, asked: Mapping[str, str]) -> Reply:
        data = base64.b64encode(self._sealed(json.dumps(asked, ensure_ascii=False))).decode()
        return await sent(client, place.url, json={"org": CLIENT, "data": data}, headers=place.headers)

    def open(self, reply: Reply) -> str:
        try:
            stored = base64.b64decode(str(reply.json()["data"]), validate=True)
            cipher = Cipher(algorithms.SM4(self._key), modes.GCM(stored[:12], stored[-16:])).decryptor()
            return (cipher.update(stored[12:-16]) + cipher.finalize()).decode()
        except (InvalidTag, binascii.Error, ValueError) as error:
            raise NotTrusted from error

    @property
    def _key(self) -> bytes:
        return self.secret.content[:16]

    def _sealed(self, text: str) -> bytes:
        nonce = os.urandom(12)
        cipher = Cipher(algorithms.SM4(self._key), modes.GCM(nonce)).encryptor()
        return nonce + cipher.update(text.encode()) + cipher.finalize() + cipher.tag


@dataclass(frozen=True)
class LineWire:
    """One line of fields in GBK with a trailer of number and SM3, both ways."""

    secret: SecretFile

    async def send(self, client: aiohttp.ClientSession, place: Place, asked: Mapping[str, str]) -> Reply:
        line = "|".join(("QUERY", *asked.values()))
        body = f"{line}\n{self._trailer([line])}\n".encode("gbk")
        kind = {"Content-Type": "text/plain; charset=GBK"}
        return await sent(client, place.url, data=body, headers={**place.headers, **kind})

    def open(self, reply: Reply) -> str:
        *lines, trailer = reply.content.decode("gbk").rstrip("\n").split("\n")
        _same(trailer, self._trailer(lines))
        return "\n".join(lines)

    def _trailer(self, lines: list[str]) -> str:
        return f"END|{len(lines)}|{sm3(self.secret.content.hex() + chr(10).join(lines))}"
