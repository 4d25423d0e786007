"""The front door of documents."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from axle.documents import selectors
from axle.documents.domain.capital_amount import capital_amount
from axle.documents.domain.differences import Difference, compare
from axle.documents.domain.statement import Finding as StatementFinding
from axle.documents.domain.statement import StatementFigures
from axle.documents.rendering.pdf import render
from axle.documents.rendering.templates import template_named
from axle.documents.selectors import pictures_elsewhere, subjects_with_captured
from axle.documents.services import captured_document_add as adding
from axle.documents.services import document_render as rendering
from axle.documents.services import document_sign as signing
from axle.documents.services import document_void as voiding
from axle.documents.services.captured_document_compare import captured_document_compare
from axle.documents.services.document_verify import RegisteredDocument, VerificationReport, document_verify
from axle.documents.signing.verification import SignatureReport
from axle.documents.statements.reading import READ_TYPES
from axle.documents.subjects import subject_scope
from axle.documents.views import (
    CapturedDocumentView,
    DocumentView,
    RecognisedField,
    captured_view,
    document_view,
)
from axle.platform.public import Actor, Subject, file_read

__all__ = [
    "CapturedDocumentView",
    "Difference",
    "DocumentView",
    "RecognisedField",
    "RegisteredDocument",
    "SignatureReport",
    "StatementFigures",
    "StatementFinding",
    "VerificationReport",
    "capital_amount",
    "captured_document_add",
    "captured_document_compare",
    "captured_documents",
    "captured_kinds_of",
    "compare",
    "document_content",
    "document_get",
    "document_nos",
    "document_render",
    "document_seal",
    "document_sign_person",
    "document_verify",
    "document_void",
    "documents_of",
    "paper_print",
    "pictures_elsewhere",
    "statement_is_read_from",
    "subject_scope",
    "subjects_with_captured",
]


def captured_document_add(*, actor: Actor, subject: Subject, kind: str, file_id: int) -> CapturedDocumentView:
    """Attach an uploaded file to a subject; it is read after commit, then ``DocumentRecognised`` is published.

    The caller has checked that the actor may write to the subject. The same file again is not added twice.
    Errors: CapturedKindUnknown, ImageBroken, NotFound when the file is not the actor's own upload.
    """
    return captured_view(adding.captured_document_add(actor=actor, subject=subject, kind=kind, file_id=file_id))


def captured_documents(subject: Subject) -> list[CapturedDocumentView]:
    """The current captured documents of a subject; replaced versions are left out."""
    return [captured_view(row) for row in selectors.CAPTURED.rows(subject.type, subject.id)]


def statement_is_read_from(content_type: str) -> bool:
    """Whether a bank statement of a content type is read; a photo of one is filed for people."""
    return content_type in READ_TYPES


def captured_kinds_of(subject: Subject) -> set[str]:
    """The kinds of which a subject has a current captured document."""
    return set(selectors.captured_of(subject).values_list("kind", flat=True))


def document_render(
    *, actor: Actor, template: str, data: Mapping[str, Any], subject: Subject, legal_entity_id: int, title: str
) -> DocumentView:
    """Render a draft from a template and its data (see ``rendering.schemas``).

    Money: amounts in ``data`` are fen (int) or yuan strings; rates are Decimal annual fractions or their text.
    Errors: TemplateUnknown, TemplateDataInvalid, MissingGlyph.
    """
    document = rendering.document_render(
        actor=actor,
        template=template,
        data=data,
        subject=subject,
        legal_entity_id=legal_entity_id,
        title=title,
    )
    return document_view(document)


def document_seal(*, document_id: int, legal_entity_id: int) -> DocumentView:
    """Put the legal entity's PAdES signature with its visible red seal and a time stamp on its document.

    Errors: DocumentVoid, DocumentAlreadySealed, SealEntityDiffers, SignaturePlaceMissing, TimestampUnavailable.
    """
    return document_view(signing.document_seal(document_id=document_id, legal_entity_id=legal_entity_id))


def document_sign_person(
    *, document_id: int, signer_name: str, signature_png: bytes, evidence: Mapping[str, Any], role: str = "borrower"
) -> DocumentView:
    """Put a person's drawn signature on a document; ``role`` is one of its ``open_roles``.

    Errors: DocumentVoid, SignaturePlaceMissing, RoleAlreadySigned, SignatureEmpty, SignatureImageBroken,
    TimestampUnavailable.
    """
    document = signing.document_sign_person(
        document_id=document_id,
        signer_name=signer_name,
        signature_png=signature_png,
        evidence=evidence,
        role=role,
    )
    return document_view(document)


def document_void(*, actor: Actor, document_id: int, reason: str) -> None:
    """Void a document; to sign again, the whole set is voided and rendered anew. Errors: NotFound, DocumentVoid."""
    voiding.document_void(actor=actor, document=selectors.issued(document_id), reason=reason)


def documents_of(subject: Subject) -> list[DocumentView]:
    """The issued documents of a subject, oldest first."""
    return [document_view(row) for row in selectors.documents_of(subject)]


def document_get(document_id: int) -> DocumentView:
    """Errors: NotFound. The caller has checked who may see it."""
    return document_view(selectors.issued(document_id))


def document_nos(document_ids: Sequence[int]) -> dict[int, str]:
    """The numbers of some documents, in one query."""
    return selectors.document_nos(document_ids)


def document_content(document_id: int) -> bytes:
    """The newest revision's bytes. Errors: NotFound. The caller has checked who may read it."""
    return file_read(selectors.issued(document_id).file_id)[1]


def paper_print(*, template: str, data: Mapping[str, Any], dated: date) -> bytes:
    """A paper that is only printed, not issued: no number, no seal, nothing kept.

    Errors: TemplateUnknown, TemplateDataInvalid, MissingGlyph.
    """
    chosen = template_named(template)
    return render(chosen, chosen.checked(data), dated=dated).content
