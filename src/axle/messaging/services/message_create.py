"""Writing a message; it leaves after the transaction that needs it has committed."""

import json
from collections.abc import Mapping
from datetime import datetime

from axle.kernel.identifiers import is_mobile
from axle.messaging.domain.templates import template_fill
from axle.messaging.errors import SmsPhoneInvalid, SmsTemplateUnknown
from axle.messaging.jobs import send_message
from axle.messaging.models import Message, SmsTemplate
from axle.platform.public import Subject, business_date, created, next_no


def message_create(
    *,
    template: str,
    phone: str,
    variables: Mapping[str, str],
    ref: Subject,
    useful_until: datetime | None = None,
) -> Message:
    """Queue one text in the caller's transaction; after ``useful_until`` it is not sent any more.

    Errors: SmsTemplateUnknown, SmsVariableMissing, SmsPhoneInvalid.
    """
    if not is_mobile(phone):
        raise SmsPhoneInvalid(field="phone")
    row = SmsTemplate.objects.filter(code=template, is_active=True).first()
    if row is None:
        raise SmsTemplateUnknown(template=template)
    message = created(
        Message.objects.create(
            request_no=next_no("MS", on=business_date()),
            template=row,
            phone=phone,
            content=template_fill(row.body, variables),
            variables=json.dumps(dict(variables), ensure_ascii=False),
            ref_type=ref.type,
            ref_id=ref.id,
            useful_until=useful_until,
        )
    )
    send_message.defer(message_id=message.pk)
    return message
