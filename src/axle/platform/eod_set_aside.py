"""What a step of the end of day could not do: kept with its reason, tried again, resolved once it works."""

import logging
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date

from django.db import OperationalError, transaction
from django.db.models import F
from django.utils import timezone

from axle.platform.models import EodSetAside

log = logging.getLogger(__name__)


def one_by_one(step: str, on: date, numbers: Iterable[str], act: Callable[[str], None]) -> int:
    """Do a step's things each for itself; gives how many were done.

    What fails is set aside with its reason and blocks nothing else. It comes again on the next date that the step finds
    it, and is no longer set aside once it works. A database that is gone fails the step as a whole.
    """
    done = list[str]()
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
            done.append(number)
    _resolve(step, done)
    return len(done)


def in_batches(
    step: str,
    on: date,
    numbers: Sequence[str],
    many: Callable[[Sequence[str]], Collection[str]],
    act: Callable[[str], None],
    *,
    size: int,
) -> int:
    """Do a step's things many at a time; gives how many were done.

    ``many`` gives those of a batch that it has done. What it leaves over, and each of a batch that fails, is done by
    ``act`` as in ``one_by_one``.
    """
    left, done = list[str](), 0
    for start in range(0, len(numbers), size):
        batch = numbers[start : start + size]
        try:
            with transaction.atomic():
                found = set(many(batch))
                _resolve(step, found)
        except OperationalError:
            raise
        except Exception:
            log.exception("%s: a batch is done one by one", step)
            found = set()
        left += [number for number in batch if number not in found]
        done += len(found)
    return done + one_by_one(step, on, left, act)


def _resolve(step: str, done: Collection[str]) -> None:
    if done:
        EodSetAside.objects.filter(step=step, subject_no__in=done, resolved_at=None).update(resolved_at=timezone.now())


def set_aside(step: str, on: date, reasons: Mapping[str, str]) -> None:
    """Keep all that a step finds wrong, by subject; what it no longer names is resolved."""
    known = EodSetAside.objects.filter(step=step, resolved_at=None)
    known.exclude(subject_no__in=list(reasons)).update(resolved_at=timezone.now())
    for number, reason in reasons.items():
        _set_aside(step, on, number, reason)


def _set_aside(step: str, on: date, number: str, error: str) -> None:
    known = EodSetAside.objects.filter(step=step, subject_no=number, resolved_at=None)
    if not known.update(last_on=on, tries=F("tries") + 1, error=error):
        EodSetAside.objects.create(step=step, subject_no=number, first_on=on, last_on=on, error=error)
