"""Voiding a document: it stays with its evidence and can be neither signed nor used."""

from axle.documents.errors import DocumentVoid
from axle.documents.events import DocumentVoided
from axle.documents.models import Document, DocumentEvidence, DocumentState, EvidenceAct
from axle.platform.public import Actor, Subject, publish, track


def document_void(*, actor: Actor, document: Document, reason: str) -> Document:
    """Void a document in any state. Errors: DocumentVoid when it is void already."""
    locked = Document.objects.select_for_update(of=("self",)).select_related("template").get(pk=document.pk)
    if locked.state == DocumentState.VOID:
        raise DocumentVoid(document_no=locked.document_no)
    track(locked).state = DocumentState.VOID
    locked.save(update_fields=["state"])
    DocumentEvidence.objects.create(
        document=locked,
        act=EvidenceAct.VOIDED,
        by=actor.name,
        sha256_before=locked.sha256,
        sha256_after=locked.sha256,
        file_id=locked.file_id,
        details={"reason": reason},
    )
    subject = Subject(locked.subject_type, locked.subject_id)
    publish(DocumentVoided(document_id=locked.pk, document_no=locked.document_no, subject=subject))
    return locked
