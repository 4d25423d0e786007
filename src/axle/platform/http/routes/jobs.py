"""Background jobs: what waits, runs, failed; retry, cancel, and the rescue of jobs whose worker died."""

from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import BooleanField, Case, Exists, OuterRef, QuerySet, Value, When
from django.db.models.functions import Now
from procrastinate.contrib.django.models import ProcrastinateEvent, ProcrastinateJob, ProcrastinateWorker
from pydantic import BaseModel

from axle.platform import permissions as may
from axle.platform.audit import note_change
from axle.platform.commands import Ctx
from axle.platform.errors import NotFound, StateRefused
from axle.platform.http.routes.account import Empty
from axle.platform.http.routes.base import Done, api
from axle.platform.inputs import Input
from axle.platform.jobs import STALLED_SECONDS, stalled_jobs_rescue
from axle.platform.listing import Col, Listing
from axle.platform.scope import Actor
from axle.platform.selectors import whole

JOB_STATES = ("todo", "doing", "succeeded", "failed", "cancelled", "aborted")
_ENDED_BADLY = {"failed", "cancelled", "aborted"}
_PERMITTED = {"job_retry": _ENDED_BADLY, "job_cancel": {"todo"}}


class JobIn(Input):
    job_id: int


class JobEventOut(BaseModel):
    """A step in a job's life."""

    at: datetime | None
    job_event: str


class JobOut(BaseModel):
    """A job with what has happened to it."""

    job_id: int
    task_name: str
    queue: str
    status: str
    attempts: int
    is_stalled: bool
    scheduled_at: datetime | None
    args: dict[str, Any]
    job_events: list[JobEventOut]
    actions: list[str]


class RescuedOut(BaseModel):
    """How many jobs went back into the queue."""

    rescued: int


def _jobs(actor: Actor) -> QuerySet[Any]:
    alive = ProcrastinateWorker.objects.filter(
        pk=OuterRef("worker_id"), last_heartbeat__gt=Now() - timedelta(seconds=STALLED_SECONDS)
    )
    is_stalled = Case(
        When(Exists(alive), then=Value(False)),
        When(status="doing", then=Value(True)),
        default=Value(False),
        output_field=BooleanField(),
    )
    jobs: QuerySet[Any] = ProcrastinateJob.objects.annotate(is_stalled=is_stalled)
    return whole(actor, may.JOB_VIEW, jobs)


def _job(job_id: int, actor: Actor) -> Any:
    job = _jobs(actor).filter(pk=job_id).first()
    if job is None:
        raise NotFound(field="job_id", what="job")
    return job


def _move(ctx: Ctx, job_id: int, command: str, status: str) -> Done:
    job = _job(job_id, ctx.actor)
    if job.status not in _PERMITTED[command]:
        raise StateRefused(state=job.status)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = %s::procrastinate_job_status, scheduled_at = NULL"
            " WHERE id = %s AND status = %s::procrastinate_job_status",
            [status, job_id, job.status],
        )
        if cursor.rowcount != 1:
            raise StateRefused(state=job.status)
    note_change(type="job", id=job_id, before=job.status, after=status)
    return Done()


@api.query("job_get", "/jobs/{job_id}", permission=may.JOB_VIEW)
def job_get(actor: Actor, job_id: int) -> JobOut:
    """A job with its history and what may be done with it."""
    job = _job(job_id, actor)
    events = ProcrastinateEvent.objects.filter(job_id=job_id).order_by("at", "pk")
    actions = [name for name, states in _PERMITTED.items() if job.status in states and actor.may(may.JOB_MANAGE)]
    return JobOut(
        job_id=job.pk,
        task_name=job.task_name,
        queue=job.queue_name,
        status=job.status,
        attempts=job.attempts,
        is_stalled=job.is_stalled,
        scheduled_at=job.scheduled_at,
        args=job.args,
        job_events=[JobEventOut(at=event.at, job_event=event.type) for event in events],
        actions=actions,
    )


@api.command("job_retry", permission=may.JOB_MANAGE, subject="job")
def job_retry(ctx: Ctx, data: JobIn) -> Done:
    """Put a job that ended badly back into the queue."""
    return _move(ctx, data.job_id, "job_retry", "todo")


@api.command("job_cancel", permission=may.JOB_MANAGE, subject="job")
def job_cancel(ctx: Ctx, data: JobIn) -> Done:
    """Take a waiting job out of the queue."""
    return _move(ctx, data.job_id, "job_cancel", "cancelled")


@api.command("jobs_rescue", permission=may.JOB_MANAGE, subject="job")
def jobs_rescue(ctx: Ctx, data: Empty) -> RescuedOut:
    """Put the jobs of dead workers back into the queue now, as the workers do every minute."""
    rescued = stalled_jobs_rescue()
    note_change(type="job", id="stalled", after=rescued)
    return RescuedOut(rescued=rescued)


api.listing(
    Listing(
        name="jobs",
        is_growing=True,
        permission=may.JOB_VIEW,
        queryset=_jobs,
        columns=[
            Col("job_id", "integer", source="id"),
            Col("task_name", "enum", enum="Job"),
            Col("status", "enum", enum="JobState", choices=JOB_STATES),
            Col("is_stalled", "bool"),
            Col("attempts", "integer"),
            Col("scheduled_at", "datetime"),
            Col("queue", source="queue_name"),
            Col("args", "json", is_hidden=True),
        ],
        search=["task_name"],
        filters=["status", "is_stalled", "task_name"],
        row_link="/system/jobs/{job_id}",
        toolbar=["jobs_rescue"],
        row_actions=["job_retry", "job_cancel"],
        row_rules={
            "job_retry": lambda row: row["status"] in _ENDED_BADLY,
            "job_cancel": lambda row: row["status"] == "todo",
        },
    )
)
