"""The operation log, background jobs and end-of-day runs."""

from typing import Any

from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob
from pydantic import BaseModel

from axle.platform import permissions as may
from axle.platform.audit import note_change
from axle.platform.businessday import business_date
from axle.platform.commands import Ctx
from axle.platform.errors import NotFound, StateRefused
from axle.platform.http.routes.base import Done, api
from axle.platform.listing import Col, Listing
from axle.platform.models import EodStepRun, OperationLog
from axle.platform.scope import Actor

JOB_STATES = ("todo", "doing", "succeeded", "failed", "cancelled", "aborted")


class OperationOut(BaseModel):
    """One row of the operation log with its changes."""

    id: int
    at: str
    business_on: str
    operation: str
    actor_kind: str
    actor_name: str
    roles: str
    checker_name: str
    subject_type: str
    subject_id: str
    changes: list[dict[str, Any]]
    note: str
    ip: str | None
    device: str
    control: str


class JobRetryIn(BaseModel):
    job_id: int


class BusinessDateOut(BaseModel):
    business_date: str


@api.query("operation_get", "/operations/{operation_id}", permission=may.OPERATION_LOG_VIEW)
def operation_get(actor: Actor, operation_id: int) -> OperationOut:
    """One operation with what it changed."""
    row = OperationLog.objects.filter(pk=operation_id).first()
    if row is None:
        raise NotFound(what="operation")
    fields = {name: getattr(row, name) for name in OperationOut.model_fields}
    return OperationOut(**fields | {"at": row.at.isoformat(), "business_on": row.business_on.isoformat()})


@api.query("business_date_get", "/business-date", permission=None)
def business_date_get(actor: Actor) -> BusinessDateOut:
    """The business date that the system is on."""
    return BusinessDateOut(business_date=business_date().isoformat())


@api.command("job_retry", permission=may.JOB_MANAGE, subject="job")
def job_retry(ctx: Ctx, data: JobRetryIn) -> Done:
    """Put a failed job back into the queue."""
    job = ProcrastinateJob.objects.filter(pk=data.job_id).first()
    if job is None:
        raise NotFound(field="job_id", what="job")
    if job.status not in {"failed", "cancelled", "aborted"}:
        raise StateRefused(state=job.status)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = 'todo', scheduled_at = NULL WHERE id = %s", [data.job_id]
        )
    note_change(type="job", id=data.job_id, before=job.status, after="todo")
    return Done()


api.listing(
    Listing(
        name="operations",
        permission=may.OPERATION_LOG_VIEW,
        queryset=lambda actor: OperationLog.objects.all(),
        columns=[
            Col("at", "datetime"),
            Col("business_on", "date"),
            Col("operation", "enum", enum="Command"),
            Col("actor_name"),
            Col("roles"),
            Col("checker_name"),
            Col("subject_type", "enum", enum="Subject"),
            Col("subject_id"),
            Col("ip"),
            Col("device"),
        ],
        search=["actor_name", "operation", "subject_id"],
        filters=["at", "operation", "subject_type", "subject_id"],
        row_link="/system/operations/{id}",
    )
)
api.listing(
    Listing(
        name="jobs",
        permission=may.JOB_VIEW,
        queryset=lambda actor: ProcrastinateJob.objects.all(),
        columns=[
            Col("job_id", "integer", source="id"),
            Col("task_name"),
            Col("queue", source="queue_name"),
            Col("status", "enum", enum="JobState", choices=JOB_STATES),
            Col("attempts", "integer"),
            Col("scheduled_at", "datetime"),
            Col("args", "json"),
        ],
        search=["task_name"],
        filters=["status", "task_name"],
        row_actions=["job_retry"],
    )
)
api.listing(
    Listing(
        name="eod_step_runs",
        permission=may.EOD_VIEW,
        queryset=lambda actor: EodStepRun.objects.all(),
        columns=[
            Col("business_on", "date"),
            Col("step", "enum", enum="EodStep"),
            Col("shard", "integer"),
            Col("rows", "integer"),
            Col("started_at", "datetime"),
            Col("finished_at", "datetime"),
            Col("error"),
        ],
        filters=["business_on", "step"],
    )
)
