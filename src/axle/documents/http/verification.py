"""The verification page's service: anyone may hand in a PDF; nothing is kept of it."""

from django.http import HttpRequest
from ninja import File
from ninja.files import UploadedFile
from pydantic import BaseModel

from axle.documents.http.base import api
from axle.documents.services.document_verify import VerificationReport, document_verify
from axle.documents.signing.verification import SignatureReport
from axle.platform.errors import UploadRefused
from axle.platform.http import ErrorOut, where
from axle.platform.public import PDF, content_type_of, parameter_value, spend, text

_MAX_BYTES = 20 * 1024 * 1024


class SignatureOut(BaseModel):
    """One signature; ``changes_after`` is none, form_filling (later signatures) or other."""

    field: str
    signer: str
    signed_at: str | None
    reason: str
    is_valid: bool
    is_trusted: bool
    covers_all: bool
    changes_after: str


class VerificationFindingOut(BaseModel):
    """Something wrong, in words."""

    code: str
    message: str


class RegisteredOut(BaseModel):
    """What our register says about exactly this file."""

    document_no: str
    title: str
    legal_entity: str
    state: str
    is_latest: bool


class VerificationOut(BaseModel):
    """The verdict on a PDF."""

    is_intact: bool
    sha256: str
    signatures: list[SignatureOut]
    findings: list[VerificationFindingOut]
    registered: RegisteredOut | None


@api.router.post(
    "/documents/verify",
    auth=None,
    operation_id="document_verify",
    response={200: VerificationOut, 422: ErrorOut, 429: ErrorOut},
)
def verify(request: HttpRequest, file: File[UploadedFile]) -> VerificationOut:
    """Check the signatures of a PDF of at most 20 MB. No sign-in; limited per address."""
    spend(f"verify:{where(request)['ip']}", limit=parameter_value("documents.verify_per_minute"), seconds=60)
    if (file.size or 0) > _MAX_BYTES:
        raise UploadRefused(field="file", reason="too_large", limit_mb=_MAX_BYTES // 1024 // 1024)
    content = file.read()
    if content_type_of(content) != PDF:
        raise UploadRefused(field="file", reason="wrong_type", found=content_type_of(content))
    return _report_out(document_verify(content))


def _report_out(report: VerificationReport) -> VerificationOut:
    known = report.registered
    return VerificationOut(
        is_intact=report.is_intact,
        sha256=report.sha256,
        signatures=[_signature_out(signature) for signature in report.signatures],
        findings=[
            VerificationFindingOut(code=code, message=text("text", f"verification/{code}")) for code in report.findings
        ],
        registered=RegisteredOut(
            document_no=known.document_no,
            title=known.title,
            legal_entity=known.legal_entity,
            state=known.state,
            is_latest=known.is_latest,
        )
        if known
        else None,
    )


def _signature_out(report: SignatureReport) -> SignatureOut:
    return SignatureOut(
        field=report.field,
        signer=report.signer,
        signed_at=report.signed_at.isoformat(timespec="seconds") if report.signed_at else None,
        reason=report.reason,
        is_valid=report.is_valid,
        is_trusted=report.is_trusted,
        covers_all=report.covers_all,
        changes_after=report.changes_after,
    )
