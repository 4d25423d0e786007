"""Progress on the terminal: what runs over two seconds says so while it runs, and how long it took."""

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

_QUIET_SECONDS = 2.0
_REMINDER_SECONDS = 15.0


def say(line: str, *, to: TextIO | None = None) -> None:
    """Print a line with the program's name in front."""
    print(f"axle: {line}", file=to or sys.stdout, flush=True)


_BAR = 20


def bar(done: int, total: int) -> str:
    """How far something is: ``[#####---------------] 25 %``."""
    share = min(done / total, 1.0) if total else 1.0
    full = int(share * _BAR)
    return f"[{'#' * full}{'-' * (_BAR - full)}] {share:.0%}"


class Ticker:
    """Shows that a step is still going: a running clock on a terminal, a line now and then elsewhere."""

    def __init__(self, title: str, stream: TextIO) -> None:
        self.title, self.stream, self.detail = title, stream, ""
        self._begun_at, self._done = time.monotonic(), threading.Event()
        self._is_terminal = stream.isatty()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    @property
    def seconds(self) -> float:
        """Time since the step began."""
        return time.monotonic() - self._begun_at

    def finish(self) -> None:
        """Stop telling and clear the running line."""
        self._done.set()
        self._thread.join()
        if self._is_terminal:
            self._write("\r\033[K")

    def _run(self) -> None:
        wait = _QUIET_SECONDS
        while not self._done.wait(wait):
            self._tell()
            wait = 0.2 if self._is_terminal else _REMINDER_SECONDS

    def _tell(self) -> None:
        text = f"axle: {self.title} … {self.seconds:.0f} s {self.detail}".rstrip()
        self._write(f"\r\033[K{text}" if self._is_terminal else f"{text}\n")

    def _write(self, text: str) -> None:
        self.stream.write(text)
        self.stream.flush()


@contextmanager
def step(title: str) -> Iterator[Ticker]:
    """Run a step under a clock; a line with its time follows when it took more than two seconds."""
    ticker = Ticker(title, sys.stdout)
    try:
        yield ticker
    finally:
        ticker.finish()
    if ticker.seconds > _QUIET_SECONDS:
        say(f"{title}: {ticker.seconds:.1f} s")
