"""What documents tell the contexts above."""

from dataclasses import dataclass

from axle.platform.public import Subject


@dataclass(frozen=True)
class DocumentRecognised:
    """A captured document was read (or could not be); its fields are at the front door."""

    document_id: int
    subject: Subject
    kind: str


@dataclass(frozen=True)
class DocumentSealed:
    """Our seal is on a document."""

    document_id: int
    document_no: str
    subject: Subject
    template: str


@dataclass(frozen=True)
class DocumentVoided:
    """A document was voided; signatures on it count no longer."""

    document_id: int
    document_no: str
    subject: Subject
