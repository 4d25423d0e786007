"""End of day: an ordered list of named steps, each done once per (business date, step, shard).

Closing steps and the roll of the business date are one short transaction that no command overlaps: what a command
sees as the business date stays true until it commits. The other steps follow while business goes on.
"""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import OperationalError, connection, transaction
from django.db.models import F
from django.utils import timezone

from axle.platform.businessday import business_date, business_date_lock, business_date_set
from axle.platform.jobs import job
from axle.platform.models import EodSetAside, EodStepRun

log = logging.getLogger(__name__)
StepFunction = Callable[[date, int, int], int]


@dataclass(frozen=True)
class EodStep:
    """A step: ``run(business_on, shard, shards)`` does one shard in one transaction and gives its row count.

    A closing step runs before the date rolls, in the transaction that rolls it; the others run after the roll.
    """

    name: str
    run: StepFunction
    shards: int = 1
    is_closing: bool = False


@dataclass(frozen=True)
class StepDone:
    """A step as it was carried out, for progress and history."""

    business_on: date
    step: str
    rows: int
    seconds: float
    was_done_before: bool


class EodStepFailed(Exception):
    """A step of a date went wrong; the cause is chained. Nothing of the step is kept but that it failed."""

    def __init__(self, on: date, step: EodStep, shard: int) -> None:
        super().__init__(f"{on} {step.name} {shard}")
        self.on, self.step, self.shard = on, step, shard


Tell = Callable[[StepDone], None]
STEPS: list[EodStep] = []


def eod_steps(steps: Iterable[EodStep]) -> None:
    """Set the order of the end of day; done once, in ``axle.config.wiring``."""
    STEPS[:] = steps


def one_by_one(step: str, on: date, numbers: Iterable[str], act: Callable[[str], None]) -> int:
    """Do a step's things each for itself; gives how many were done.

    What fails is set aside with its reason and blocks nothing else. It comes again on the next date that the step finds
    it, and is no longer set aside once it works. A database that is gone fails the step as a whole.
    """
    done = 0
    for number in numbers:
        try:
            with transaction.atomic():
                act(number)
        except OperationalError:
            raise
        except Exception as error:
            log.exception("%s of %s is set aside", step, number)
            _set_aside(step, on, number, f"{type(error).__name__}: {error}")
        else:
            done += 1
            EodSetAside.objects.filter(step=step, subject_no=number, resolved_at=None).update(
                resolved_at=timezone.now()
            )
    return done


def _set_aside(step: str, on: date, number: str, error: str) -> None:
    known = EodSetAside.objects.filter(step=step, subject_no=number, resolved_at=None)
    if not known.update(last_on=on, tries=F("tries") + 1, error=error):
        EodSetAside.objects.create(step=step, subject_no=number, first_on=on, last_on=on, error=error)


def _run_shard(step: EodStep, on: date, shard: int) -> StepDone:
    started = timezone.now()
    with transaction.atomic():
        run, is_new = EodStepRun.objects.select_for_update().get_or_create(
            business_on=on, step=step.name, shard=shard, defaults={"shards": step.shards, "started_at": started}
        )
        if not is_new and run.finished_at:
            return StepDone(on, step.name, run.rows, 0.0, True)
        run.started_at = started
        run.rows = step.run(on, shard, step.shards)
        run.finished_at, run.error = timezone.now(), ""
        run.save()
    return StepDone(on, step.name, run.rows, (run.finished_at - started).total_seconds(), False)


def _run(steps: Iterable[EodStep], on: date) -> list[StepDone]:
    return [_attempt(step, on, shard) for step in steps for shard in range(step.shards)]


def _attempt(step: EodStep, on: date, shard: int) -> StepDone:
    try:
        return _run_shard(step, on, shard)
    except Exception as error:
        raise EodStepFailed(on, step, shard) from error


def _note_failure(failure: EodStepFailed) -> None:
    """Keep that and why a step failed, after its transaction is gone; the next run overwrites it."""
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


def _close(on: date) -> list[StepDone]:
    with transaction.atomic():
        business_date_lock()
        if business_date() != on:
            return []
        done = _run([step for step in STEPS if step.is_closing], on)
        business_date_set(on + timedelta(days=1))
    return done


def _follow(on: date) -> list[StepDone]:
    return _run([step for step in STEPS if not step.is_closing], on)


def eod_run(*, until: date, tell: Tell = lambda done: None) -> int:
    """Close every business date up to and including ``until``; gives the number of dates closed.

    Started twice, at once or again after a crash, it does nothing twice and leaves no step of a closed date undone.
    """
    closed = 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(hashtext('axle_eod'))")
    try:
        if EodStepRun.objects.filter(business_on=business_date() - timedelta(days=1)).exists():
            _follow(business_date() - timedelta(days=1))
        while (on := business_date()) <= until:
            for done in (*_close(on), *_follow(on)):
                tell(done)
            closed += 1
    except EodStepFailed as failure:
        _note_failure(failure)
        raise (failure.__cause__ or failure) from None
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(hashtext('axle_eod'))")
    return closed


@job("end_of_day", retries=1)
def end_of_day(until: str) -> None:
    """Close the business dates up to one, for a person who asked for it in the console."""
    eod_run(until=date.fromisoformat(until))
