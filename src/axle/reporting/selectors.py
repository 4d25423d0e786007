"""Reads of schedules and deliveries, within an actor's scope."""

from django.db.models import Q, QuerySet

from axle.platform.public import Actor
from axle.reporting.models import ReportDelivery, ReportSchedule
from axle.reporting.permissions import DELIVERY_VIEW, SCHEDULE_VIEW


def schedules_visible(actor: Actor) -> QuerySet[ReportSchedule]:
    """The schedules that a person made or receives; all of them with the whole scope."""
    rows = ReportSchedule.objects.all()
    if actor.scope(SCHEDULE_VIEW).is_all:
        return rows
    return rows.filter(Q(made_by_user_id=actor.user_id) | Q(recipients=actor.user_id or 0)).distinct()


def deliveries_visible(actor: Actor) -> QuerySet[ReportDelivery]:
    """The deliveries to a person; those to others only as rows, for who looks after all schedules."""
    rows = ReportDelivery.objects.all()
    if actor.scope(SCHEDULE_VIEW).is_all:
        return rows
    own = Q(recipient_id=actor.user_id) | Q(schedule__made_by_user_id=actor.user_id)
    return rows.filter(own) if actor.may(DELIVERY_VIEW) else rows.none()
