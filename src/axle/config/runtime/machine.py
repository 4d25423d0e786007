"""The machine that a figure was measured on, in one line."""

import os
import platform
import re
from pathlib import Path

_GIB = 1 << 30


def machine() -> str:
    """Processor, cores that this process may use, memory, and the Python that runs."""
    return f"{_processor()}, {_cores()} cores, {_memory_gib()} GiB memory, Python {platform.python_version()}"


def _processor() -> str:
    """As Linux names it; elsewhere the architecture."""
    cpuinfo = Path("/proc/cpuinfo")
    found = re.search(r"^model name\s*: (.+)$", cpuinfo.read_text(), re.MULTILINE) if cpuinfo.exists() else None
    return found[1] if found else platform.machine()


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _memory_gib() -> int:
    return round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / _GIB)
