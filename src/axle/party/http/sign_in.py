"""A borrower's way onto the phone pages."""

from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Router
from pydantic import BaseModel, Field, StringConstraints

from axle.kernel.identifiers import is_mobile
from axle.messaging.public import code_resend_seconds
from axle.party.errors import MobileInvalid
from axle.party.services.customer_sign_in import customer_sign_in, sign_in_code_send
from axle.platform.http import ErrorOut, customer_session_start, session_out, where
from axle.platform.http.answers import json_answer
from axle.platform.http.sessions import SessionOut
from axle.platform.public import Input, acting, role_permissions, spend, system_actor

router = Router(tags=["party"])
CODES_PER_MINUTE = 10
SIGN_INS_PER_MINUTE = 20
CUSTOMER_ROLE = "customer"
_REFUSALS = dict.fromkeys((400, 401, 403, 409, 413, 422, 429), ErrorOut)

Phone = Annotated[str, StringConstraints(max_length=11), Field(json_schema_extra={"format": "phone"})]


class CustomerCodeIn(Input):
    """Whose phone to text."""

    phone: Phone


class CustomerCodeOut(BaseModel):
    """How long to wait before asking again; says nothing about whether the phone is known."""

    resend_after_seconds: int


class CustomerSignInIn(Input):
    """The code that was texted; ``id_tail`` where several people share the phone."""

    phone: Phone
    code: Annotated[str, StringConstraints(max_length=6)]
    id_tail: Annotated[str, StringConstraints(max_length=6)] = ""


@router.post("/me/code", operation_id="customer_code_send", auth=None, response={200: CustomerCodeOut, **_REFUSALS})
def customer_code_send(request: HttpRequest, data: CustomerCodeIn) -> HttpResponse:
    """Text a sign-in code."""
    if not is_mobile(data.phone):
        raise MobileInvalid(field="phone")
    place = where(request)
    spend(f"customer_code:{place['ip']}", limit=CODES_PER_MINUTE, seconds=60)
    with acting(system_actor("phone_page", **place), "customer_code_send"):
        sign_in_code_send(phone=data.phone)
    return json_answer(CustomerCodeOut(resend_after_seconds=code_resend_seconds()))


@router.post("/me/session", operation_id="customer_session_create", auth=None, response={200: SessionOut, **_REFUSALS})
def customer_session_create(request: HttpRequest, data: CustomerSignInIn) -> HttpResponse:
    """Sign in with the code; the ``customer`` role says what a borrower may do."""
    place = where(request)
    spend(f"customer_sign_in:{place['ip']}", limit=SIGN_INS_PER_MINUTE, seconds=60)
    with acting(system_actor("phone_page", **place), "customer_sign_in"):
        customer = customer_sign_in(phone=data.phone, code=data.code, id_tail=data.id_tail)
    actor = customer_session_start(
        request, customer_id=customer.pk, name=customer.name, permissions=role_permissions(CUSTOMER_ROLE)
    )
    return json_answer(session_out(request, actor))
