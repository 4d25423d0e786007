"""Reading a captured document: the worker's step between the upload and the form."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from PIL import Image

from axle.documents.domain.captured_kinds import CapturedKind
from axle.documents.domain.statement_checks import DepositRates
from axle.documents.domain.statement_figures import FigureRules, figures_of
from axle.documents.duplicates import earlier_same, picture_hash
from axle.documents.events import DocumentRecognised
from axle.documents.imaging import opened_image
from axle.documents.models import CapturedDocument, CapturedState, PictureMatch
from axle.documents.ocr.kinds import READABLE_KINDS
from axle.documents.parameters import DEPOSIT_RATE_HIGHEST, DEPOSIT_RATE_LOWEST, ROUND_TRIP_DAYS, STATEMENT_MONTHS
from axle.documents.statements.reading import READ_TYPES, statement_read
from axle.documents.tampering import tamper_marks, tamper_score
from axle.kernel.errors import AxleError
from axle.platform.public import IMAGES, Subject, file_read, parameter_value, publish, track


@dataclass(frozen=True, slots=True)
class Findings:
    """What the worker learned about one file. ``parts`` are the ids of earlier photos that show a part of this one,
    with how much is alike."""

    state: str
    failure: str = ""
    image_hash: str = ""
    hash_bands: tuple[int, ...] = ()
    picture_keys: tuple[int, ...] = ()
    tamper_score: int | None = None
    tamper_marks: tuple[dict[str, str], ...] = ()
    statement: dict[str, Any] | None = None
    fields: dict[str, Any] | None = None
    doubtful: tuple[str, ...] = ()
    confidence: Decimal | None = None
    turned_by: Decimal | None = None
    parts: dict[int, Decimal] = field(default_factory=dict)


_LISTS = frozenset({"hash_bands", "picture_keys", "tamper_marks", "doubtful"})
_COLUMNS = (
    "state", "failure", "image_hash", "hash_bands", "picture_keys", "tamper_score", "tamper_marks", "statement",
    "fields", "doubtful", "confidence", "turned_by",
)  # fmt: skip


def examined(document: CapturedDocument) -> Findings:
    """Look at the file: a picture's hash, keys and marks, the fields of a readable kind, a statement's figures. Slow
    (seconds); call it outside a transaction."""
    stored, content = file_read(document.file_id)
    if document.kind == CapturedKind.BANK_STATEMENT and stored.content_type in READ_TYPES:
        return _statement(content, stored.content_type)
    if stored.content_type not in IMAGES:
        return Findings(CapturedState.NEEDS_REVIEW if document.kind in READABLE_KINDS else CapturedState.FILED)
    try:
        image = opened_image(content)
    except AxleError as error:
        return Findings(CapturedState.FAILED, failure=error.code)
    looked = _looked_at(document, image, content)
    read = _read(document.kind, image) if document.kind in READABLE_KINDS else {"state": CapturedState.FILED}
    return Findings(**looked, **read)


def _looked_at(document: CapturedDocument, image: Image.Image, content: bytes) -> dict[str, Any]:
    from axle.documents.picture_parts import PHOTO_KINDS, earlier_parts, picture_keys

    found, marks = picture_hash(image), tamper_marks(content)
    keys = picture_keys(image) if document.kind in PHOTO_KINDS else []
    return {
        "image_hash": found.digits,
        "hash_bands": found.bands,
        "picture_keys": tuple(keys),
        "tamper_score": tamper_score(marks),
        "tamper_marks": tuple(mark.as_json() for mark in marks),
        "parts": {other.pk: alike for other, alike in earlier_parts(document, image, keys)},
    }


def _read(kind: str, image: Image.Image) -> dict[str, Any]:
    from axle.documents.ocr.recognition import read_picture

    found = read_picture(kind, image, sure_from=float(parameter_value("documents.ocr_sure_from")))
    return {
        "state": CapturedState.NEEDS_REVIEW if found.doubtful else CapturedState.RECOGNISED,
        "fields": {name: reading.as_json() for name, reading in found.fields.items()},
        "doubtful": found.doubtful,
        "confidence": Decimal(str(found.confidence)),
        "turned_by": Decimal(str(found.turned_by)),
    }


def _statement(content: bytes, content_type: str) -> Findings:
    """A statement that cannot be read is one for a person, with the reason."""
    try:
        statement = statement_read(content, content_type)
    except AxleError as error:
        return Findings(CapturedState.NEEDS_REVIEW, failure=error.code)
    rates = DepositRates(parameter_value(DEPOSIT_RATE_LOWEST.code), parameter_value(DEPOSIT_RATE_HIGHEST.code))
    rules = FigureRules(rates, parameter_value(STATEMENT_MONTHS.code), parameter_value(ROUND_TRIP_DAYS.code))
    figures = figures_of(statement, rules)
    named = {"holder_name": figures.holder_name, "account_no": figures.account_no}
    return Findings(
        CapturedState.RECOGNISED if figures.check == "genuine" else CapturedState.NEEDS_REVIEW,
        statement=figures.as_json(),
        fields={name: {"value": value, "confidence": 1.0, "is_valid": True} for name, value in named.items() if value},
        confidence=Decimal(1),
    )


def captured_document_keep_findings(*, document_id: int, findings: Findings) -> None:
    """Keep what was found and tell it; a document that is not waiting any more is left alone."""
    document = CapturedDocument.objects.select_for_update(of=("self",)).get(pk=document_id)
    if document.state != CapturedState.QUEUED:
        return
    track(document)
    for column in _COLUMNS:
        value = getattr(findings, column)
        setattr(document, column, list(value) if column in _LISTS else value)
    document.duplicate_of_id = _matches_kept(document, findings)
    document.save(update_fields=[*_COLUMNS, "duplicate_of"])
    subject = Subject(document.subject_type, document.subject_id)
    publish(DocumentRecognised(document_id=document.pk, subject=subject, kind=document.kind))


def _matches_kept(document: CapturedDocument, findings: Findings) -> int | None:
    """Keep which earlier pictures show the same; gives the oldest of them."""
    bits = {other.pk: apart for other, apart in earlier_same(document, document.image_hash, document.hash_bands)}
    others = sorted(bits.keys() | findings.parts.keys())
    PictureMatch.objects.filter(document=document).delete()
    PictureMatch.objects.bulk_create(
        PictureMatch(document=document, other_id=other, bits=bits.get(other), alike_rate=findings.parts.get(other))
        for other in others
    )
    return others[0] if others else None
