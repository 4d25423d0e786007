"""The HTTP face of documents."""

from pydantic import Field

from axle.platform.http import ContextApi
from axle.platform.public import Input, Subject

api = ContextApi("documents")


class SubjectRef(Input):
    """What a document is about."""

    subject_type: str = Field(min_length=1, max_length=32, pattern=r"^[a-z_]+$")
    subject_id: int = Field(ge=1, le=2**63 - 1)

    @property
    def subject(self) -> Subject:
        return Subject(self.subject_type, self.subject_id)
