"""The one log of all processes: a time and the process's name in front of each line."""

import subprocess
import sys
import threading
from collections import deque
from datetime import UTC, datetime
from pathlib import Path

_ROTATE_BYTES = 20 * 1024 * 1024
_TAIL_LINES = 12


class Logbook:
    """Gathers what the children print, into a file and, when asked, onto the terminal.

    A full disk loses log lines, never a process.
    """

    def __init__(self, path: Path, *, is_echoing: bool = False) -> None:
        self.path, self._is_echoing = path, is_echoing
        self._lock = threading.Lock()
        self._tails: dict[str, deque[str]] = {}
        if path.exists() and path.stat().st_size > _ROTATE_BYTES:
            path.replace(path.with_suffix(".log.1"))

    def attach(self, name: str, process: subprocess.Popen[bytes]) -> None:
        """Follow a child's output until it ends."""
        self._tails[name] = deque(maxlen=_TAIL_LINES)
        threading.Thread(target=self._follow, args=(name, process), daemon=True).start()

    def tail(self, name: str) -> list[str]:
        """Give the last lines that a child printed."""
        return list(self._tails.get(name, ()))

    def _follow(self, name: str, process: subprocess.Popen[bytes]) -> None:
        if process.stdout is None:
            return
        with process.stdout as lines:
            for line in lines:
                self._write(name, line.decode(errors="replace").rstrip())

    def _write(self, name: str, line: str) -> None:
        stamp = datetime.now(UTC).astimezone().isoformat(timespec="milliseconds")
        with self._lock:
            self._tails[name].append(line)
            if self._is_echoing:
                print(f"{name:8} | {line}", file=sys.stderr, flush=True)
            try:
                with self.path.open("a", encoding="utf-8") as file:
                    file.write(f"{stamp} {name:8} | {line}\n")
            except OSError:
                return
