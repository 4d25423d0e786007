"""Settings that a batch reads once, and takes as they were when it began."""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

_Read = TypeVar("_Read")
_kept: ContextVar[dict[Hashable, Any] | None] = ContextVar("kept_readings", default=None)


@contextmanager
def readings_kept() -> Iterator[None]:
    """Within the block what ``read_once`` has read is not read again; it begins with nothing."""
    token = _kept.set({})
    try:
        yield
    finally:
        _kept.reset(token)


def read_once(key: Hashable, read: Callable[[], _Read]) -> _Read:
    """What is known by a key; read anew outside ``readings_kept``."""
    kept = _kept.get()
    if kept is None:
        return read()
    if key not in kept:
        kept[key] = read()
    found: _Read = kept[key]
    return found
