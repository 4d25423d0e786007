"""The steps of the end of day and how one of them is carried out: shard by shard, each once, several at a time."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from contextvars import copy_context
from dataclasses import dataclass, field
from datetime import date
from functools import partial

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from axle.platform.models import EodStepRun

StepFunction = Callable[[date, int, int], int]
_OVER_A_BOOK = {"work_mem": "96MB", "min_parallel_index_scan_size": "0", "min_parallel_table_scan_size": "0"}
"""For statements over all loans: what they may use for each join or sort before they go to the disk, and that the
database divides each of their scans among several processes wherever that pays."""
_SET = "SELECT " + ", ".join(f"set_config('{name}', '{value}', %(is_local)s)" for name, value in _OVER_A_BOOK.items())
_RESET = "; ".join(f"RESET {name}" for name in _OVER_A_BOOK)


@dataclass(frozen=True)
class EodStep:
    """A step: ``run(business_on, shard, shards)`` does one shard in one transaction and gives its row count.

    A closing step runs before the date rolls, in the transaction that rolls it; the others run after the roll. With
    ``prepare(business_on)`` a closing step does its long part before that transaction and gives what is left to run
    in it. A step that ``reads_at_once`` sees the database as it was at one moment, whatever is posted meanwhile.
    One ``is_beside`` the step before it does not need what that does, nor the other way: both run at once.
    """

    name: str
    run: StepFunction
    shards: int = 1
    is_closing: bool = False
    prepare: Callable[[date], StepFunction] | None = None
    reads_at_once: bool = False
    is_beside: bool = False


@dataclass(frozen=True)
class StepDone:
    """A shard of a step as it was carried out, for progress and history."""

    business_on: date
    step: str
    rows: int
    seconds: float
    was_done_before: bool
    shard: int = 0


class EodStepFailed(Exception):
    """A step of a date went wrong; the cause is chained. Nothing of the shard is kept but that it failed."""

    def __init__(self, on: date, step: EodStep, shard: int) -> None:
        super().__init__(f"{on} {step.name} {shard}")
        self.on, self.step, self.shard = on, step, shard


@dataclass(frozen=True)
class Begun:
    """Into how many shards a step was cut that has begun on a date, and the rows of those that are done.

    A changed number of shards counts from the next date.
    """

    shards: int
    done: dict[int, int] = field(default_factory=dict)


def shards_begun(on: date) -> dict[str, Begun]:
    """The steps that have begun on a date."""
    begun: dict[str, Begun] = {}
    rows = EodStepRun.objects.filter(business_on=on)
    for name, shard, shards, finished_at, count in rows.values_list("step", "shard", "shards", "finished_at", "rows"):
        step = begun.setdefault(name, Begun(shards))
        if finished_at:
            step.done[shard] = count
    return begun


def steps_run(steps: Sequence[EodStep], on: date, begun: Mapping[str, Begun]) -> Iterator[StepDone]:
    """Do what is left of the shards of steps that run beside each other; gives each as it ends.

    Outside a transaction the shards run at once on connections of their own, ``EOD_WORKERS`` of them. Where nothing
    can run at once a step that has not begun is not cut. A shard that fails does not stop its neighbours.
    Errors: EodStepFailed, when all have ended.
    """
    is_alone = connection.in_atomic_block or settings.EOD_WORKERS == 1
    left = list[tuple[EodStep, date, int, int]]()
    for step in steps:
        cut = begun.get(step.name) or Begun(1 if is_alone else step.shards)
        yield from (StepDone(on, step.name, rows, 0.0, True, shard) for shard, rows in cut.done.items())
        left += [(step, on, shard, cut.shards) for shard in range(cut.shards) if shard not in cut.done]
    if is_alone or len(left) <= 1:
        yield from (shard_run(*shard) for shard in left)
        return
    failed: EodStepFailed | None = None
    with ThreadPoolExecutor(settings.EOD_WORKERS, thread_name_prefix="eod") as pool:
        running = [pool.submit(copy_context().run, partial(_shard_of_its_own, *shard)) for shard in left]
        for future in as_completed(running):
            try:
                yield future.result()
            except EodStepFailed as failure:
                failure_note(failure)
                failed = failed or failure
    if failed:
        raise failed


def _shard_of_its_own(step: EodStep, on: date, shard: int, shards: int) -> StepDone:
    try:
        return shard_run(step, on, shard, shards)
    finally:
        connection.close()


def shard_run(step: EodStep, on: date, shard: int, shards: int) -> StepDone:
    """Do one shard unless it was done. Errors: EodStepFailed."""
    try:
        if not connection.in_atomic_block:
            _begin(step, on, shard, shards)
        return _shard_run(step, on, shard, shards)
    except Exception as error:
        raise EodStepFailed(on, step, shard) from error


_SHOWN = """
WITH lazily AS MATERIALIZED (SELECT set_config('synchronous_commit', 'off', true))
INSERT INTO platform_eodsteprun (business_on, step, shard, shards, rows, started_at, error)
SELECT %s, %s, %s, %s, 0, %s, '' FROM lazily
ON CONFLICT (business_on, step, shard) DO UPDATE SET shards = excluded.shards, started_at = excluded.started_at,
    error = '' WHERE platform_eodsteprun.finished_at IS NULL
