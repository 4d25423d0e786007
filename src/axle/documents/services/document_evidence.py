"""The one way a document gets a new revision: file, hash and evidence together."""

from collections.abc import Mapping
from typing import Any

from axle.documents.models import Document, DocumentEvidence, EvidenceAct
from axle.platform.public import PDF, file_save, system_actor, track


def revision_keep(
    document: Document, *, act: EvidenceAct, content: bytes, role: str, by: str, details: Mapping[str, Any]
) -> None:
    """Make ``content`` the document's newest revision, following the one that it was made from."""
    stored = file_save(
        content=content, name=f"{document.document_no}.pdf", allowed=(PDF,), actor=system_actor("documents")
    )
    before = document.sha256
    track(document)
    document.file, document.sha256 = stored, stored.sha256
    document.save(update_fields=["file", "sha256", "state"])
    DocumentEvidence.objects.create(
        document=document,
        act=act,
        role=role,
        by=by,
        sha256_before=before,
        sha256_after=stored.sha256,
        file=stored,
        details=dict(details),
    )
