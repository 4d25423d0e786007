"""Where banks call back."""

from django.http import HttpRequest
from ninja import Router
from pydantic import BaseModel

from axle.payments.services.notice_take import notice_take
from axle.platform.http import ErrorOut

router = Router(tags=["payments"])


class BankNoticeOut(BaseModel):
    """The acknowledgement in the bank's own words; after it the bank does not call again."""

    return_code: str
    return_msg: str


@router.post(
    "/callbacks/bank/{channel}",
    auth=None,
    operation_id="bank_notice_take",
    response={200: BankNoticeOut, **dict.fromkeys((400, 403, 413, 422), ErrorOut)},
)
def bank_notice_take(request: HttpRequest, channel: str) -> BankNoticeOut:
    """A bank's call-back; the signature is its only credential."""
    return BankNoticeOut(return_code="0", return_msg=notice_take(channel=channel, body=request.body))
