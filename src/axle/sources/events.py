"""What sources tell the contexts above."""

from dataclasses import dataclass

from axle.platform.public import Subject
from axle.sources.domain.source import Purpose


@dataclass(frozen=True)
class ConsentWithdrawn:
    """A person took a consent back; ``subject`` is the case or paper that it was given for."""

    consent_id: int
    consent_no: str
    purpose: Purpose
    subject: Subject
