"""Issued documents: look, download, void."""

from django.http import HttpResponse
from pydantic import BaseModel, Field

from axle.documents import permissions as may
from axle.documents import selectors
from axle.documents.http.base import api
from axle.documents.models import Document, DocumentEvidence, DocumentState, EvidenceAct
from axle.documents.services.document_void import document_void
from axle.documents.views import open_roles
from axle.platform.http import ActorName, file_answer
from axle.platform.public import Actor, Ctx, Input, acting, available_commands, file_read, note_change


class DocumentVoidIn(Input):
    """Why a document is voided."""

    document_id: int
    reason: str = Field(min_length=2, max_length=200, json_schema_extra={"format": "textarea"})


class EvidenceOut(BaseModel):
    """One act on a document, with the file's hash before and after."""

    act: EvidenceAct
    role: str
    at: str
    by: str
    sha256_before: str
    sha256_after: str


class DocumentOut(BaseModel):
    """An issued document with what happened to it; ``open_roles`` have a place on it and have not signed."""

    id: int
    document_no: str
    title: str
    template: str
    template_version: int
    subject_type: str
    subject_id: int
    legal_entity: str
    state: DocumentState
    sha256: str
    size: int
    business_on: str
    created_at: str
    created_by: ActorName
    open_roles: list[str]
    evidence: list[EvidenceOut]
    actions: list[str]


@api.command("document_void", permission=may.DOCUMENT_VOID, subject="document")
def document_void_command(ctx: Ctx, data: DocumentVoidIn) -> DocumentOut:
    """Void a document; it stays with its evidence."""
    document = selectors.document_get(ctx.actor, data.document_id)
    document_void(actor=ctx.actor, document=document, reason=data.reason)
    return _document_out(ctx.actor, selectors.document_get(ctx.actor, data.document_id))


@api.query("documents_of_subject", "/documents", permission=may.DOCUMENT_VIEW)
def documents_of_subject(actor: Actor, subject_type: str, subject_id: int) -> list[DocumentOut]:
    """The issued documents of a subject."""
    rows = selectors.documents_visible(actor).filter(subject_type=subject_type, subject_id=subject_id)
    return [_document_out(actor, row) for row in rows.prefetch_related("evidence").order_by("pk")[:200]]


@api.query("document_get", "/documents/{int:document_id}", permission=may.DOCUMENT_VIEW)
def document_get(actor: Actor, document_id: int) -> DocumentOut:
    """One document with its evidence."""
    return _document_out(actor, selectors.document_get(actor, document_id))


@api.query("document_file", "/documents/{int:document_id}/file", permission=may.DOCUMENT_VIEW)
def document_file(actor: Actor, document_id: int, download: bool = False) -> HttpResponse:
    """The newest PDF; every look is in the operation log."""
    document = selectors.document_get(actor, document_id)
    stored, content = file_read(document.file_id)
    with acting(actor, "document_file"):
        note_change(type="document", id=document.pk, after={"document_no": document.document_no})
    return file_answer(
        content, content_type=stored.content_type, name=f"{document.document_no}.pdf", is_download=download
    )


def _document_out(actor: Actor, row: Document) -> DocumentOut:
    is_void = row.state == DocumentState.VOID
    return DocumentOut(
        id=row.pk,
        document_no=row.document_no,
        title=row.title,
        template=row.template.code,
        template_version=row.template.version,
        subject_type=row.subject_type,
        subject_id=row.subject_id,
        legal_entity=row.legal_entity.name,
        state=DocumentState(row.state),
        sha256=row.sha256,
        size=row.file.size,
        business_on=row.business_on.isoformat(),
        created_at=row.created_at.isoformat(timespec="seconds"),
        created_by=row.created_by,
        open_roles=list(open_roles(row)),
        evidence=[_evidence_out(act) for act in sorted(row.evidence.all(), key=lambda act: act.pk)],
        actions=[] if is_void else available_commands(actor, "document_void"),
    )


def _evidence_out(row: DocumentEvidence) -> EvidenceOut:
    return EvidenceOut(
        act=EvidenceAct(row.act),
        role=row.role,
        at=row.at.isoformat(timespec="seconds"),
        by=row.by,
        sha256_before=row.sha256_before,
        sha256_after=row.sha256_after,
    )
