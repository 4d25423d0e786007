"""The circuit breaker of a source: after some failures in a row it is left alone for a while, then tried by one."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

OPENS_AFTER = 5
"""Failures in a row after which nobody is sent there."""
REST = timedelta(seconds=30)
PROBE = timedelta(seconds=15)
"""How long one call has the way to itself after the rest; when nothing is heard of it, the next may try."""


class BreakerState(StrEnum):
    """closed: calls pass; open: none does; probing: one was let through and is awaited."""

    CLOSED = "closed"
    OPEN = "open"
    PROBING = "probing"


@dataclass(frozen=True)
class Breaker:
    """What is remembered of a source."""

    failures: int = 0
    opened_at: datetime | None = None
    probe_at: datetime | None = None

    def state(self, now: datetime) -> BreakerState:
        """How it stands."""
        if self.opened_at is None:
            return BreakerState.CLOSED
        return BreakerState.PROBING if self.probe_at and now < self.probe_at + PROBE else BreakerState.OPEN

    def lets_pass(self, now: datetime) -> bool:
        """Whether a call may leave; the one that leaves an open breaker is its probe."""
        if self.opened_at is None:
            return True
        return now >= self.opened_at + REST and self.state(now) != BreakerState.PROBING

    def after(self, *, is_trouble: bool, now: datetime) -> "Breaker":
        """After a call ended: an answer closes it, trouble counts, and a failed probe begins the rest anew."""
        if not is_trouble:
            return Breaker()
        failures = self.failures + 1
        is_open = self.opened_at is not None or failures >= OPENS_AFTER
        return Breaker(failures, now if is_open else None)
