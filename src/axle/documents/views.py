"""What leaves the front door: frozen pictures of rows."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from axle.documents.domain.statement import StatementFigures
from axle.documents.models import CapturedDocument, Document
from axle.platform.public import Subject


@dataclass(frozen=True, slots=True)
class RecognisedField:
    """A field as read. Amounts are fen (names end in ``_fen``), dates ISO text."""

    value: str | int
    confidence: float
    is_valid: bool


@dataclass(frozen=True, slots=True)
class CapturedDocumentView:
    """A captured document. ``values`` is what counts: confirmed by a person, else as read. ``content_type`` is its
    file's, ``tamper_score`` (0 to 100) is None for what is no picture or waits, as is ``statement`` for all but bank
    statements that could be read."""

    document_id: int
    subject: Subject
    kind: str
    version: int
    file_id: int
    ocr_state: str
    fields: Mapping[str, RecognisedField]
    confirmed: Mapping[str, str | int]
    confidence: float | None
    doubtful: tuple[str, ...]
    duplicate_of: int | None
    content_type: str = ""
    tamper_score: int | None = None
    statement: StatementFigures | None = None

    @property
    def values(self) -> dict[str, str | int]:
        return {name: field.value for name, field in self.fields.items()} | dict(self.confirmed)


@dataclass(frozen=True, slots=True)
class DocumentView:
    """An issued document. ``open_roles`` have a place on it and have not signed yet."""

    document_id: int
    document_no: str
    title: str
    template: str
    template_version: int
    subject: Subject
    file_id: int
    sha256: str
    state: str
    open_roles: tuple[str, ...]


def captured_view(row: CapturedDocument) -> CapturedDocumentView:
    """The row as others see it."""
    fields: Mapping[str, Any] = row.fields or {}
    return CapturedDocumentView(
        document_id=row.pk,
        subject=Subject(row.subject_type, row.subject_id),
        kind=row.kind,
        version=row.version,
        file_id=row.file_id,
        ocr_state=str(row.state),
        fields={name: RecognisedField(**field) for name, field in fields.items()},
        confirmed=row.confirmed or {},
        confidence=None if row.confidence is None else float(row.confidence),
        doubtful=tuple(row.doubtful),
        duplicate_of=row.duplicate_of_id,
        content_type=row.file.content_type,
        tamper_score=row.tamper_score,
        statement=StatementFigures.of_json(row.statement) if row.statement else None,
    )


def document_view(row: Document) -> DocumentView:
    """The row as others see it."""
    return DocumentView(
        document_id=row.pk,
        document_no=row.document_no,
        title=row.title,
        template=row.template.code,
        template_version=row.template.version,
        subject=Subject(row.subject_type, row.subject_id),
        file_id=row.file_id,
        sha256=row.sha256,
        state=str(row.state),
        open_roles=open_roles(row),
    )


def open_roles(row: Document) -> tuple[str, ...]:
    """The roles that have a place on the document and have not signed."""
    done = set(row.evidence.exclude(role="").values_list("role", flat=True))
    return tuple(place["role"] for place in row.places if place["role"] not in done)
