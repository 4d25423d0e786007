"""Asking many sources at once: every one gets its own time, and nobody waits for more than the slowest.

One loop per process holds the connections, which stay open; it is asked from any thread, and touches no database.
"""

import asyncio
import atexit
import math
import os
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from functools import lru_cache
from queue import Empty, SimpleQueue

import aiohttp

from axle.sources.domain.source import Outcome, Source
from axle.sources.ports import AnswerComesLater, NoRecord, Question, SourceAdapter, SourceTrouble

_PAUSE_SECONDS = 0.1
_GRACE_SECONDS = 0.5
"""After a source's own time, in which the line ends a question by itself, it is not waited for any longer."""
_KEPT_OPEN_SECONDS = 30.0
_END_SECONDS = 1.0


@dataclass(frozen=True)
class Asking:
    """A question on its way to its source."""

    source: Source
    adapter: SourceAdapter
    question: Question


@dataclass(frozen=True)
class Heard:
    """How a question ended, and the raw answer when there is one."""

    outcome: Outcome
    reason: str
    raw: str | None
    attempts: int
    duration_ms: int


class _Line:
    """The loop with its connections."""

    def __init__(self, process_id: int) -> None:
        self._process_id = process_id
        self.loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self.loop.run_forever, name="sources", daemon=True)
        self._thread.start()
        self.client = asyncio.run_coroutine_threadsafe(_client(), self.loop).result()
        atexit.register(self._end)

    def _end(self) -> None:
        """Hang up; a fork has none of its parent's threads, and leaves the connections to it."""
        if os.getpid() != self._process_id:
            return
        asyncio.run_coroutine_threadsafe(self.client.close(), self.loop).result(_END_SECONDS)
        self.loop.call_soon_threadsafe(self.loop.stop)
        self._thread.join(_END_SECONDS)


async def _client() -> aiohttp.ClientSession:
    return aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(limit=0, keepalive_timeout=_KEPT_OPEN_SECONDS),
        timeout=aiohttp.ClientTimeout(total=None, sock_connect=None),  # a source has its own
        cookie_jar=aiohttp.DummyCookieJar(),
    )


@lru_cache(maxsize=1)
def _line(process_id: int) -> _Line:
    return _Line(process_id)


Came = tuple[str, Heard]


class FanOut:
    """Questions that are out, each with its own time; more may leave while others are awaited."""

    def __init__(self) -> None:
        self._came: SimpleQueue[Came] = SimpleQueue()
        self._deadlines: dict[str, tuple[float, int]] = {}
        self._leaving: list[Future[None]] = []

    def leave(self, askings: Sequence[Asking]) -> None:
        """Let questions to sources that are not asked yet leave, all at once."""
        now, line = time.monotonic(), _line(os.getpid())
        for asking in askings:
            allowed = asking.source.deadline_ms
            self._deadlines[asking.source.code] = (now + allowed / 1000 + _GRACE_SECONDS, allowed)
        self._leaving.append(asyncio.run_coroutine_threadsafe(_all(askings, line.client, self._came), line.loop))

    def hear(self, *, pause_seconds: float, until: float = math.inf) -> Iterator[Came | None]:
        """Each source and how its question ended, as soon as it did, until none is out or a monotonic time has come;
        whatever happens, each question ends once. None whenever nothing came for a while."""
        while self._deadlines:
            latest = max(ends for ends, _allowed in self._deadlines.values())
            left = min(latest, until) - time.monotonic()
            if left <= 0:
                break
            try:
                one = self._came.get(timeout=min(pause_seconds, left))
            except Empty:
                yield None
                continue
            if self._deadlines.pop(one[0], None) is not None:
                yield one
        if self._deadlines and time.monotonic() < until:
            yield from self._lost()

    def _lost(self) -> Iterator[Came]:
        """The line itself does not answer any more."""
        for one in self._leaving:
            one.cancel()
        for code in sorted(self._deadlines):
            _ends, allowed = self._deadlines.pop(code)
            yield code, Heard(Outcome.LATE, "deadline", None, 1, allowed)


async def _all(askings: Sequence[Asking], client: aiohttp.ClientSession, came: SimpleQueue[Came]) -> None:
    async def ask(asking: Asking) -> None:
        came.put((asking.source.code, await _one(asking, client)))

    await asyncio.gather(*(ask(asking) for asking in askings))


async def _one(asking: Asking, client: aiohttp.ClientSession) -> Heard:
    """One source: attempts with the same request number while its time lasts."""
    begun, tried = time.monotonic(), 0
    outcome, reason, raw = Outcome.LATE, "deadline", None
    try:
        async with asyncio.timeout(asking.source.deadline_ms / 1000):
            while True:
                tried += 1
                try:
                    raw = await asking.adapter.ask(client, asking.question)
                    outcome, reason = Outcome.HIT, ""
                except NoRecord as nothing:
                    outcome, reason, raw = Outcome.NO_RECORD, "", nothing.raw
                except AnswerComesLater:
                    outcome, reason = Outcome.LATE, "comes_later"
                except SourceTrouble as trouble:
                    outcome, reason = Outcome.FAILED, trouble.code
                    if not trouble.is_final and tried < asking.source.attempts:
                        await asyncio.sleep(_PAUSE_SECONDS * tried)
                        continue
                break
    except TimeoutError:
        outcome, reason = Outcome.LATE, "deadline"
    except Exception as error:  # an adapter's own fault is no answer either
        outcome, reason = Outcome.FAILED, type(error).__name__
    return Heard(outcome, reason, raw, tried, round((time.monotonic() - begun) * 1000))
