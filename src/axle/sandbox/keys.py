"""The welcome kit of each party: key files under ``AXLE_VAR/keys``, made on first start.

A real bank hands its keys over at onboarding; the sandbox makes both sides' keys at once, so that the
product only ever reads files: ``bank_client.pem`` (ours, private), ``bank_sandbox.pub.pem`` (theirs),
``sms_gateway.secret``, and for the data sources ``source_client.pem``, ``source_party.pub.pem`` and a secret each.
"""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa


@dataclass(frozen=True)
class BankKeys:
    """What the bank holds: its own private key and its client's public key."""

    own: rsa.RSAPrivateKey
    client: rsa.RSAPublicKey


def bank_keys(directory: Path) -> BankKeys:
    """The bank's keys; both pairs are made when missing."""
    return BankKeys(own=_key_pair(directory, "bank_sandbox"), client=_key_pair(directory, "bank_client").public_key())


def sms_secret(directory: Path) -> bytes:
    """The secret that the SMS gateway shares with its client, made when missing."""
    return shared_secret(directory, "sms_gateway")


def shared_secret(directory: Path, name: str) -> bytes:
    """A secret that a party shares with its client, made when missing."""
    path = directory / f"{name}.secret"
    if not path.exists():
        _write_once(path, secrets.token_hex(32).encode(), mode=0o600)
    return bytes.fromhex(path.read_text().strip())


@dataclass(frozen=True)
class SourceKeys:
    """What a data source that signs with keys holds: its own private key and its client's public key."""

    own: ec.EllipticCurvePrivateKey
    client: ec.EllipticCurvePublicKey


def source_keys(directory: Path) -> SourceKeys:
    """The keys between data sources and their client, on the curve P-256; both pairs are made when missing."""
    return SourceKeys(_curve_pair(directory, "source_party"), _curve_pair(directory, "source_client").public_key())


def _curve_pair(directory: Path, name: str) -> ec.EllipticCurvePrivateKey:
    path = directory / f"{name}.pem"
    if not path.exists():
        _write_once(path, _private_pem(ec.generate_private_key(ec.SECP256R1())), mode=0o600)
    key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise ValueError(f"{path} is not a key on a curve")
    public_pem = key.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    _write_once(directory / f"{name}.pub.pem", public_pem, mode=0o644)
    return key


def _key_pair(directory: Path, name: str) -> rsa.RSAPrivateKey:
    path = directory / f"{name}.pem"
    if not path.exists():
        _write_once(path, _new_private_pem(), mode=0o600)
    key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(key, rsa.RSAPrivateKey):
        raise ValueError(f"{path} is not an RSA key")
    public_pem = key.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    _write_once(directory / f"{name}.pub.pem", public_pem, mode=0o644)
    return key


def _new_private_pem() -> bytes:
    return _private_pem(rsa.generate_private_key(public_exponent=65537, key_size=2048))


def _private_pem(key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def _write_once(path: Path, content: bytes, *, mode: int) -> None:
    """Create a file whole or not at all; when another process was first, its file stays."""
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
