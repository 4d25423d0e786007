"""Locks between commands that vanish with their holder, however it dies."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from axle.config.runtime.failures import SetupFailed


@contextmanager
def held(path: Path, *, purpose: str, way_on: str) -> Iterator[None]:
    """Hold the lock file for the time of the block.

    Errors: SetupFailed naming the holder's process when somebody else has it.
    """
    with path.open("a+", encoding="ascii") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            file.seek(0)
            holder = file.read().strip() or "unknown"
            raise SetupFailed(f"{purpose} (process {holder})", way_on) from error
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield


def is_held(path: Path) -> bool:
    """Tell whether a living process holds the lock file."""
    if not path.exists():
        return False
    with path.open("a", encoding="ascii") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False
