"""Pause a schedule, and let it go on."""

from axle.platform.errors import NotFound
from axle.platform.public import track
from axle.reporting.models import ReportSchedule


def report_schedule_pause(*, schedule_id: int, is_active: bool) -> ReportSchedule:
    """Make no more of a schedule's reports, or again. Errors: NotFound."""
    schedule = ReportSchedule.objects.select_for_update().filter(pk=schedule_id).first()
    if schedule is None:
        raise NotFound(field="schedule_id", what="report_schedule")
    track(schedule).is_active = is_active
    schedule.save(update_fields=["is_active"])
    return schedule
