"""How the engine is asked, and how that ends with the process.

The engine tells its answers to an event loop: it takes a future from the one that runs, and a thread of its own has the
loop set it. Here none runs: the thread sets the future itself, and whoever asked waits for that. With a loop two more
threads would have to be woken for each answer, which takes as long as the answer and longer on a busy machine.

A process that ends while a thread of the engine is on its way out would take the interpreter from under it, which kills
it (SIGSEGV) after its work is done. Therefore the end waits until no such thread is left, and an evaluation that nobody
waits for any more is not cancelled: it could not be waited for.
"""

import asyncio
import atexit
import os
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, cast

_PATIENCE_SECONDS = 2.0
"""An evaluation that is stuck does not keep the process for longer."""
_LOOK_SECONDS = 0.001


class _Straight:
    """As much of a loop as the engine uses."""

    def create_future(self) -> Future[Any]:
        return Future()

    def call_soon_threadsafe(self, callback: Callable[..., object], *args: object, context: Any = None) -> None:
        callback(*args)


_STRAIGHT = cast(asyncio.AbstractEventLoop, _Straight())
_under_way: set[Future[Any]] = set()


def asked(ask: Callable[[], Any]) -> Future[Any]:
    """The answer of the engine to be waited for; ``ask`` calls it as if a loop ran in this thread."""
    around = asyncio._get_running_loop()
    asyncio._set_running_loop(_STRAIGHT)
    try:
        answer: Future[Any] = ask()
    finally:
        asyncio._set_running_loop(around)
    _under_way.add(answer)
    answer.add_done_callback(_under_way.discard)
    return answer


@atexit.register
def _end() -> None:
    until = time.monotonic() + _PATIENCE_SECONDS
    while (_under_way or not _is_alone()) and time.monotonic() < until:
        time.sleep(_LOOK_SECONDS)


def _is_alone() -> bool:
    """Whether no thread is within the interpreter but those that Python started."""
    own = {thread.ident for thread in threading.enumerate() if not isinstance(thread, threading._DummyThread)}
    return sys._current_frames().keys() <= own


os.register_at_fork(after_in_child=_under_way.clear)  # a fork has no threads of its parent
