"""Queue what is due after the end of a day."""

from collections.abc import Iterable
from datetime import date

from axle.platform.public import working_calendar
from axle.reporting.domain.rhythms import is_due
from axle.reporting.jobs import make_report_delivery
from axle.reporting.models import ReportDelivery, ReportSchedule, Rhythm


def deliveries_queue(on: date, shard: int, shards: int) -> int:
    """End-of-day step: one delivery per schedule and recipient, made by the workers; gives how many are new."""
    due = [rhythm for rhythm in Rhythm.values if is_due(rhythm, on, working_calendar())]
    schedules = ReportSchedule.objects.filter(is_active=True, rhythm__in=due)
    chosen = [pk for pk in schedules.values_list("pk", flat=True) if pk % shards == shard]
    return deliveries_add(chosen, on)


def deliveries_add(schedule_ids: Iterable[int], on: date) -> int:
    """Have the reports of some schedules made for a closed day; what was queued for it before stays as it is."""
    links = ReportSchedule.recipients.through.objects.filter(reportschedule_id__in=list(schedule_ids))
    wanted = [
        ReportDelivery(schedule_id=schedule_id, recipient_id=user_id, closed_on=on)
        for schedule_id, user_id in links.order_by("pk").values_list("reportschedule_id", "user_id")
    ]
    rows = ReportDelivery.objects.filter(schedule_id__in=list(schedule_ids), closed_on=on).order_by("pk")
    known = set(rows.values_list("pk", flat=True))
    ReportDelivery.objects.bulk_create(wanted, ignore_conflicts=True)
    new = [pk for pk in rows.values_list("pk", flat=True) if pk not in known]
    for pk in new:
        make_report_delivery.defer(delivery_id=pk)
    return len(new)
