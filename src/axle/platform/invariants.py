"""Invariants: what must always hold, proved by ``./axle check``."""

from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter

Check = Callable[[], list[str]]
INVARIANTS: dict[str, Check] = {}


@dataclass(frozen=True)
class InvariantResult:
    """One invariant with a line for each violation found."""

    name: str
    failures: list[str]
    seconds: float


def invariant(name: str) -> Callable[[Check], Check]:
    """Declare an invariant: a function that gives one line per violation."""

    def declare(check: Check) -> Check:
        INVARIANTS[name] = check
        return check

    return declare


def run_invariants() -> list[InvariantResult]:
    """Run them all, in the order of their names."""
    results = []
    for name, check in sorted(INVARIANTS.items()):
        started = perf_counter()
        failures = check()
        results.append(InvariantResult(name, failures, perf_counter() - started))
    return results
