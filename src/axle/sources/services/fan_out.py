"""Asking many sources at once: every one gets its own time, and nobody waits for more than the slowest.

One loop per process holds the connections; it is asked from any thread, and touches no database.
"""

import asyncio
import threading
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import TimeoutError as TimedOut
from dataclasses import dataclass
from functools import cache

import httpx

from axle.sources.domain.source import Outcome, Source
from axle.sources.ports import AnswerComesLater, NoRecord, Question, SourceAdapter, SourceTrouble

_PAUSE_SECONDS = 0.1
_GRACE_SECONDS = 2.0


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


@cache
def _loop() -> asyncio.AbstractEventLoop:
    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, name="sources", daemon=True).start()
    return loop


@cache
def _client() -> httpx.AsyncClient:
    return httpx.AsyncClient(timeout=None, trust_env=False, limits=httpx.Limits(max_connections=None))


def fan_out(askings: Sequence[Asking]) -> Mapping[str, Heard]:
    """Ask all at once; one entry per source, whatever happens."""
    if not askings:
        return {}
    longest = max(asking.source.deadline_ms for asking in askings) / 1000
    done = asyncio.run_coroutine_threadsafe(_all(askings), _loop())
    try:
        heard = done.result(timeout=longest + _GRACE_SECONDS)
    except TimedOut:
        done.cancel()
        milliseconds = int(longest * 1000)
        return {asking.source.code: Heard(Outcome.LATE, "deadline", None, 1, milliseconds) for asking in askings}
    return {asking.source.code: one for asking, one in zip(askings, heard, strict=True)}


async def _all(askings: Sequence[Asking]) -> list[Heard]:
    return await asyncio.gather(*(_one(asking) for asking in askings))


async def _one(asking: Asking) -> Heard:
    """One source: attempts with the same request number while its time lasts."""
    begun, tried = time.monotonic(), 0
    outcome, reason, raw = Outcome.LATE, "deadline", None
    try:
        async with asyncio.timeout(asking.source.deadline_ms / 1000):
            while True:
                tried += 1
                try:
                    raw = await asking.adapter.ask(_client(), asking.question)
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
