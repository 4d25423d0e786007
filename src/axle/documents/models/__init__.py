"""Tables of documents: what was captured, which templates exist, what was issued and who signed it."""

from axle.documents.models.captured import CapturedDocument, CapturedState, PictureMatch
from axle.documents.models.issued import Document, DocumentEvidence, DocumentState, EvidenceAct, TemplateVersion

__all__ = [
    "CapturedDocument",
    "CapturedState",
    "Document",
    "DocumentEvidence",
    "DocumentState",
    "EvidenceAct",
    "PictureMatch",
    "TemplateVersion",
]
