"""End of day: an ordered list of named steps, each done once per (business date, step, shard).

Closing steps and the roll of the business date are one short transaction that no command overlaps: what a command
sees as the business date stays true until it commits. What takes long of a closing step is prepared before it. The
other steps follow while business goes on, each when the one before it has ended, or beside it, its shards at once.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from time import perf_counter

from django.db import connection, transaction

from axle.platform.businessday import business_date, business_date_lock, business_date_set
from axle.platform.eod_shards import (
    Begun,
    EodStep,
    EodStepFailed,
    StepDone,
    StepFunction,
    failure_note,
    over_a_book,
    shard_run,
    shards_begun,
    steps_run,
)
from axle.platform.jobs import job
from axle.platform.readings import readings_kept

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
        on = business_date()
        if begun := shards_begun(on - timedelta(days=1)):
            _follow(on - timedelta(days=1), begun, tell)
        while on <= until:
            with readings_kept():
                _close(on, tell)
                _follow(on, shards_begun(on), tell)
            closed += 1
            on = business_date()
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
        with over_a_book():
            return replace(step, run=step.prepare(on))
    except Exception as error:
        raise EodStepFailed(on, step, 0) from error


def _follow(on: date, begun: Mapping[str, Begun], tell: Tell) -> None:
    for steps in _side_by_side():
        for done in steps_run(steps, on, begun):
            tell(done)


def _side_by_side() -> Iterator[list[EodStep]]:
    """The steps after the roll, those together that run at once."""
    together = list[EodStep]()
    for step in STEPS:
        if not step.is_closing:
            if together and not step.is_beside:
                yield together
                together = []
            together.append(step)
    if together:
        yield together


@job("end_of_day", retries=1)
def end_of_day(until: str) -> None:
    """Close the business dates up to one, for a person who asked for it in the console."""
    eod_run(until=date.fromisoformat(until))
