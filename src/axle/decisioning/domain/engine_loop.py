"""The loop through which the engine is asked, and how it ends with the process.

A thread of the engine wakes this loop when it has an answer; for that moment it gives the interpreter up and takes it
again afterwards, while the answer is on its way already. A process that ends in between would take the interpreter from
under the thread, which kills it (SIGSEGV) after its work is done. Therefore the end waits until no such thread is left,
and an evaluation that nobody waits for any more is not cancelled: it could not be waited for.
"""

import asyncio
import atexit
import os
import sys
import threading
import time
from collections.abc import Callable
from functools import lru_cache

_PATIENCE_SECONDS = 2.0
"""An evaluation that is stuck does not keep the process for longer."""
_LOOK_SECONDS = 0.001


def engine_loop() -> asyncio.AbstractEventLoop:
    """One background loop per process (a forked worker makes its own)."""
    return _loop(os.getpid())


@lru_cache(maxsize=1)
def _loop(process_id: int) -> asyncio.AbstractEventLoop:
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, name="decision-engine", daemon=True)
    thread.start()
    atexit.register(_loop_end, loop, thread, process_id)
    return loop


def _loop_end(loop: asyncio.AbstractEventLoop, thread: threading.Thread, process_id: int) -> None:
    if os.getpid() != process_id:  # a fork has no threads of its parent
        return
    until = time.monotonic() + _PATIENCE_SECONDS
    _wait(lambda: not asyncio.all_tasks(loop), until)
    loop.call_soon_threadsafe(loop.stop)
    thread.join(max(until - time.monotonic(), 0))
    _wait(_is_alone, until)


def _is_alone() -> bool:
    """Whether no thread is within the interpreter but those that Python started."""
    own = {thread.ident for thread in threading.enumerate() if not isinstance(thread, threading._DummyThread)}
    return sys._current_frames().keys() <= own


def _wait(is_over: Callable[[], bool], until: float) -> None:
    while not is_over() and time.monotonic() < until:
        time.sleep(_LOOK_SECONDS)
