"""Invariants: what must always hold, proved by ``./axle check``."""

import gc
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from multiprocessing import get_context
from time import perf_counter

from django.db import connection

Check = Callable[[], list[str]]
Sweep = Callable[[int, int], Iterable[tuple[str, str]]]
"""``sweep(shard, shards)``: one way through a shard of rows, giving the invariant and a line for each violation."""
INVARIANTS: dict[str, Check] = {}
_SWEEPS: dict[str, Sweep] = {}


@dataclass(frozen=True)
class InvariantResult:
    """One invariant with a line for each violation found. Those of one sweep took their time together."""

    name: str
    failures: list[str]
    seconds: float


def invariant(name: str, *, sweep: Sweep | None = None) -> Callable[[Check], Check]:
    """Declare an invariant: a function that gives one line per violation.

    Invariants over the same many rows name one ``sweep``, which finds the violations of all of them, by shards in
    several processes; the function finds those of its own.
    """

    def declare(check: Check) -> Check:
        INVARIANTS[name] = check
        if sweep:
            _SWEEPS[name] = sweep
        return check

    return declare


def run_invariants(
    *, processes: int = 1, tell: Callable[[InvariantResult], None] = lambda result: None
) -> list[InvariantResult]:
    """Run them all, in the order of their names; ``tell`` hears of each as it ends."""
    results: list[InvariantResult] = []
    for name, check in sorted(INVARIANTS.items()):
        if any(result.name == name for result in results):
            continue
        for result in _swept(_SWEEPS[name], processes) if name in _SWEEPS else [_checked(name, check)]:
            tell(result)
            results.append(result)
    return sorted(results, key=lambda result: result.name)


def _checked(name: str, check: Check) -> InvariantResult:
    started = perf_counter()
    failures = check()
    return InvariantResult(name, failures, perf_counter() - started)


def _swept(sweep: Sweep, processes: int) -> list[InvariantResult]:
    started, found = perf_counter(), defaultdict[str, list[str]](list)
    for name, line in _lines(sweep, processes):
        found[name].append(line)
    seconds = perf_counter() - started
    return [InvariantResult(name, found[name], seconds) for name, its in sorted(_SWEEPS.items()) if its is sweep]


def _lines(sweep: Sweep, processes: int) -> list[tuple[str, str]]:
    if processes == 1 or connection.in_atomic_block:
        return list(sweep(0, 1))
    connection.close()  # a process that begins with an open connection would share it
    shards = [(sweep, shard, processes) for shard in range(processes)]
    with get_context("fork").Pool(processes) as pool:
        return [line for lines in pool.starmap(_shard, shards) for line in lines]


def _shard(sweep: Sweep, shard: int, shards: int) -> list[tuple[str, str]]:
    """In a process of its own, which makes many rows and no cycles: a fifth of its time would be looking for them."""
    gc.set_threshold(100_000, 50, 50)
    return list(sweep(shard, shards))
