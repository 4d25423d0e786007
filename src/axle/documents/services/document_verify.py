"""Verifying a PDF that somebody hands in, and looking its hash up in our register."""

from dataclasses import dataclass

from axle.documents.models import Document, DocumentEvidence, DocumentState
from axle.documents.signing.authorities import trusted_roots
from axle.documents.signing.verification import SignatureReport, verify_pdf


@dataclass(frozen=True, slots=True)
class RegisteredDocument:
    """What our register says about a file with this very hash. ``is_latest``: no later signature or seal exists."""

    document_no: str
    title: str
    legal_entity: str
    state: str
    is_latest: bool


@dataclass(frozen=True, slots=True)
class VerificationReport:
    """The verdict on a PDF. ``findings`` are codes with sentences in the catalogue; none means all is well."""

    is_intact: bool
    sha256: str
    signatures: tuple[SignatureReport, ...]
    findings: tuple[str, ...]
    registered: RegisteredDocument | None


def document_verify(pdf: bytes) -> VerificationReport:
    """Judge a PDF by its signatures; any doubt makes it not intact. Never raises on bad input."""
    report = verify_pdf(pdf, trusted_roots())
    registered = _registered(report.sha256)
    findings = report.findings + (("void",) if registered and registered.state == DocumentState.VOID else ())
    return VerificationReport(not findings, report.sha256, report.signatures, findings, registered)


def _registered(sha256: str) -> RegisteredDocument | None:
    revision = (
        DocumentEvidence.objects.filter(sha256_after=sha256)
        .select_related("document__legal_entity")
        .order_by("-pk")
        .first()
    )
    if revision is None:
        return None
    document: Document = revision.document
    return RegisteredDocument(
        document_no=document.document_no,
        title=document.title,
        legal_entity=document.legal_entity.name,
        state=document.state,
        is_latest=document.sha256 == sha256,
    )
