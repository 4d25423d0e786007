"""Adding a picture or scan to a case."""

from axle.documents.domain.captured_kinds import CAPTURED_KINDS, CapturedKind
from axle.documents.errors import CapturedKindUnknown
from axle.documents.imaging import check_upload
from axle.documents.jobs import captured_document_read
from axle.documents.models import CapturedDocument
from axle.documents.ocr.kinds import READABLE_KINDS
from axle.documents.statements.reading import statement_read
from axle.platform.public import IMAGES, PDF, SHEET, TABLE, Actor, Subject, created, file_read, file_uploaded, track

_PICTURES, _TABLES = (*IMAGES, PDF), (TABLE, SHEET)


def captured_document_add(*, actor: Actor, subject: Subject, kind: str, file_id: int) -> CapturedDocument:
    """Attach an uploaded file to a subject and queue its reading for after the commit.

    The same file again is not added twice. A newer picture of a readable kind replaces the older.
    A bank statement may be a table, too, which is read at once to refuse what is none.

    Errors: CapturedKindUnknown; NotFound when the file is not the actor's own upload; UploadRefused for a type that the
    kind does not take; ImageBroken; of tables those of ``statement_read``.
    """
    if kind not in CAPTURED_KINDS:
        raise CapturedKindUnknown(field="kind", kind=kind)
    allowed = (*_PICTURES, *_TABLES) if kind == CapturedKind.BANK_STATEMENT else _PICTURES
    stored = file_uploaded(actor=actor, file_id=file_id, allowed=allowed)
    earlier = list(_of_kind(subject, kind))
    same = next((row for row in earlier if row.is_current and row.file.sha256 == stored.sha256), None)
    if same is not None:
        return same
    _check(file_read(file_id)[1], stored.content_type)
    if kind in READABLE_KINDS:
        _replace(earlier)
    version = max((row.version for row in earlier), default=0) + 1
    document = created(
        CapturedDocument.objects.create(
            subject_type=subject.type,
            subject_id=subject.id,
            kind=kind,
            version=version,
            file=stored,
            captured_by=actor.name,
        )
    )
    captured_document_read.defer(document_id=document.pk)
    return document


def _check(content: bytes, content_type: str) -> None:
    if content_type in _TABLES:
        statement_read(content, content_type)
    else:
        check_upload(content, content_type)


def _of_kind(subject: Subject, kind: str) -> "list[CapturedDocument]":
    rows = CapturedDocument.objects.filter(subject_type=subject.type, subject_id=subject.id, kind=kind)
    return list(rows.select_for_update(of=("self",)).select_related("file").order_by("version"))


def _replace(earlier: "list[CapturedDocument]") -> None:
    for row in earlier:
        if row.is_current:
            track(row).is_current = False
            row.save(update_fields=["is_current"])
