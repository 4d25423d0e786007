"""End of day: an ordered list of named steps, each done once per (business date, step, shard)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection, transaction
from django.utils import timezone

from axle.platform.businessday import business_date, business_date_set
from axle.platform.models import EodStepRun

StepFunction = Callable[[date, int, int], int]


@dataclass(frozen=True)
class EodStep:
    """A step: ``run(business_on, shard, shards)`` does one shard in one transaction and gives its row count."""

    name: str
    run: StepFunction
    shards: int = 1


@dataclass(frozen=True)
class StepDone:
    """A step as it was carried out, for progress and history."""

    business_on: date
    step: str
    rows: int
    seconds: float
    was_done_before: bool


STEPS: list[EodStep] = []


def eod_steps(steps: Iterable[EodStep]) -> None:
    """Set the order of the end of day; done once, in ``axle.config.wiring``."""
    STEPS[:] = steps


def _run_shard(step: EodStep, on: date, shard: int) -> StepDone:
    started = timezone.now()
    with transaction.atomic():
        run, is_new = EodStepRun.objects.select_for_update().get_or_create(
            business_on=on,
            step=step.name,
            shard=shard,
            defaults={"shards": step.shards, "started_at": started},
        )
        if not is_new and run.finished_at:
            return StepDone(on, step.name, run.rows, 0.0, True)
        run.rows = step.run(on, shard, step.shards)
        run.finished_at, run.error = timezone.now(), ""
        run.save()
    return StepDone(on, step.name, run.rows, (run.finished_at - started).total_seconds(), False)


def _close_date(on: date, tell: Callable[[StepDone], None]) -> None:
    for step in STEPS:
        for shard in range(step.shards):
            tell(_run_shard(step, on, shard))
    with transaction.atomic():
        if business_date() == on:
            business_date_set(on + timedelta(days=1))


def eod_run(*, until: date, tell: Callable[[StepDone], None] = lambda done: None) -> int:
    """Close every business date up to and including ``until``; gives the number of dates closed.

    A second run of the same dates, or one started at the same time, does nothing twice.
    """
    closed = 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(hashtext('axle_eod'))")
    try:
        while (on := business_date()) <= until:
            _close_date(on, tell)
            closed += 1
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(hashtext('axle_eod'))")
    return closed
