"""Where sources call back."""

from django.http import HttpRequest
from ninja import Router
from pydantic import BaseModel

from axle.platform.http import ErrorOut
from axle.sources.services.answer_take import answer_take

router = Router(tags=["sources"])


class SourceNoticeOut(BaseModel):
    """Whether the answer was new; after this acknowledgement the source does not call again."""

    is_new: bool


@router.post(
    "/callbacks/sources/{source}",
    auth=None,
    operation_id="source_notice_take",
    response={200: SourceNoticeOut, **dict.fromkeys((400, 403, 404, 409, 413), ErrorOut)},
)
def source_notice_take(request: HttpRequest, source: str) -> SourceNoticeOut:
    """A late answer; the signature is its only credential."""
    return SourceNoticeOut(is_new=answer_take(code=source, headers=request.headers, body=request.body))
