"""Captured documents: add, look, confirm."""

from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from pydantic import BaseModel, Field

from axle.documents import imaging, selectors
from axle.documents import permissions as may
from axle.documents.domain.captured_kinds import CapturedKind
from axle.documents.domain.masks import masking_rule
from axle.documents.http.base import SubjectRef, api
from axle.documents.http.examined import (
    PictureMatchOut,
    StatementOut,
    TamperMarkOut,
    matches_out,
    statement_out,
)
from axle.documents.models import CapturedDocument, CapturedState
from axle.documents.services.captured_document_add import captured_document_add
from axle.documents.services.captured_document_confirm import captured_document_confirm
from axle.documents.services.captured_document_read_again import captured_document_read_again
from axle.documents.subjects import require_subject
from axle.kernel.money import yuan
from axle.kernel.types import RateStr
from axle.platform.http import ActorName, file_answer
from axle.platform.public import IMAGES, Actor, Ctx, Input, acting, available_commands, file_read, mask, note_change


class CapturedDocumentAddIn(SubjectRef):
    """An uploaded file as a document of a kind."""

    kind: CapturedKind
    file_id: int = Field(ge=1, le=2**63 - 1, json_schema_extra={"format": "file-id"})


class CapturedDocumentConfirmIn(Input):
    """Values by field name; amounts as yuan strings, dates ISO. Fields left out count as read."""

    document_id: int
    values: dict[str, str] = Field(max_length=40)


class CapturedDocumentIn(Input):
    document_id: int


class FieldOut(BaseModel):
    """One field: what was read, how sure (0 to 1), what a person confirmed. Amounts are yuan strings."""

    name: str
    value: str
    confidence: RateStr
    is_valid: bool
    is_doubtful: bool
    confirmed: str | None


class DifferenceOut(BaseModel):
    """Where form and document differ; severity is critical, minor or fill."""

    field: str
    form_value: str
    recognised_value: str
    severity: str


class CapturedDocumentOut(BaseModel):
    """A captured document with its reading. Personal values are masked unless read through the private route."""

    id: int
    subject_type: str
    subject_id: int
    kind: CapturedKind
    version: int
    is_current: bool
    state: CapturedState
    failure: str
    file_id: int
    file_name: str
    content_type: str
    size: int
    fields: list[FieldOut]
    differences: list[DifferenceOut]
    confidence: RateStr | None
    turned_by: RateStr | None
    duplicate_of: int | None
    tamper_score: int | None
    tamper_marks: list[TamperMarkOut]
    matches: list[PictureMatchOut]
    statement: StatementOut | None
    captured_by: ActorName
    captured_at: str
    confirmed_by: ActorName
    confirmed_at: str | None
    actions: list[str]


@api.command("captured_document_add", permission=may.CAPTURED_ADD, subject="captured_document")
def captured_document_add_command(ctx: Ctx, data: CapturedDocumentAddIn) -> CapturedDocumentOut:
    """Attach one's own upload to a case; it is read in the background."""
    require_subject(data.subject, ctx.actor, may.CAPTURED_ADD)
    document = captured_document_add(actor=ctx.actor, subject=data.subject, kind=data.kind, file_id=data.file_id)
    return captured_out(ctx.actor, document)


@api.command("captured_document_confirm", permission=may.CAPTURED_CONFIRM, subject="captured_document")
def captured_document_confirm_command(ctx: Ctx, data: CapturedDocumentConfirmIn) -> CapturedDocumentOut:
    """Confirm or correct what was read."""
    document = selectors.captured_get(ctx.actor, data.document_id)
    return captured_out(ctx.actor, captured_document_confirm(actor=ctx.actor, document=document, values=data.values))


@api.command("captured_document_read_again", permission=may.CAPTURED_CONFIRM, subject="captured_document")
def captured_document_read_again_command(ctx: Ctx, data: CapturedDocumentIn) -> CapturedDocumentOut:
    """Have a document read once more."""
    document = selectors.captured_get(ctx.actor, data.document_id)
    return captured_out(ctx.actor, captured_document_read_again(document=document))


@api.query("captured_documents_of_subject", "/captured-documents", permission=may.CAPTURED_VIEW)
def captured_documents_of_subject(actor: Actor, subject_type: str, subject_id: int) -> list[CapturedDocumentOut]:
    """The current documents of a case, masked."""
    rows = selectors.captured_visible(actor).filter(subject_type=subject_type, subject_id=subject_id, is_current=True)
    found = list(rows.order_by("pk")[:200])
    matches = matches_out(actor, [row.pk for row in found])
    return [_captured_out(actor, row, matches.get(row.pk, [])) for row in found]


@api.query("captured_document_get", "/captured-documents/{int:document_id}", permission=may.CAPTURED_VIEW)
def captured_document_get(actor: Actor, document_id: int) -> CapturedDocumentOut:
    """One document, masked."""
    return captured_out(actor, selectors.captured_get(actor, document_id))


