"""Reports that are made by themselves, and the box in which they lie."""

from datetime import date, datetime
from typing import Any

from django.http import HttpResponse
from pydantic import BaseModel, Field

from axle.kernel.types import ApiPath
from axle.platform.errors import NotFound, PermissionMissing
from axle.platform.http import ActorName, evidence_answer
from axle.platform.listing import Col, Listing
from axle.platform.public import Actor, Ctx, Input, available_commands, users_granted
from axle.platform.questions import last_closed_day
from axle.platform.reports import REPORTS, report_words
from axle.reporting import permissions
from axle.reporting.files import answers_shown
from axle.reporting.http.api import api
from axle.reporting.models import DeliveryState, FileFormat, ReportDelivery, Rhythm
from axle.reporting.selectors import deliveries_visible, schedules_visible
from axle.reporting.services.deliveries_queue import deliveries_add
from axle.reporting.services.delivery_retry import delivery_retry
from axle.reporting.services.report_schedule_create import ScheduleDraft, report_schedule_create
from axle.reporting.services.report_schedule_pause import report_schedule_pause

MOST_RECIPIENTS = 50


class ReportScheduleCreateIn(Input):
    """A report to be made by itself; dates that are left out follow the day, week or month that ended."""

    name: str = Field(min_length=1, max_length=80)
    report: str = Field(max_length=64)
    rhythm: Rhythm
    format: FileFormat
    recipients: list[int] = Field(min_length=1, max_length=MOST_RECIPIENTS)
    asked: dict[str, str] = Field({}, json_schema_extra={"x-answers-of": "report"})


class ReportScheduleIn(Input):
    """A schedule."""

    schedule_id: int


class ReportDeliveryIn(Input):
    """A delivery."""

    delivery_id: int


class ReportScheduleOut(BaseModel):
    """A schedule after a change."""

    id: int
    is_active: bool


class DeliveriesQueuedOut(BaseModel):
    """How many deliveries are being made."""

    queued: int
    closed_on: date


class ReportDeliveryOut(BaseModel):
    """A delivery after a change."""

    id: int
    state: DeliveryState


class ReportDeliveryDetail(BaseModel):
    """A delivery with its file, for its recipient alone."""

    id: int
    name: str
    report: str
    recipient: ActorName
    closed_on: date
    state: DeliveryState
    problem: str
    attempts: int
    delivered_at: datetime | None
    file: ApiPath | None
    actions: list[str]


class ReportChoiceOut(BaseModel):
    """A report that the person may see."""

    name: str
    title: str


class RecipientOut(BaseModel):
    """A person who may see a report."""

    id: int
    name: str


@api.command("report_schedule_create", permission=permissions.SCHEDULE_MANAGE, subject="reportschedule")
def report_schedule_create_command(ctx: Ctx, data: ReportScheduleCreateIn) -> ReportScheduleOut:
    schedule = report_schedule_create(actor=ctx.actor, draft=ScheduleDraft(**data.model_dump()))
    return ReportScheduleOut(id=schedule.pk, is_active=schedule.is_active)


def _require_reached(actor: Actor, schedule_id: int) -> None:
    if not schedules_visible(actor).filter(pk=schedule_id).exists():
        raise NotFound(field="schedule_id", what="report_schedule")


@api.command("report_schedule_pause", permission=permissions.SCHEDULE_MANAGE, subject="reportschedule")
def report_schedule_pause_command(ctx: Ctx, data: ReportScheduleIn) -> ReportScheduleOut:
    _require_reached(ctx.actor, data.schedule_id)
    schedule = report_schedule_pause(schedule_id=data.schedule_id, is_active=False)
    return ReportScheduleOut(id=schedule.pk, is_active=schedule.is_active)


@api.command("report_schedule_resume", permission=permissions.SCHEDULE_MANAGE, subject="reportschedule")
def report_schedule_resume_command(ctx: Ctx, data: ReportScheduleIn) -> ReportScheduleOut:
    _require_reached(ctx.actor, data.schedule_id)
    schedule = report_schedule_pause(schedule_id=data.schedule_id, is_active=True)
    return ReportScheduleOut(id=schedule.pk, is_active=schedule.is_active)


@api.command("report_schedule_run", permission=permissions.SCHEDULE_MANAGE, subject="reportschedule")
def report_schedule_run(ctx: Ctx, data: ReportScheduleIn) -> DeliveriesQueuedOut:
    """Make a schedule's reports of the last closed day now, as far as they have not been made."""
    _require_reached(ctx.actor, data.schedule_id)
    on = last_closed_day()
    return DeliveriesQueuedOut(queued=deliveries_add([data.schedule_id], on), closed_on=on)


@api.command("report_delivery_retry", permission=permissions.DELIVERY_VIEW, subject="reportdelivery")
def report_delivery_retry(ctx: Ctx, data: ReportDeliveryIn) -> ReportDeliveryOut:
    delivery = delivery_retry(actor=ctx.actor, delivery_id=data.delivery_id)
    return ReportDeliveryOut(id=delivery.pk, state=DeliveryState(delivery.state))


