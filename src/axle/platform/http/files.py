"""How files leave the server: by the routes of what they belong to."""

from urllib.parse import quote

from django.http import HttpResponse

from axle.platform.audit import acting, note_change
from axle.platform.errors import NotFound
from axle.platform.files import PDF, file_read
from axle.platform.scope import Actor

_PDF_POLICY = "default-src 'self'; style-src 'self' 'unsafe-inline'; object-src 'self'; frame-ancestors 'self'"


def file_answer(content: bytes, *, content_type: str, name: str, is_download: bool) -> HttpResponse:
    """Bytes to look at or to keep. A picture runs nothing; a PDF may start the browser's own viewer."""
    answer = HttpResponse(content, content_type=content_type)
    answer["Content-Disposition"] = f"{'attachment' if is_download else 'inline'}; filename*=UTF-8''{quote(name)}"
    answer["Content-Security-Policy"] = _PDF_POLICY if content_type == PDF else "default-src 'none'; sandbox"
    answer["Cache-Control"] = "private, no-store"
    return answer


def evidence_answer(
    actor: Actor, *, operation: str, type: str, id: object, file_id: int | None, is_download: bool = False
) -> HttpResponse:
    """The file that proves what a row says; every look is in the operation log.

    Whoever calls has checked that the actor may see the row. Errors: NotFound, those of ``file_read``.
    """
    if file_id is None:
        raise NotFound(what="file")
    stored, content = file_read(file_id)
    with acting(actor, operation):
        note_change(type=type, id=id, after={"file_id": file_id})
    return file_answer(content, content_type=stored.content_type, name=stored.name, is_download=is_download)
