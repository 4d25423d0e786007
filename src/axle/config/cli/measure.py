"""Measuring for the workloads of ``bench/``: the best of several runs, and the machine that they ran on."""

import platform
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from time import perf_counter
from typing import Any

_CPUINFO = Path("/proc/cpuinfo")


def best_seconds(work: Callable[[], Any], *, repeat: int = 5, number: int = 1) -> float:
    """Seconds of one call: the best of ``repeat`` rounds of ``number`` calls, after one call that warms up."""
    work()
    best = float("inf")
    for _ in range(repeat):
        begun = perf_counter()
        for _ in range(number):
            work()
        best = min(best, (perf_counter() - begun) / number)
    return best


def machine(*packages: str) -> dict[str, str]:
    """Processor, Python and the versions of packages; "not installed" for those that are missing."""
    return {"processor": _processor(), "python": platform.python_version()} | {
        name: _version(name) for name in packages
    }


def _processor() -> str:
    if _CPUINFO.exists():
        for line in _CPUINFO.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"