"""
"""Without waiting for the disk: what is lost of it in a crash is only that somebody was at work."""


def _begin(step: EodStep, on: date, shard: int, shards: int) -> None:
    """Show that a shard is at work, before its transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(_SHOWN, [on, step.name, shard, shards, timezone.now()])


def _shard_run(step: EodStep, on: date, shard: int, shards: int) -> StepDone:
    is_outermost, started = not connection.in_atomic_block, timezone.now()
    with transaction.atomic():
        if is_outermost:
            with connection.cursor() as cursor:
                if step.reads_at_once:
                    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
                cursor.execute(_SET, {"is_local": True})
        done_before = _claimed(step, on, shard, shards)
        if done_before is not None:
            return StepDone(on, step.name, done_before, 0.0, True, shard)
        rows, ended = step.run(on, shard, shards), timezone.now()
        own = EodStepRun.objects.filter(business_on=on, step=step.name, shard=shard)
        own.update(started_at=started, rows=rows, finished_at=ended, error="")
    return StepDone(on, step.name, rows, (ended - started).total_seconds(), False, shard)


_CLAIM = """
INSERT INTO platform_eodsteprun (business_on, step, shard, shards, rows, started_at, error)
VALUES (%s, %s, %s, %s, 0, %s, '')
ON CONFLICT (business_on, step, shard) DO UPDATE SET shards = platform_eodsteprun.shards
RETURNING CASE WHEN finished_at IS NULL THEN NULL ELSE rows END
"""


def _claimed(step: EodStep, on: date, shard: int, shards: int) -> int | None:
    """Hold a shard's row until the transaction ends; gives its rows if the shard was done before."""
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM, [on, step.name, shard, shards, timezone.now()])
        found: int | None = cursor.fetchone()[0]
    return found


@contextmanager
def over_a_book() -> Iterator[None]:
    """Let statements read a whole book."""
    with connection.cursor() as cursor:
        cursor.execute(_SET, {"is_local": False})
    try:
        yield
    finally:
        if connection.is_usable():
            with connection.cursor() as cursor:
                cursor.execute(_RESET)


def failure_note(failure: EodStepFailed) -> None:
    """Keep that and why a shard failed, after its transaction is gone; the next run overwrites it."""
    cause = failure.__cause__
    EodStepRun.objects.update_or_create(
        business_on=failure.on,
        step=failure.step.name,
        shard=failure.shard,
        defaults={
            "shards": failure.step.shards,
            "started_at": timezone.now(),
            "finished_at": None,
            "error": f"{type(cause).__name__}: {cause}",
        },
    )
