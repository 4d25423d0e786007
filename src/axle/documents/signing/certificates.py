"""X.509 certificates of the local test authority. A real deployment takes them from a licensed CA instead."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

PrivateKey = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey
_FROM = datetime(2020, 1, 1, tzinfo=UTC)
_UNTIL = datetime(2049, 12, 31, tzinfo=UTC)
_ISSUER = "Axle Test CA"


@dataclass(frozen=True, slots=True)
class Identity:
    """A certificate with its private key."""

    certificate: x509.Certificate
    key: PrivateKey


def root_identity(name: str) -> Identity:
    """A self-signed root."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = _name(name)
    builder = _builder(subject, subject, key).add_extension(x509.BasicConstraints(ca=True, path_length=0), True)
    return Identity(builder.add_extension(_usage(is_root=True), True).sign(key, hashes.SHA256()), key)


def signer_identity(issuer: Identity, name: str, reference: str) -> Identity:
    """A key and certificate for one signer; ``reference`` stands in the subject's serial number."""
    key = ec.generate_private_key(ec.SECP256R1())
    builder = _issued(issuer, _name(name, reference), key)
    return Identity(builder.add_extension(_usage(), True).sign(issuer.key, hashes.SHA256()), key)


def stamper_identity(issuer: Identity, name: str) -> Identity:
    """A key and certificate for time stamping. RSA, which every verifier of RFC 3161 tokens reads."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    purpose = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
    builder = _issued(issuer, _name(name), key).add_extension(_usage(), True).add_extension(purpose, True)
    return Identity(builder.sign(issuer.key, hashes.SHA256()), key)


def _name(common: str, reference: str = "") -> x509.Name:
    parts: Sequence[tuple[x509.ObjectIdentifier, str]] = [
        (NameOID.COUNTRY_NAME, "CN"),
        (NameOID.ORGANIZATION_NAME, _ISSUER),
        (NameOID.COMMON_NAME, common[:64]),
        *([(NameOID.SERIAL_NUMBER, reference[:64])] if reference else []),
    ]
    return x509.Name([x509.NameAttribute(oid, value) for oid, value in parts])


def _builder(subject: x509.Name, issuer: x509.Name, key: PrivateKey) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(_FROM)
        .not_valid_after(_UNTIL)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), False)
    )


def _issued(issuer: Identity, subject: x509.Name, key: PrivateKey) -> x509.CertificateBuilder:
    authority = x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer.key.public_key())
    return _builder(subject, issuer.certificate.subject, key).add_extension(authority, False)


def _usage(*, is_root: bool = False) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not is_root,
        content_commitment=not is_root,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=is_root,
        crl_sign=is_root,
        encipher_only=False,
        decipher_only=False,
    )
