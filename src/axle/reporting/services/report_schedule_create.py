"""Have a report made and delivered by itself."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from axle.platform.errors import NotFound
from axle.platform.public import Actor, business_date, created, note_change, parameter_value, user_actors
from axle.platform.reports import REPORTS, Report
from axle.reporting.errors import RecipientMayNotSee, SchedulesTooMany
from axle.reporting.models import ReportSchedule
from axle.reporting.parameters import SCHEDULES_MOST


@dataclass(frozen=True)
class ScheduleDraft:
    """What is made, how often and for whom; ``asked`` are answers to the report's questions, as text."""

    name: str
    report: str
    rhythm: str
    format: str
    recipients: Sequence[int]
    asked: Mapping[str, str]


def report_schedule_create(*, actor: Actor, draft: ScheduleDraft) -> ReportSchedule:
    """Keep a schedule; the maker and each recipient may see the report.

    Errors: NotFound, PermissionMissing, InputInvalid naming a question, RecipientMayNotSee, SchedulesTooMany.
    """
    report = report_named(draft.report)
    actor.require(report.permission)
    report.choice(draft.asked)
    _refuse_strangers(report, draft.recipients)
    most = parameter_value(SCHEDULES_MOST.code, on=business_date())
    if ReportSchedule.objects.filter(made_by_user_id=actor.user_id, is_active=True).count() >= most:
        raise SchedulesTooMany(most=most)
    questions = {asked.key for asked in report.asked}
    schedule = ReportSchedule(
        name=draft.name,
        report=report.name,
        asked={key: value for key, value in draft.asked.items() if key in questions},
        rhythm=draft.rhythm,
        format=draft.format,
        made_by_user_id=actor.user_id or 0,
        made_by=actor.name,
    )
    schedule.save()
    schedule.recipients.set(draft.recipients)
    note_change(type="reportschedule", id=schedule.pk, after={"recipients": list(draft.recipients)})
    return created(schedule)


def report_named(name: str) -> Report:
    """A declared report. Errors: NotFound."""
    if name not in REPORTS:
        raise NotFound(field="report", what="report")
    return REPORTS[name]


def _refuse_strangers(report: Report, recipients: Sequence[int]) -> None:
    people = user_actors(recipients)
    for place, user_id in enumerate(recipients):
        person = people.get(user_id)
        if person is None or not person.may(report.permission):
            raise RecipientMayNotSee(field=f"recipients.{place}", user=person.name if person else str(user_id))
