"""The HTTP face of documents, and how files leave it."""

from urllib.parse import quote

from django.http import HttpResponse
from pydantic import Field

from axle.platform.http import ContextApi
from axle.platform.public import PDF, Input, Subject

api = ContextApi("documents")
_PDF_POLICY = "default-src 'self'; style-src 'self' 'unsafe-inline'; object-src 'self'; frame-ancestors 'self'"


class SubjectRef(Input):
    """What a document is about."""

    subject_type: str = Field(min_length=1, max_length=32, pattern=r"^[a-z_]+$")
    subject_id: int = Field(ge=1, le=2**63 - 1)

    @property
    def subject(self) -> Subject:
        return Subject(self.subject_type, self.subject_id)


def file_answer(content: bytes, *, content_type: str, name: str, is_download: bool) -> HttpResponse:
    """Bytes to look at or to keep. A picture runs nothing; a PDF may start the browser's own viewer."""
    answer = HttpResponse(content, content_type=content_type)
    answer["Content-Disposition"] = f"{'attachment' if is_download else 'inline'}; filename*=UTF-8''{quote(name)}"
    answer["Content-Security-Policy"] = _PDF_POLICY if content_type == PDF else "default-src 'none'; sandbox"
    return answer
