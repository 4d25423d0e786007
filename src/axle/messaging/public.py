"""The front door of messaging."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from axle.messaging.models import Message, MessageState
from axle.messaging.parameters import CODE_RESEND_SECONDS
from axle.messaging.services import code_send as sending
from axle.messaging.services.code_verify import code_verify
from axle.messaging.services.message_create import SmsDraft, message_create, messages_create
from axle.platform.public import Subject, mask, parameter_value

__all__ = [
    "CodeSent",
    "MessageState",
    "MessageView",
    "SmsDraft",
    "code_resend_seconds",
    "code_send",
    "code_verify",
    "messages_of",
    "sms_send",
    "sms_send_all",
]


@dataclass(frozen=True)
class MessageView:
    """A message without its text; the phone is masked."""

    request_no: str
    template: str
    phone_masked: str
    state: MessageState
    created_at: datetime


@dataclass(frozen=True)
class CodeSent:
    """Until when the code works, and how long to wait before asking for another."""

    expires_at: datetime
    resend_after_seconds: int


def sms_send(*, template: str, phone: str, variables: Mapping[str, str], ref: Subject) -> MessageView:
    """Send one text after the caller's transaction has committed.

    Errors: SmsTemplateUnknown, SmsVariableMissing, SmsPhoneInvalid.
    """
    return _view(message_create(template=template, phone=phone, variables=variables, ref=ref))


def sms_send_all(drafts: Sequence[SmsDraft]) -> list[str | None]:
    """Send many texts after the caller's transaction has committed, none in the quiet hours.

    Gives their numbers; None where the phone is no mobile one, or the template is out of use.
    Errors: SmsTemplateUnknown, SmsVariableMissing.
    """
    return messages_create(drafts)


def code_send(*, purpose: str, phone: str, ref: Subject) -> CodeSent:
    """Send a six-digit code; the ones sent before for the same purpose, phone and subject stop working.

    Errors: CodeSentTooSoon, CodeDailyLimitReached, SmsPhoneInvalid.
    """
    row = sending.code_send(purpose=purpose, phone=phone, ref=ref)
    return CodeSent(row.expires_at, code_resend_seconds())


def code_resend_seconds() -> int:
    """How long a phone waits between two codes."""
    return int(parameter_value(CODE_RESEND_SECONDS.code))


def messages_of(ref: Subject) -> list[MessageView]:
    """Messages about a business object, oldest first."""
    rows = Message.objects.filter(ref_type=ref.type, ref_id=ref.id).select_related("template").order_by("pk")
    return [_view(message) for message in rows]


def _view(message: Message) -> MessageView:
    return MessageView(
        request_no=message.request_no,
        template=message.template.code,
        phone_masked=mask(message.phone, "phone"),
        state=MessageState(message.state),
        created_at=message.created_at,
    )
