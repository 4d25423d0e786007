"""Which authorities sign and stamp here, and whom verification trusts."""

from functools import cache
from pathlib import Path

from asn1crypto import pem, x509
from django.conf import settings

from axle.documents.ports import SigningAuthority, TimestampAuthority
from axle.documents.signing.local_ca import LocalAuthority
from axle.documents.signing.timestamping import HttpTimestamps

LOCAL = "local"


@cache
def local_authority() -> LocalAuthority:
    """The test authority of this installation, in ``<var>/ca``."""
    return LocalAuthority(Path(settings.AXLE_VAR) / "ca")


def signing_authority() -> SigningAuthority:
    """Who certifies signers: the local test authority until a licensed one is connected."""
    return local_authority()


def timestamp_authority() -> TimestampAuthority:
    """Who stamps: the authority at ``AXLE_TSA_URL`` (RFC 3161 over HTTP), or ours when the setting says ``local``."""
    url: str = settings.AXLE_TSA_URL
    return local_authority() if url == LOCAL else HttpTimestamps(url)


def trusted_roots() -> list[x509.Certificate]:
    """Our root, the sandbox authority's, and every certificate (PEM) in the folder ``AXLE_TRUSTED_ROOTS``."""
    folder = settings.AXLE_TRUSTED_ROOTS
    files = [Path(settings.AXLE_VAR) / "keys/tsa/root.crt", *(sorted(Path(folder).glob("*.crt")) if folder else [])]
    return [local_authority().root, *(_certificate(file) for file in files if file.is_file())]


def _certificate(file: Path) -> x509.Certificate:
    content = file.read_bytes()
    return x509.Certificate.load(pem.unarmor(content)[2] if pem.detect(content) else content)
