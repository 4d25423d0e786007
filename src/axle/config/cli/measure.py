"""Measuring for the workloads of ``bench/``: the best of several runs, and the machine that they ran on."""

import platform
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from time import process_time
from typing import Any

_CPUINFO = Path("/proc/cpuinfo")


def best_seconds(work: Callable[[], Any], *, repeat: int = 5, number: int = 1) -> float:
    """Processor seconds of one call: the best of ``repeat`` rounds of ``number`` calls, after one that warms up.

    Processor time, so that other work on the machine distorts a figure less; the workloads run on one core.
    """
    work()
    best = float("inf")
    for _ in range(repeat):
        begun = process_time()
        for _ in range(number):
            work()
        best = min(best, (process_time() - begun) / number)
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
