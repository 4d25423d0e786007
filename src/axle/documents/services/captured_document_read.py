"""Reading a captured document: the worker's step between the upload and the form."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from PIL import Image

from axle.documents.duplicates import earlier_duplicate, picture_hash
from axle.documents.events import DocumentRecognised
from axle.documents.imaging import opened_image
from axle.documents.models import CapturedDocument, CapturedState
from axle.documents.ocr.kinds import READABLE_KINDS
from axle.kernel.errors import AxleError
from axle.platform.public import IMAGES, Subject, file_read, parameter_value, publish, track


@dataclass(frozen=True, slots=True)
class Findings:
    """What the worker learned about one file."""

    state: str
    failure: str = ""
    image_hash: str = ""
    fields: dict[str, Any] | None = None
    doubtful: tuple[str, ...] = ()
    confidence: Decimal | None = None
    turned_by: Decimal | None = None


_COLUMNS = ("state", "failure", "image_hash", "fields", "doubtful", "confidence", "turned_by")


def examined(document: CapturedDocument) -> Findings:
    """Look at the file: hash, and fields for a readable kind. Slow (seconds); call it outside a transaction."""
    stored, content = file_read(document.file_id)
    if stored.content_type not in IMAGES:
        return Findings(CapturedState.NEEDS_REVIEW if document.kind in READABLE_KINDS else CapturedState.FILED)
    try:
        image = opened_image(content)
    except AxleError as error:
        return Findings(CapturedState.FAILED, failure=error.code)
    image_hash = picture_hash(image)
    if document.kind not in READABLE_KINDS:
        return Findings(CapturedState.FILED, image_hash=image_hash)
    return _read(document.kind, image, image_hash)


def _read(kind: str, image: Image.Image, image_hash: str) -> Findings:
    from axle.documents.ocr.recognition import read_picture

    found = read_picture(kind, image, sure_from=float(parameter_value("documents.ocr_sure_from")))
    return Findings(
        CapturedState.NEEDS_REVIEW if found.doubtful else CapturedState.RECOGNISED,
        image_hash=image_hash,
        fields={name: reading.as_json() for name, reading in found.fields.items()},
        doubtful=found.doubtful,
        confidence=Decimal(str(found.confidence)),
        turned_by=Decimal(str(found.turned_by)),
    )


def captured_document_keep_findings(*, document_id: int, findings: Findings) -> None:
    """Keep what was found and tell it; a document that is not waiting any more is left alone."""
    document = CapturedDocument.objects.select_for_update(of=("self",)).get(pk=document_id)
    if document.state != CapturedState.QUEUED:
        return
    track(document)
    for column in _COLUMNS:
        value = getattr(findings, column)
        setattr(document, column, list(value) if column == "doubtful" else value)
    if findings.image_hash:
        document.duplicate_of = earlier_duplicate(document, findings.image_hash)
    document.save(update_fields=[*_COLUMNS, "duplicate_of"])
    subject = Subject(document.subject_type, document.subject_id)
    publish(DocumentRecognised(document_id=document.pk, subject=subject, kind=document.kind))
