"""``./axle check`` on a book of ``size`` loans in force: seconds of each invariant, in how many processes, and memory.

Every loan is replayed from its events, and so is every posting. The book is the one of ``portfolio``.
"""

import resource
import sys
from time import perf_counter
from typing import Any

import portfolio
from django.conf import settings

from axle.platform.public import InvariantResult, run_invariants


def run(size: int = 100_000) -> dict[str, Any]:
    """Seconds in all and of the slowest invariants; how many are broken must be none."""
    portfolio.run(size)

    def tell(result: InvariantResult) -> None:
        sys.stderr.write(f"{result.name}: {result.seconds:.1f} s, {len(result.failures)} failures\n")

    begun = perf_counter()
    results = run_invariants(processes=settings.EOD_WORKERS, tell=tell)
    seconds = perf_counter() - begun
    peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    slowest = sorted(results, key=lambda result: -result.seconds)[:12]
    return {
        "size": size,
        "seconds": round(seconds, 1),
        "processes": settings.EOD_WORKERS,
        "invariants": len(results),
        "broken": sum(1 for result in results if result.failures),
        "peak memory mb": round(peak / 1024),
        "slowest": [{"invariant": one.name, "seconds": round(one.seconds, 1)} for one in slowest],
    }
