"""Uploads. A file is only bytes until a command says what it is; reading goes through its owner's routes."""

from django.http import HttpRequest, HttpResponse
from ninja import File, Router
from ninja.files import UploadedFile
from pydantic import BaseModel

from axle.platform import permissions as may
from axle.platform import ratelimit
from axle.platform.audit import acting, created
from axle.platform.files import IMAGES, MAX_BYTES, PDF, SHEET, TABLE, file_save, too_large
from axle.platform.http.answers import json_answer
from axle.platform.http.contextapi import ErrorOut
from axle.platform.http.request import actor_of_request

router = Router(tags=["platform"])


class FileOut(BaseModel):
    """A stored file."""

    file_id: int
    sha256: str
    content_type: str
    size: int


@router.post("/files", operation_id="file_upload", response={200: FileOut, 422: ErrorOut})
def file_upload(request: HttpRequest, file: File[UploadedFile]) -> HttpResponse:
    """Store a PDF, picture, CSV or XLSX of at most 20 MB; the type is read from its content."""
    actor = actor_of_request(request)
    actor.require(may.FILE_UPLOAD)
    ratelimit.spend(f"upload:{actor.key}", limit=120, seconds=60)
    if (file.size or 0) > MAX_BYTES:
        raise too_large(MAX_BYTES)
    with acting(actor, "file_upload"):
        allowed = (*IMAGES, PDF, TABLE, SHEET)
        stored = created(file_save(content=file.read(), name=file.name or "file", allowed=allowed, actor=actor))
    return json_answer(
        FileOut(file_id=stored.pk, sha256=stored.sha256, content_type=stored.content_type, size=stored.size)
    )
