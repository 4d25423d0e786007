"""The steps of the end of day and how one of them is carried out: shard by shard, each once, several at a time."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from axle.platform.models import EodStepRun

StepFunction = Callable[[date, int, int], int]
MEMORY = "96MB"
"""What a statement of a step may use for each join or sort before it goes to the disk."""


@dataclass(frozen=True)
class EodStep:
    """A step: ``run(business_on, shard, shards)`` does one shard in one transaction and gives its row count.

    A closing step runs before the date rolls, in the transaction that rolls it; the others run after the roll. With
    ``prepare(business_on)`` a closing step does its long part before that transaction and gives what is left to run
    in it. A step that ``reads_at_once`` sees the database as it was at one moment, whatever is posted meanwhile.
    """

    name: str
    run: StepFunction
    shards: int = 1
    is_closing: bool = False
    prepare: Callable[[date], StepFunction] | None = None
    reads_at_once: bool = False


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


def shards_begun(on: date) -> dict[str, int]:
    """Into how many shards the steps were cut that have begun on a date; a changed number counts from the next date."""
    return dict(EodStepRun.objects.filter(business_on=on).values_list("step", "shards"))


def step_run(step: EodStep, on: date, begun: int | None) -> Iterator[StepDone]:
    """Do what is left of a step's shards; gives each as it ends.

    Outside a transaction the shards run at once on connections of their own, ``EOD_WORKERS`` of them. Where nothing
    can run at once a step that has not begun is not cut. A shard that fails does not stop its neighbours.
    Errors: EodStepFailed, when all have ended.
    """
    is_alone = connection.in_atomic_block or settings.EOD_WORKERS == 1
    shards = begun or (1 if is_alone else step.shards)
    if is_alone or shards == 1:
        yield from (shard_run(step, on, shard, shards) for shard in range(shards))
        return
    failed: EodStepFailed | None = None
    with ThreadPoolExecutor(settings.EOD_WORKERS, thread_name_prefix="eod") as pool:
        running = [pool.submit(_shard_of_its_own, step, on, shard, shards) for shard in range(shards)]
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


def _begin(step: EodStep, on: date, shard: int, shards: int) -> None:
    """Show that a shard is at work, before its transaction ends."""
    rows = EodStepRun.objects.filter(business_on=on, step=step.name, shard=shard)
    values = {"shards": shards, "started_at": timezone.now(), "error": ""}
    if not rows.filter(finished_at=None).update(**values) and not rows.exists():
        EodStepRun.objects.bulk_create(
            [EodStepRun(business_on=on, step=step.name, shard=shard, **values)], ignore_conflicts=True
        )


def _shard_run(step: EodStep, on: date, shard: int, shards: int) -> StepDone:
    is_outermost, started = not connection.in_atomic_block, timezone.now()
    with transaction.atomic():
        if step.reads_at_once and is_outermost:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        if is_outermost:
            with connection.cursor() as cursor:
                cursor.execute(f"SET LOCAL work_mem = '{MEMORY}'")
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
def memory_held() -> Iterator[None]:
    """Let statements join and sort a whole book in memory."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET work_mem = '{MEMORY}'")
    try:
        yield
    finally:
        if connection.is_usable():
            with connection.cursor() as cursor:
                cursor.execute("RESET work_mem")


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
