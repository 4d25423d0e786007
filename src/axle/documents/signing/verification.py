"""Judging a signed PDF: who signed, when, and whether anything was changed since.

A signature counts only when its bottom line is good: cryptographically valid, trusted, time-stamped by a trusted
authority, and followed by nothing but form filling. ``intact`` alone is not enough (an update that paints over a
page leaves it true). Any exception while reading makes the document invalid.
"""

import hashlib
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from asn1crypto import x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation import EmbeddedPdfSignature, validate_pdf_signature
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext


@dataclass(frozen=True, slots=True)
class SignatureReport:
    """One signature. ``signed_at`` is the trusted time stamp's; ``covers_all`` that nothing follows it."""

    field: str
    signer: str
    signed_at: datetime | None
    reason: str
    is_valid: bool
    is_trusted: bool
    covers_all: bool
    changes_after: str
    """none, form_filling (later signatures) or other."""


@dataclass(frozen=True, slots=True)
class PdfReport:
    """A PDF with its signatures. ``findings`` are codes: unreadable, no_signature, changed_after_signing, …"""

    sha256: str
    is_intact: bool
    signatures: tuple[SignatureReport, ...]
    findings: tuple[str, ...]


def verify_pdf(content: bytes, trusted: Sequence[x509.Certificate]) -> PdfReport:
    """Check every signature against the trusted roots. Never raises: an unreadable file is a report that says so."""
    digest = hashlib.sha256(content).hexdigest()
    try:
        reports = tuple(_reports(content, trusted))
    except Exception:
        return PdfReport(digest, False, (), ("unreadable",))
    findings = tuple(sorted({finding for report in reports for finding in _findings(report)}))
    if not reports:
        findings = ("no_signature",)
    return PdfReport(digest, not findings, reports, findings)


def _reports(content: bytes, trusted: Sequence[x509.Certificate]) -> Iterator[SignatureReport]:
    reader = PdfFileReader(io.BytesIO(content), strict=True)
    for signature in reader.embedded_regular_signatures:
        yield _report(signature, trusted)


def _report(signature: EmbeddedPdfSignature, trusted: Iterable[x509.Certificate]) -> SignatureReport:
    context = ValidationContext(trust_roots=list(trusted), allow_fetching=False)
    status = validate_pdf_signature(signature, signer_validation_context=context, ts_validation_context=context)
    stamp = status.timestamp_validity
    return SignatureReport(
        field=signature.field_name,
        signer=str(status.signing_cert.subject.native.get("common_name", "")),
        signed_at=stamp.timestamp if stamp else None,
        reason=str(signature.sig_object.get("/Reason", "")),
        is_valid=bool(status.bottom_line) and stamp is not None,
        is_trusted=bool(status.trusted),
        covers_all=status.coverage == SignatureCoverageLevel.ENTIRE_FILE,
        changes_after=_changes(status),
    )


def _changes(status: PdfSignatureStatus) -> str:
    level = status.modification_level
    if level in {ModificationLevel.NONE, ModificationLevel.LTA_UPDATES}:
        return "none"
    return "form_filling" if level == ModificationLevel.FORM_FILLING else "other"


def _findings(report: SignatureReport) -> Iterator[str]:
    if report.changes_after == "other":
        yield "changed_after_signing"
    if not report.is_trusted:
        yield "signer_not_trusted"
    if report.signed_at is None:
        yield "no_timestamp"
    if not report.is_valid and report.changes_after != "other" and report.is_trusted and report.signed_at:
        yield "signature_broken"
