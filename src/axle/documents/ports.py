"""What documents ask of the outside: signing certificates, time stamps, the scope of a subject.

Light on purpose: importing it loads neither Django nor the signing libraries.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Protocol
from wsgiref.types import WSGIApplication

if TYPE_CHECKING:
    from pyhanko.sign.signers import Signer
    from pyhanko.sign.timestamps import TimeStamper


class SigningAuthority(Protocol):
    """A certification authority that keeps our organisations' keys and certifies persons for one signature."""

    def organisation(self, *, code: str, name: str) -> Signer:
        """The signer of a legal entity."""
        ...

    def person(self, *, name: str, reference: str) -> Signer:
        """A signer for one signature of one person; ``reference`` ties the certificate to the document."""
        ...


class TimestampAuthority(Protocol):
    """An authority that stamps hashes with the time (RFC 3161)."""

    def stamper(self) -> TimeStamper:
        """The client that the signing library asks."""
        ...


def timestamp_application(keys: Path) -> WSGIApplication:
    """A test time-stamp authority to serve over HTTP: POST a query to any path. Its keys are made in ``keys/tsa``."""
    from axle.documents.signing.timestamping import timestamp_application as application

    return application(keys)
