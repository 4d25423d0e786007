"""The local test authority: certificates for organisations, persons and time stamps, made once in a folder.

It stands in for a licensed CA so that signing runs on a laptop. Its certificates prove nothing to an outsider.
"""

import fcntl
import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path

from asn1crypto import keys as asn1_keys
from asn1crypto import tsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from pyhanko.sign.signers import SimpleSigner
from pyhanko.sign.timestamps import DummyTimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore

from axle.documents.signing.certificates import (
    Identity,
    PrivateKey,
    root_identity,
    signer_identity,
    stamper_identity,
)

_UNSAFE = re.compile(r"[^A-Za-z0-9_-]")


class LocalAuthority:
    """A root and what it issued, in ``folder`` (keys readable by their owner only).

    Organisations keep their key; a person's key is made for one signature and thrown away, so nobody can sign
    in their name again. The folder is made at the first use, by one of several processes.
    """

    def __init__(self, folder: Path, name: str = "Axle Test Root") -> None:
        self._folder, self._name = folder, name

    @cached_property
    def _root(self) -> Identity:
        return self._kept("root", lambda: root_identity(self._name))

    @property
    def root(self) -> asn1_x509.Certificate:
        """The certificate that verifiers trust."""
        return _asn1(self._root.certificate)

    def organisation(self, *, code: str, name: str) -> SimpleSigner:
        """The signer of a legal entity."""
        root, file = self._root, "organisation-" + _UNSAFE.sub("_", code)
        return self._signer(self._kept(file, lambda: signer_identity(root, name, code)))

    def person(self, *, name: str, reference: str) -> SimpleSigner:
        """A signer for one signature of one person."""
        return self._signer(signer_identity(self._root, name, reference))

    def token(self, query: tsp.TimeStampReq) -> bytes:
        """The answer to one time-stamp query."""
        return bytes(self.stamper().request_tsa_response(query).dump())

    def stamper(self) -> DummyTimeStamper:
        """Time stamps made in this process."""
        root = self._root
        identity = self._kept("tsa", lambda: stamper_identity(root, "Axle Test TSA"))
        return DummyTimeStamper(_asn1(identity.certificate), _asn1_key(identity.key), self._store())

    def _signer(self, identity: Identity) -> SimpleSigner:
        return SimpleSigner(_asn1(identity.certificate), _asn1_key(identity.key), self._store(), embed_roots=False)

    def _store(self) -> SimpleCertificateStore:
        store = SimpleCertificateStore()  # type: ignore[no-untyped-call]
        store.register(self.root)
        return store

    def _kept(self, file: str, make: Callable[[], Identity]) -> Identity:
        with self._locked():
            certificate, key = self._folder / f"{file}.crt", self._folder / f"{file}.key"
            if not certificate.exists():
                _write(key, certificate, make())
            return _read(key, certificate)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle = os.open(self._folder / ".lock", os.O_CREAT | os.O_RDWR, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        finally:
            os.close(handle)


def _write(key_path: Path, certificate_path: Path, identity: Identity) -> None:
    pem = identity.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    handle = os.open(key_path, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(pem)
    certificate_path.write_bytes(identity.certificate.public_bytes(Encoding.PEM))


def _read(key_path: Path, certificate_path: Path) -> Identity:
    key = load_pem_private_key(key_path.read_bytes(), password=None)
    assert isinstance(key, PrivateKey)
    return Identity(x509.load_pem_x509_certificate(certificate_path.read_bytes()), key)


def _asn1(certificate: x509.Certificate) -> asn1_x509.Certificate:
    return asn1_x509.Certificate.load(certificate.public_bytes(Encoding.DER))


def _asn1_key(key: PrivateKey) -> asn1_keys.PrivateKeyInfo:
    return asn1_keys.PrivateKeyInfo.load(key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption()))
