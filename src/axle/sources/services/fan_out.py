"""Asking many sources at once: every one gets its own time, and nobody waits for more than the slowest.

One loop per process holds the connections; it is asked from any thread, and touches no database.
"""

import asyncio
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from queue import Empty, SimpleQueue

import httpx

from axle.sources.domain.source import Outcome, Source
from axle.sources.ports import AnswerComesLater, NoRecord, Question, SourceAdapter, SourceTrouble

sys.modules.setdefault("sniffio", None)  # type: ignore[arg-type]
"""The transport asks for this module, which is not needed, before every read and write: to look for it on disk each
time would take a quarter of an enquiry's processor time."""
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


Came = tuple[str, Heard]


def fan_out(askings: Sequence[Asking], *, pause_seconds: float) -> Iterator[Came | None]:
    """Ask all at once; each source and how its question ended, as soon as it did: one per source, whatever happens.

    None whenever nothing came for a while.
    """
    came: SimpleQueue[Came] = SimpleQueue()
    done = asyncio.run_coroutine_threadsafe(_all(askings, came), _loop())
    longest = max((asking.source.deadline_ms for asking in askings), default=0) / 1000
    ends, out = time.monotonic() + longest + _GRACE_SECONDS, {asking.source.code for asking in askings}
    while out and (left := ends - time.monotonic()) > 0:
        try:
            one = came.get(timeout=min(pause_seconds, left))
        except Empty:
            yield None
            continue
        out.remove(one[0])
        yield one
    if out:
        done.cancel()
        yield from ((code, Heard(Outcome.LATE, "deadline", None, 1, int(longest * 1000))) for code in sorted(out))


async def _all(askings: Sequence[Asking], came: SimpleQueue[Came]) -> None:
    async def ask(asking: Asking) -> None:
        came.put((asking.source.code, await _one(asking)))

    await asyncio.gather(*(ask(asking) for asking in askings))


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