@api.query("report_choices", "/report-choices", permission=None)
def report_choices(actor: Actor) -> list[ReportChoiceOut]:
    """The reports that this person may see."""
    seen = [name for name, report in REPORTS.items() if actor.may(report.permission)]
    return [ReportChoiceOut(name=name, title=report_words("report", name)) for name in seen]


@api.query("report_recipients", "/report-recipients", permission=permissions.SCHEDULE_MANAGE)
def report_recipients(actor: Actor) -> list[RecipientOut]:
    """The people to whom reports can be delivered."""
    return [RecipientOut(id=pk, name=name) for pk, name in users_granted(permissions.DELIVERY_VIEW)]


@api.query("report_delivery_get", "/report-deliveries/{delivery_id}", permission=permissions.DELIVERY_VIEW)
def report_delivery_get(actor: Actor, delivery_id: int) -> ReportDeliveryDetail:
    """A delivery: what it is of, how it stands, and its file for whom it is."""
    rows = deliveries_visible(actor).select_related("schedule", "recipient")
    delivery = rows.filter(pk=delivery_id).first()
    if delivery is None:
        raise NotFound(what="report_delivery")
    is_own = delivery.recipient_id == actor.user_id and delivery.file_id is not None
    failed = delivery.state == DeliveryState.FAILED
    return ReportDeliveryDetail(
        id=delivery.pk,
        name=delivery.schedule.name,
        report=delivery.schedule.report,
        recipient=delivery.recipient.display_name,
        closed_on=delivery.closed_on,
        state=DeliveryState(delivery.state),
        problem=delivery.problem,
        attempts=delivery.attempts,
        delivered_at=delivery.delivered_at,
        file=f"/report-deliveries/{delivery.pk}/file" if is_own else None,
        actions=available_commands(actor, "report_delivery_retry") if failed else [],
    )


@api.query("report_delivery_file", "/report-deliveries/{delivery_id}/file", permission=permissions.DELIVERY_VIEW)
def report_delivery_file(actor: Actor, delivery_id: int, download: bool = False) -> HttpResponse:
    """The file of a delivery, for its recipient alone, while that person may see the report."""
    rows = ReportDelivery.objects.select_related("schedule")
    delivery = rows.filter(pk=delivery_id, recipient_id=actor.user_id).first()
    if delivery is None:
        raise NotFound(what="report_delivery")
    report = REPORTS.get(delivery.schedule.report)
    if report is None or not actor.may(report.permission):
        raise PermissionMissing(permission=report.permission if report else permissions.DELIVERY_VIEW)
    told = {"operation": "report_delivery_file", "type": "reportdelivery", "id": str(delivery.pk)}
    return evidence_answer(actor, **told, file_id=delivery.file_id, is_download=download)


class _Answers(Col):
    """What a schedule's report is asked for, in words."""

    def show(self, value: Any) -> str:
        return answers_shown(value or {})


api.listing(
    Listing(
        name="report_schedules",
        permission=permissions.SCHEDULE_VIEW,
        queryset=schedules_visible,
        columns=[
            Col("name"),
            Col("report", "enum", enum="Report"),
            _Answers("asked_for", source="asked", is_sortable=False),
            Col("rhythm", "enum", enum="Rhythm", choices=Rhythm.values),
            Col("format", "enum", enum="FileFormat", choices=FileFormat.values),
            Col("is_active", "bool"),
            Col("made_by"),
            Col("made_at", "datetime"),
        ],
        search=["name"],
        filters=["rhythm", "is_active"],
        toolbar=["report_schedule_create"],
        row_actions=["report_schedule_run", "report_schedule_pause", "report_schedule_resume"],
        row_rules={
            "report_schedule_run": lambda row: bool(row["is_active"]),
            "report_schedule_pause": lambda row: bool(row["is_active"]),
            "report_schedule_resume": lambda row: not row["is_active"],
        },
    )
)
api.listing(
    Listing(
        name="report_deliveries",
        is_growing=True,
        permission=permissions.DELIVERY_VIEW,
        queryset=deliveries_visible,
        columns=[
            Col("closed_on", "date"),
            Col("name", source="schedule__name", is_sortable=False),
            Col("report", "enum", source="schedule__report", enum="Report", is_sortable=False),
            Col("recipient", source="recipient__display_name", is_sortable=False),
            Col("state", "enum", enum="DeliveryState", choices=DeliveryState.values),
            Col("problem", is_sortable=False),
            Col("attempts", "integer", is_sortable=False),
            Col("delivered_at", "datetime", is_sortable=False),
        ],
        filters=["closed_on", "state"],
        row_link="/report/deliveries/{id}",
        row_actions=["report_delivery_retry"],
        row_rules={"report_delivery_retry": lambda row: row["state"] == DeliveryState.FAILED},
    )
)
