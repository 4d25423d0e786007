"""Messaging over HTTP."""

from typing import Annotated

from django.http import HttpRequest
from pydantic import BaseModel, Field, StringConstraints

from axle.messaging import permissions, selectors
from axle.messaging.models import MessageState
from axle.messaging.ports import sms_gateway
from axle.messaging.services import sms_template_update as templates
from axle.messaging.services.message_send import reports_apply
from axle.platform.fields import blind_index
from axle.platform.http import ContextApi, ErrorOut
from axle.platform.listing import Col, Listing
from axle.platform.public import Ctx, Input

api = ContextApi("messaging")


class SmsTemplateIn(Input):
    """The new text of a template; ``{name}`` marks a variable."""

    code: Annotated[str, StringConstraints(max_length=40)]
    title: Annotated[str, StringConstraints(min_length=1, max_length=64)]
    body: Annotated[
        str,
        StringConstraints(min_length=1, max_length=500),
        Field(json_schema_extra={"format": "textarea"}),
    ]
    is_active: bool = True


class SmsTemplateOut(BaseModel):
    """The template as it is now."""

    code: str
    title: str
    body: str
    is_active: bool


@api.command("sms_template_update", permission=permissions.TEMPLATE_MANAGE, subject="sms_template")
def sms_template_update(ctx: Ctx, data: SmsTemplateIn) -> SmsTemplateOut:
    """Change a message's text (修改短信模板)."""
    row = templates.sms_template_update(**data.model_dump())
    return SmsTemplateOut(code=row.code, title=row.title, body=row.body, is_active=row.is_active)


class SmsReportsOut(BaseModel):
    """How many messages changed."""

    changed: int


@api.router.post(
    "/callbacks/sms",
    auth=None,
    operation_id="sms_report_take",
    response={200: SmsReportsOut, **dict.fromkeys((400, 403, 413, 503), ErrorOut)},
)
def sms_report_take(request: HttpRequest) -> SmsReportsOut:
    """A gateway's status report; the signature is its only credential."""
    reports = sms_gateway().reports_read(request.headers, request.body)
    return SmsReportsOut(changed=reports_apply(reports))


api.listing(
    Listing(
        name="messages",
        is_growing=True,
        permission=permissions.MESSAGE_VIEW,
        queryset=selectors.messages_visible,
        columns=[
            Col("request_no"),
            Col("template", source="template__title"),
            Col("phone", "masked", mask="phone"),
            Col("state", "enum", enum="MessageState", choices=MessageState.values),
            Col("gateway_code", source="code"),
            Col("attempts", "integer", is_hidden=True),
            Col("ref_type", is_hidden=True),
            Col("ref_id", "integer", is_hidden=True),
            Col("created_at", "datetime"),
            Col("sent_at", "datetime"),
            Col("reported_at", "datetime"),
        ],
        search=["request_no"],
        search_index={"phone_index": blind_index},
        filters=["state", "created_at"],
    )
)
api.listing(
    Listing(
        name="sms_templates",
        permission=permissions.TEMPLATE_VIEW,
        queryset=selectors.templates_visible,
        columns=[
            Col("code"),
            Col("title"),
            Col("body"),
            Col("is_active", "bool"),
            Col("updated_at", "datetime"),
        ],
        search=["code", "title"],
        filters=["is_active"],
        default_sort="code",
        row_actions=["sms_template_update"],
    )
)
