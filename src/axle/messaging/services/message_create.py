"""Writing messages; they leave after the transaction that needs them has committed."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from axle.kernel.identifiers import is_mobile
from axle.messaging.domain.quiet_hours import seconds_of_quiet
from axle.messaging.domain.templates import template_fill
from axle.messaging.errors import SmsPhoneInvalid, SmsTemplateUnknown
from axle.messaging.jobs import send_message
from axle.messaging.models import Message, SmsTemplate
from axle.messaging.parameters import QUIET_FROM, QUIET_UNTIL
from axle.platform.public import Subject, business_date, created, next_no, next_nos, parameter_value


@dataclass(frozen=True)
class SmsDraft:
    """A text to be written from a template; variables that the template does not have are left out."""

    template: str
    phone: str
    variables: Mapping[str, str]
    ref: Subject


def messages_create(drafts: Sequence[SmsDraft]) -> list[str | None]:
    """Queue many texts in the caller's transaction, none to be sent in the quiet hours.

    Gives their numbers; None where the phone is no mobile one, or the template is out of use.
    Errors: SmsTemplateUnknown, SmsVariableMissing.
    """
    known = {row.code: row for row in SmsTemplate.objects.filter(code__in={draft.template for draft in drafts})}
    if unknown := {draft.template for draft in drafts} - known.keys():
        raise SmsTemplateUnknown(template=min(unknown))
    goes = [known[draft.template].is_active and is_mobile(draft.phone) for draft in drafts]
    numbers = iter(next_nos("MS", on=business_date(), count=sum(goes)) if any(goes) else [])
    given = [next(numbers) if does_go else None for does_go in goes]
    rows = [_row(draft, known[draft.template], number) for draft, number in zip(drafts, given, strict=True) if number]
    kept = Message.objects.bulk_create(rows)
    send_message.defer_all([{"message_id": row.pk} for row in kept], seconds=_quiet())
    return given


def _quiet() -> int:
    quiet_from, quiet_until = parameter_value(QUIET_FROM.code), parameter_value(QUIET_UNTIL.code)
    return seconds_of_quiet(timezone.localtime(), quiet_from, quiet_until)


def _row(draft: SmsDraft, template: SmsTemplate, number: str) -> Message:
    variables = {name: text for name, text in draft.variables.items() if name in template.variables}
    return Message(
        request_no=number,
        template=template,
        phone=draft.phone,
        content=template_fill(template.body, variables),
        variables=json.dumps(variables, ensure_ascii=False),
        ref_type=draft.ref.type,
        ref_id=draft.ref.id,
    )


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
