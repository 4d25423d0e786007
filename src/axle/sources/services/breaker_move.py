"""The breakers as rows, shared by all processes."""

from collections.abc import Mapping
from datetime import datetime

from axle.sources.domain.breaker import Breaker
from axle.sources.domain.source import Outcome
from axle.sources.models import DataSource


def breaker_of(row: DataSource) -> Breaker:
    """What a row remembers."""
    return Breaker(row.failures, row.opened_at, row.probe_at)


def breaker_lets_pass(row: DataSource, *, now: datetime) -> bool:
    """Whether a call may leave now; of many that ask at once, one becomes the probe of an open breaker."""
    breaker = breaker_of(row)
    if not breaker.lets_pass(now):
        return False
    if breaker.opened_at is None:
        return True
    same = DataSource.objects.filter(pk=row.pk, opened_at=row.opened_at, probe_at=row.probe_at)
    return same.update(probe_at=now) == 1


def breakers_move(outcomes: Mapping[str, Outcome], known: Mapping[str, DataSource], *, now: datetime) -> None:
    """Count how calls ended. A source that works, and worked when its calls left, asks and writes nothing."""
    touched = [
        code
        for code, outcome in outcomes.items()
        if outcome.is_trouble or code not in known or breaker_of(known[code]) != Breaker()
    ]
    if not touched:
        return
    for row in DataSource.objects.select_for_update().filter(code__in=touched).order_by("code"):
        after = breaker_of(row).after(is_trouble=outcomes[row.code].is_trouble, now=now)
        row.failures, row.opened_at, row.probe_at = after.failures, after.opened_at, after.probe_at
        row.save(update_fields=["failures", "opened_at", "probe_at"])
