"""Reads of messaging, within an actor's scope."""

from django.db.models import QuerySet

from axle.messaging.models import Message, SmsTemplate
from axle.messaging.permissions import MESSAGE_VIEW, TEMPLATE_VIEW
from axle.platform.public import Actor


def messages_visible(actor: Actor) -> QuerySet[Message]:
    """Messages belong to no department: all of them or none."""
    return actor.scope(MESSAGE_VIEW).filter(Message.objects.all(), department=None, owner=None)


def templates_visible(actor: Actor) -> QuerySet[SmsTemplate]:
    """Templates: all of them or none."""
    return actor.scope(TEMPLATE_VIEW).filter(SmsTemplate.objects.all(), department=None, owner=None)
