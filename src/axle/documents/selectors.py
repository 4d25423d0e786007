"""Reads. Those with an actor show only documents whose subject the actor sees."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any

from django.db.models import Q, QuerySet

from axle.documents import permissions as may
from axle.documents.models import CapturedDocument, Document, PictureMatch
from axle.documents.subjects import in_scope
from axle.platform.errors import NotFound
from axle.platform.public import Actor, Compiled, Subject


def captured_visible(actor: Actor) -> QuerySet[CapturedDocument]:
    """Captured documents in the actor's scope."""
    return in_scope(CapturedDocument.objects.select_related("file"), actor, may.CAPTURED_VIEW)


def captured_get(actor: Actor, document_id: int) -> CapturedDocument:
    """Errors: NotFound, also when it is out of scope."""
    found = captured_visible(actor).filter(pk=document_id).first()
    if found is None:
        raise NotFound(what="captured_document")
    return found


def captured_of(subject: Subject) -> QuerySet[CapturedDocument]:
    """The current documents of a subject, in the order in which they came."""
    return _captured(subject.type, subject.id)


def _captured(subject_type: str, subject_id: int) -> QuerySet[CapturedDocument]:
    rows = CapturedDocument.objects.filter(subject_type=subject_type, subject_id=subject_id, is_current=True)
    return rows.select_related("file").order_by("pk")


CAPTURED = Compiled(_captured)


def pictures_elsewhere(document_ids: Collection[int], subject_type: str) -> dict[int, set[int]]:
    """By document, the subjects of a type about which the same picture, or a part of it, was handed in before or
    after; those without any are left out. Two statements for all."""
    found: dict[int, set[int]] = defaultdict(set)
    for mine, theirs in (("document", "other"), ("other", "document")):
        rows = PictureMatch.objects.filter(
            **{f"{mine}_id__in": document_ids, f"{theirs}__subject_type": subject_type}
        ).values_list(f"{mine}_id", f"{theirs}__subject_id")
        for document_id, subject_id in rows:
            found[document_id].add(subject_id)
    return dict(found)


def matches_of(document_ids: Collection[int]) -> list[tuple[int, CapturedDocument, PictureMatch]]:
    """Of some documents, which others show the same: the document's id, the other one, and the match."""
    ids = set(document_ids)
    rows = PictureMatch.objects.filter(Q(document_id__in=ids) | Q(other_id__in=ids)).select_related("document", "other")
    found = [(row.document_id, row.other, row) for row in rows.order_by("pk") if row.document_id in ids]
    return found + [(row.other_id, row.document, row) for row in rows if row.other_id in ids]


def subjects_with_captured(subject_type: str, kind: str) -> QuerySet[CapturedDocument, Any]:
    """The ids of the subjects of a type that have a current document of a kind; for a subquery."""
    rows = CapturedDocument.objects.filter(subject_type=subject_type, kind=kind, is_current=True)
    return rows.values("subject_id")


def document_nos(document_ids: Sequence[int]) -> dict[int, str]:
    """The numbers of some documents."""
    return dict(Document.objects.filter(pk__in=document_ids).values_list("pk", "document_no"))


def documents_visible(actor: Actor) -> QuerySet[Document]:
    """Issued documents in the actor's scope."""
    rows = Document.objects.select_related("template", "file", "legal_entity")
    return in_scope(rows, actor, may.DOCUMENT_VIEW)


def issued(document_id: int) -> Document:
    """A document for a context that has checked who may see it. Errors: NotFound."""
    found = Document.objects.select_related("template", "legal_entity").filter(pk=document_id).first()
    if found is None:
        raise NotFound(what="document")
    return found


def document_get(actor: Actor, document_id: int) -> Document:
    """Errors: NotFound, also when it is out of scope."""
    found = documents_visible(actor).filter(pk=document_id).first()
    if found is None:
        raise NotFound(what="document")
    return found


def documents_of(subject: Subject) -> QuerySet[Document]:
    """The issued documents of a subject, oldest first."""
    rows = Document.objects.filter(subject_type=subject.type, subject_id=subject.id)
    return rows.select_related("template").order_by("pk")
