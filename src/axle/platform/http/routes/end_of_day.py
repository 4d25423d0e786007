"""The end of day: dates with their steps, and starting it."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from typing import Literal

from django.db.models import BooleanField, ExpressionWrapper, Q
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob
from pydantic import BaseModel

from axle.platform import permissions as may
from axle.platform.audit import note_change
from axle.platform.businessday import business_date
from axle.platform.commands import Ctx
from axle.platform.eod import STEPS, EodStep, end_of_day
from axle.platform.errors import EodDateRefused, StateRefused
from axle.platform.http.routes.base import Done, api
from axle.platform.inputs import Input
from axle.platform.listing import Col, Listing
from axle.platform.models import EodSetAside, EodStepRun
from axle.platform.scope import Actor

DAYS_SHOWN = 30
_IS_OPEN = ExpressionWrapper(Q(resolved_at=None), output_field=BooleanField())
StepState = Literal["done", "failed", "waiting"]


class EodRunIn(Input):
    """Close the open dates up to this one."""

    until: date


class EodStepOut(BaseModel):
    """A step of one date over its shards."""

    step: str
    is_closing: bool
    state: StepState
    rows: int
    started_at: datetime | None
    seconds: float | None
    error: str


class EodDayOut(BaseModel):
    """A business date with its steps in their order."""

    business_on: date
    state: StepState
    seconds: float
    steps: list[EodStepOut]


class EodOut(BaseModel):
    """The end of day as it stands: the open date, whether a run is under way, the last dates."""

    business_date: date
    latest: date
    is_running: bool
    days: list[EodDayOut]
    actions: list[str]


def _seconds(runs: Sequence[EodStepRun]) -> float | None:
    ended = [run for run in runs if run.finished_at]
    if not ended:
        return None
    return round(sum((run.finished_at - run.started_at).total_seconds() for run in ended if run.finished_at), 3)


def _state(runs: Sequence[EodStepRun], shards: int) -> StepState:
    if any(run.error for run in runs):
        return "failed"
    return "done" if sum(1 for run in runs if run.finished_at) >= shards else "waiting"


def _step_out(step: EodStep, runs: Sequence[EodStepRun]) -> EodStepOut:
    return EodStepOut(
        step=step.name,
        is_closing=step.is_closing,
        state=_state(runs, step.shards),
        rows=sum(run.rows for run in runs),
        started_at=min((run.started_at for run in runs), default=None),
        seconds=_seconds(runs),
        error=" ".join(run.error for run in runs if run.error),
    )


def _day_out(on: date, runs: Sequence[EodStepRun]) -> EodDayOut:
    by_step: dict[str, list[EodStepRun]] = defaultdict(list)
    for run in runs:
        by_step[run.step].append(run)
    steps = [_step_out(step, by_step[step.name]) for step in STEPS]
    states = {step.state for step in steps}
    state: StepState = "failed" if "failed" in states else "waiting" if "waiting" in states else "done"
    return EodDayOut(business_on=on, state=state, seconds=sum(step.seconds or 0 for step in steps), steps=steps)


def _days() -> list[EodDayOut]:
    dates = EodStepRun.objects.order_by("-business_on").values_list("business_on", flat=True).distinct()[:DAYS_SHOWN]
    by_date: dict[date, list[EodStepRun]] = {on: [] for on in dates}
    for run in EodStepRun.objects.filter(business_on__in=list(by_date)).order_by("shard"):
        by_date[run.business_on].append(run)
    return [_day_out(on, runs) for on, runs in by_date.items()]


def _is_running() -> bool:
    return ProcrastinateJob.objects.filter(task_name=end_of_day.name, status__in=["todo", "doing"]).exists()


def _latest() -> date:
    return max(business_date(), timezone.localdate())


@api.query("eod_get", "/end-of-day", permission=may.EOD_VIEW)
def eod_get(actor: Actor) -> EodOut:
    """The end of day with its last thirty dates."""
    is_running = _is_running()
    return EodOut(
        business_date=business_date(),
        latest=_latest(),
        is_running=is_running,
        days=_days(),
        actions=["eod_run"] if actor.may(may.EOD_RUN) and not is_running else [],
    )


@api.command("eod_run", permission=may.EOD_RUN, subject="eod")
def eod_run(ctx: Ctx, data: EodRunIn) -> Done:
    """Let a worker close the open dates up to one. Errors: EodDateRefused, StateRefused while one is under way."""
    if not ctx.business_on <= data.until <= _latest():
        raise EodDateRefused(field="until", first=ctx.business_on, last=_latest())
    if _is_running():
        raise StateRefused(state="doing")
    end_of_day.defer(until=data.until.isoformat())
    note_change(type="eod", id=data.until, before=ctx.business_on, after=data.until)
    return Done()


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
api.listing(
    Listing(
        name="eod_set_asides",
        is_growing=True,
        permission=may.EOD_VIEW,
        queryset=lambda actor: EodSetAside.objects.annotate(is_open=_IS_OPEN),
        columns=[
            Col("step", "enum", enum="EodStep"),
            Col("subject_no"),
            Col("error", is_sortable=False),
            Col("tries", "integer"),
            Col("first_on", "date"),
            Col("last_on", "date"),
            Col("resolved_at", "datetime"),
            Col("is_open", "bool"),
        ],
        search=["subject_no"],
        filters=["is_open", "step", "first_on"],
        default_sort="-last_on",
    )
)
