"""Handing a message to the gateway, and taking its reports."""

import json
from collections.abc import Sequence

from django.utils import timezone

from axle.messaging.models import Message, MessageState
from axle.messaging.ports import SmsOutcome, SmsReply, SmsReport, SmsRequest, sms_gateway
from axle.platform.public import acting, system_actor, track

MAX_ATTEMPTS = 5
TOO_LATE = "too_late"


def message_send(*, message_id: int) -> int | None:
    """Send one queued message; gives the seconds until the next attempt, or None when there is none.

    It may run again at any time: the gateway sends a request number once. Call it outside a transaction.
    """
    message = Message.objects.select_related("template").get(pk=message_id)
    if message.state != MessageState.QUEUED:
        return None
    if message.useful_until is not None and message.useful_until <= timezone.now():
        return _note(message_id, SmsReply(SmsOutcome.REFUSED, code=TOO_LATE))
    return _note(message_id, sms_gateway().send(_request(message)))


def reports_apply(reports: Sequence[SmsReport]) -> int:
    """Write down what the operator said; a message is reported once. Gives how many messages changed."""
    changed = 0
    with acting(system_actor("sms"), "message_report"):
        for report in reports:
            row = Message.objects.select_for_update().filter(request_no=report.request_no).first()
            if row is not None and row.state in {MessageState.QUEUED, MessageState.SENT}:
                _report(row, report)
                changed += 1
    return changed


def _request(message: Message) -> SmsRequest:
    return SmsRequest(
        request_no=message.request_no,
        phone=message.phone,
        template=message.template.code,
        variables=json.loads(message.variables),
        content=message.content,
    )


def _note(message_id: int, reply: SmsReply) -> int | None:
    with acting(system_actor("messaging"), "message_send"):
        message = Message.objects.select_for_update().get(pk=message_id)
        if message.state != MessageState.QUEUED:  # its report came first
            return None
        track(message)
        message.attempts += 1
        message.code, message.batch_id = reply.code[:64], reply.batch_id
        message.state = _state(reply, message.attempts)
        message.sent_at = timezone.now() if message.state == MessageState.SENT else None
        message.save()
    return 5 * 2**message.attempts if message.state == MessageState.QUEUED else None


def _state(reply: SmsReply, attempts: int) -> MessageState:
    if reply.outcome is SmsOutcome.ACCEPTED:
        return MessageState.SENT
    if reply.outcome is SmsOutcome.UNAVAILABLE and attempts < MAX_ATTEMPTS:
        return MessageState.QUEUED
    return MessageState.FAILED


def _report(message: Message, report: SmsReport) -> None:
    track(message)
    message.state = MessageState.DELIVERED if report.is_delivered else MessageState.UNDELIVERED
    message.code, message.reported_at = report.code[:64], timezone.now()
    message.save()