@api.query(
    "captured_document_private", "/captured-documents/{int:document_id}/private", permission=may.CAPTURED_PRIVATE
)
def captured_document_private(actor: Actor, document_id: int) -> CapturedDocumentOut:
    """One document in full; every look is in the operation log."""
    document = selectors.captured_get(actor, document_id)
    _log(actor, "captured_document_private", document)
    return captured_out(actor, document, is_private=True)


@api.query("captured_document_file", "/captured-documents/{int:document_id}/file", permission=may.CAPTURED_PRIVATE)
def captured_document_file(actor: Actor, document_id: int, download: bool = False) -> HttpResponse:
    """The picture or scan itself; every look is in the operation log."""
    document = selectors.captured_get(actor, document_id)
    stored, content = file_read(document.file_id)
    _log(actor, "captured_document_file", document)
    return file_answer(content, content_type=stored.content_type, name=stored.name, is_download=download)


@api.query(
    "captured_document_thumbnail", "/captured-documents/{int:document_id}/thumbnail", permission=may.CAPTURED_VIEW
)
def captured_document_thumbnail(actor: Actor, document_id: int) -> HttpResponse:
    """A small JPEG, too small to read; empty (204) for a PDF."""
    document = selectors.captured_get(actor, document_id)
    if document.file.content_type not in IMAGES:
        return HttpResponse(status=204)
    _, content = file_read(document.file_id)
    answer = file_answer(
        imaging.thumbnail(content), content_type="image/jpeg", name=f"{document_id}.jpg", is_download=False
    )
    answer["Cache-Control"] = "private, max-age=3600"
    return answer


def _log(actor: Actor, operation: str, document: CapturedDocument) -> None:
    with acting(actor, operation):
        note_change(type="captureddocument", id=document.pk, after={"kind": document.kind})


def captured_out(actor: Actor, row: CapturedDocument, *, is_private: bool = False) -> CapturedDocumentOut:
    """A row as it leaves the server."""
    return _captured_out(actor, row, matches_out(actor, [row.pk]).get(row.pk, []), is_private=is_private)


def _captured_out(
    actor: Actor, row: CapturedDocument, matches: list[PictureMatchOut], *, is_private: bool = False
) -> CapturedDocumentOut:
    return CapturedDocumentOut(
        id=row.pk,
        subject_type=row.subject_type,
        subject_id=row.subject_id,
        kind=CapturedKind(row.kind),
        version=row.version,
        is_current=row.is_current,
        state=CapturedState(row.state),
        failure=row.failure,
        file_id=row.file_id,
        file_name=row.file.name,
        content_type=row.file.content_type,
        size=row.file.size,
        fields=_fields_out(row, is_private),
        differences=_differences_out(row, is_private),
        confidence=row.confidence,
        turned_by=row.turned_by,
        duplicate_of=row.duplicate_of_id,
        tamper_score=row.tamper_score,
        tamper_marks=[TamperMarkOut(tamper_mark=mark["code"], detail=mark["detail"]) for mark in row.tamper_marks],
        matches=matches,
        statement=statement_out(row, is_private=is_private),
        captured_by=row.captured_by,
        captured_at=row.captured_at.isoformat(timespec="seconds"),
        confirmed_by=row.confirmed_by,
        confirmed_at=row.confirmed_at.isoformat(timespec="seconds") if row.confirmed_at else None,
        actions=available_commands(actor, *_possible(row)),
    )


def _fields_out(row: CapturedDocument, is_private: bool) -> list[FieldOut]:
    read, confirmed = row.fields or {}, row.confirmed or {}
    names = [*read, *(name for name in confirmed if name not in read)]
    return [_field_out(row, name, read.get(name), confirmed.get(name), is_private) for name in names]


def _field_out(row: CapturedDocument, name: str, read: Any, confirmed: Any, is_private: bool) -> FieldOut:
    return FieldOut(
        name=name.removesuffix("_fen"),
        value=shown(name, read["value"], is_private) if read else "",
        confidence=Decimal(str(read["confidence"])) if read else Decimal(0),
        is_valid=bool(read and read["is_valid"]),
        is_doubtful=name in row.doubtful,
        confirmed=None if confirmed is None else shown(name, confirmed, is_private),
    )


def _differences_out(row: CapturedDocument, is_private: bool) -> list[DifferenceOut]:
    return [
        DifferenceOut(
            field=found["field"].removesuffix("_fen"),
            form_value=shown(found["field"], found["form_value"], is_private),
            recognised_value=shown(found["field"], found["recognised_value"], is_private),
            severity=found["severity"],
        )
        for found in row.differences or []
    ]


def shown(name: str, value: str | int, is_private: bool) -> str:
    """A field's value as text: fen as yuan, personal data masked unless the private route asks."""
    if name.endswith("_fen") and value != "":
        return yuan(int(value))
    rule = masking_rule(name)
    return str(value) if is_private or rule is None else mask(str(value), rule)


def _possible(row: CapturedDocument) -> list[str]:
    if not row.is_current or row.state in {CapturedState.QUEUED, CapturedState.FILED}:
        return ["captured_document_read_again"] if row.is_current and row.state == CapturedState.QUEUED else []
    confirmable = ["captured_document_confirm"]
    return confirmable if row.state == CapturedState.CONFIRMED else [*confirmable, "captured_document_read_again"]
