"""Settings that a batch, or one operation, reads once and takes as they were when it began."""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

_Read = TypeVar("_Read")
_kept: ContextVar[dict[Hashable, Any] | None] = ContextVar("kept_readings", default=None)


@contextmanager
def readings_kept() -> Iterator[None]:
    """Within the block what ``read_once`` has read is not read again; it begins with nothing, unless it is a part of
    another such block."""
    token = _kept.set({} if (kept := _kept.get()) is None else kept)
    try:
        yield
    finally:
        _kept.reset(token)


def are_kept() -> bool:
    """Whether readings are kept now: then it is cheaper to read at once what will be asked for bit by bit."""
    return _kept.get() is not None


def read_once(key: Hashable, read: Callable[[], _Read]) -> _Read:
    """What is known by a key; read anew outside ``readings_kept``."""
    kept = _kept.get()
    if kept is None:
        return read()
    if key not in kept:
        kept[key] = read()
    found: _Read = kept[key]
    return found
