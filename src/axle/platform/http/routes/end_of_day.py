"""The end of day: dates with their steps, and starting it."""

import statistics
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Literal

from django.db.models import BooleanField, ExpressionWrapper, Q
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob
from pydantic import BaseModel

from axle.platform import permissions as may
from axle.platform.audit import note_change
from axle.platform.businessday import business_date
from axle.platform.commands import Ctx
from axle.platform.eod import STEPS, EodStep, end_of_day, eod_is_running
from axle.platform.errors import EodDateRefused, StateRefused
from axle.platform.http.routes.account import Empty
from axle.platform.http.routes.base import Done, api
from axle.platform.inputs import Input
from axle.platform.listing import Col, Listing
from axle.platform.models import EodSetAside, EodStepRun
from axle.platform.scope import Actor

DAYS_SHOWN = 30
DAYS_COMPARED = 10
_IS_OPEN = ExpressionWrapper(Q(resolved_at=None), output_field=BooleanField())
StepState = Literal["done", "failed", "running", "waiting"]


class EodRunIn(Input):
    """Close the open dates up to this one."""

    until: date


class EodShardOut(BaseModel):
    """One shard of a step of one date."""

    shard: int
    state: StepState
    rows: int
    started_at: datetime
    seconds: float | None
    error: str


class EodStepOut(BaseModel):
    """A step of one date over its shards. ``seconds`` run from the first shard's start to the last one's end.

    ``usual_seconds`` is the median of the ten dates before it.
    """

    step: str
    is_closing: bool
    state: StepState
    rows: int
    started_at: datetime | None
    seconds: float | None
    usual_seconds: float | None
    error: str
    shards: list[EodShardOut]


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
    set_aside: int
    days: list[EodDayOut]
    actions: list[str]


def _seconds(runs: Sequence[EodStepRun]) -> float | None:
    ends = [run.finished_at for run in runs if run.finished_at]
    if not ends:
        return None
    return round((max(ends) - min(run.started_at for run in runs)).total_seconds(), 3)


def _shard_state(run: EodStepRun) -> StepState:
    if run.error:
        return "failed"
    return "done" if run.finished_at else "running"


def _state(runs: Sequence[EodStepRun]) -> StepState:
    states = {_shard_state(run) for run in runs}
    if "failed" in states:
        return "failed"
    if not runs or (states == {"done"} and len(runs) < runs[0].shards):
        return "waiting"
    return "running" if "running" in states else "done"


def _shard_out(run: EodStepRun) -> EodShardOut:
    return EodShardOut(
        shard=run.shard + 1,
        state=_shard_state(run),
        rows=run.rows,
        started_at=run.started_at,
        seconds=_seconds([run]),
        error=run.error,
    )


def _step_out(step: EodStep, runs: Sequence[EodStepRun], earlier: Sequence[float]) -> EodStepOut:
    return EodStepOut(
        step=step.name,
        is_closing=step.is_closing,
        state=_state(runs),
        rows=sum(run.rows for run in runs),
        started_at=min((run.started_at for run in runs), default=None),
        seconds=_seconds(runs),
        usual_seconds=round(statistics.median(earlier), 3) if earlier else None,
        error=" ".join(run.error for run in runs if run.error),
        shards=[_shard_out(run) for run in runs] if len(runs) > 1 else [],
    )


Runs = Mapping[str, Sequence[EodStepRun]]


def _day_out(on: date, by_step: Runs, before: Sequence[Runs]) -> EodDayOut:
    steps = [
        _step_out(
            step,
            by_step.get(step.name, []),
            [seconds for runs in before if (seconds := _seconds(runs.get(step.name, []))) is not None],
        )
        for step in STEPS
    ]
    states = {step.state for step in steps}
    state: StepState = next((state for state in _DAY_STATES if state in states), "done")
    return EodDayOut(business_on=on, state=state, seconds=_day_seconds(by_step), steps=steps)


_DAY_STATES: tuple[StepState, ...] = ("failed", "running", "waiting")


def _day_seconds(by_step: Runs) -> float:
    """The sum over steps: between steps there may be a night, when a failed date was resumed."""
    return round(sum(_seconds(runs) or 0 for runs in by_step.values()), 3)


def _days() -> list[EodDayOut]:
    shown = DAYS_SHOWN + DAYS_COMPARED
    dates = EodStepRun.objects.order_by("-business_on").values_list("business_on", flat=True).distinct()[:shown]
    by_date: dict[date, dict[str, list[EodStepRun]]] = {on: defaultdict(list) for on in dates}
    for run in EodStepRun.objects.filter(business_on__in=list(by_date)).order_by("shard"):
        by_date[run.business_on][run.step].append(run)
    newest = list(by_date.items())
    return [
        _day_out(on, runs, [earlier for _on, earlier in newest[place + 1 : place + 1 + DAYS_COMPARED]])
        for place, (on, runs) in enumerate(newest[:DAYS_SHOWN])
    ]


def _is_running() -> bool:
    waiting = ProcrastinateJob.objects.filter(task_name=end_of_day.name, status__in=["todo", "doing"])
    return waiting.exists() or eod_is_running()


def _is_unfinished(days: Sequence[EodDayOut], today: date) -> bool:
    """Whether the last closed date has steps left to do."""
    return any(day.business_on == today - timedelta(days=1) and day.state != "done" for day in days)


def _latest() -> date:
    return max(business_date(), timezone.localdate())


@api.query("eod_get", "/end-of-day", permission=may.EOD_VIEW)
def eod_get(actor: Actor) -> EodOut:
    """The end of day with its last thirty dates."""
    is_running, days, today = _is_running(), _days(), business_date()
    actions = ["eod_resume"] if _is_unfinished(days, today) else []
    return EodOut(
        business_date=today,
        latest=_latest(),
        is_running=is_running,
        set_aside=EodSetAside.objects.filter(resolved_at=None).count(),
        days=days,
        actions=[*actions, "eod_run"] if actor.may(may.EOD_RUN) and not is_running else [],
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


@api.command("eod_resume", permission=may.EOD_RUN, subject="eod")
def eod_resume(ctx: Ctx, data: Empty) -> Done:
    """Let a worker finish the last closed date. Errors: StateRefused when a run is under way or nothing is left."""
    if _is_running():
        raise StateRefused(state="doing")
    if not _is_unfinished(_days(), ctx.business_on):
        raise StateRefused(state="done")
    last = ctx.business_on - timedelta(days=1)
    end_of_day.defer(until=last.isoformat())
    note_change(type="eod", id=last, after="resumed")
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
