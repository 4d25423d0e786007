"""End of day: an ordered list of named steps, each done once per (business date, step, shard).

Closing steps and the roll of the business date are one short transaction that no command overlaps: what a command
sees as the business date stays true until it commits. What takes long of a closing step is prepared before it. The
other steps follow while business goes on, each when the one before it has ended, its shards at once.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, timedelta
from time import perf_counter

from django.db import connection, transaction

from axle.platform.businessday import business_date, business_date_lock, business_date_set
from axle.platform.eod_shards import (
    EodStep,
    EodStepFailed,
    StepDone,
    StepFunction,
    failure_note,
    memory_held,
    shard_run,
    shards_begun,
    step_run,
)
from axle.platform.jobs import job
from axle.platform.models import EodStepRun

__all__ = [
    "STEPS",
    "EodStep",
    "StepDone",
    "StepFunction",
    "end_of_day",
    "eod_hold_off",
    "eod_is_running",
    "eod_run",
    "eod_steps",
]
Tell = Callable[[StepDone], None]
STEPS: list[EodStep] = []
ROLL = "roll_business_date"
"""The name under which progress tells how long commands waited for the roll; it is not a step."""
_LOCK = "hashtext('axle_eod')"


def eod_steps(steps: Iterable[EodStep]) -> None:
    """Set the order of the end of day; done once, in ``axle.config.wiring``."""
    STEPS[:] = steps


def eod_run(*, until: date, tell: Tell = lambda done: None) -> int:
    """Close every business date up to and including ``until``; gives the number of dates closed.

    Started twice, at once or again after a crash, it does nothing twice and leaves no step of a closed date undone.
    """
    closed = 0
    _ask(f"SELECT pg_advisory_lock({_LOCK})")
    try:
        if EodStepRun.objects.filter(business_on=business_date() - timedelta(days=1)).exists():
            _follow(business_date() - timedelta(days=1), tell)
        while (on := business_date()) <= until:
            _close(on, tell)
            _follow(on, tell)
            closed += 1
    except EodStepFailed as failure:
        failure_note(failure)
        raise (failure.__cause__ or failure) from None
    finally:
        _ask(f"SELECT pg_advisory_unlock({_LOCK})")
    return closed


def eod_is_running() -> bool:
    """Whether an end of day is under way, whoever started it."""
    if not _ask(f"SELECT pg_try_advisory_lock_shared({_LOCK})"):
        return True
    _ask(f"SELECT pg_advisory_unlock_shared({_LOCK})")
    return False


def eod_hold_off() -> None:
    """Keep any end of day from running until this transaction ends, and wait for the one that runs."""
    _ask(f"SELECT pg_advisory_xact_lock_shared({_LOCK})")


def _ask(sql: str) -> object:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchone()[0]


def _close(on: date, tell: Tell) -> None:
    steps = [_prepared(step, on) for step in STEPS if step.is_closing]
    with transaction.atomic():
        business_date_lock()
        held = perf_counter()
        if business_date() != on:
            return
        done = [shard_run(step, on, shard, step.shards) for step in steps for shard in range(step.shards)]
        business_date_set(on + timedelta(days=1))
    for one in done:
        tell(one)
    tell(StepDone(on, ROLL, 1, perf_counter() - held, False))


def _prepared(step: EodStep, on: date) -> EodStep:
    if step.prepare is None:
        return step
    try:
        with memory_held():
            return replace(step, run=step.prepare(on))
    except Exception as error:
        raise EodStepFailed(on, step, 0) from error


def _follow(on: date, tell: Tell) -> None:
    begun = shards_begun(on)
    for step in STEPS:
        if not step.is_closing:
            for done in step_run(step, on, begun.get(step.name)):
                tell(done)


@job("end_of_day", retries=1)
def end_of_day(until: str) -> None:
    """Close the business dates up to one, for a person who asked for it in the console."""
    eod_run(until=date.fromisoformat(until))
