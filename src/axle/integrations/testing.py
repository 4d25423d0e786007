"""For tests of any folder above: the sandbox as a real process on a free port, with its strings in hand."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

START_SECONDS = 20.0


class SandboxProcess:
    """``python -m axle.sandbox`` with its own state; in manual mode nothing happens until ``run``."""

    def __init__(self, var: Path, *, is_manual: bool = True, delay_seconds: float = 0.0) -> None:
        self.var = var
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._is_manual = is_manual
        self._delay_seconds = delay_seconds
        self._process: subprocess.Popen[bytes] | None = None
        self._client = httpx.Client(base_url=self.url, timeout=30, trust_env=False)

    @property
    def keys(self) -> Path:
        """Where both sides' keys lie."""
        return self.var / "keys"

    def start(self) -> None:
        """Start, and wait until it answers."""
        environment = {
            **os.environ,
            "AXLE_VAR": str(self.var),
            "AXLE_SANDBOX_PORT": str(self.port),
            "AXLE_SANDBOX_DELAY_SECONDS": str(self._delay_seconds),
            "AXLE_SANDBOX_MANUAL": "1" if self._is_manual else "0",
        }
        self._process = subprocess.Popen([sys.executable, "-m", "axle.sandbox"], env=environment)
        self._wait_until_healthy()

    def kill(self) -> None:
        """End it as a power cut would."""
        self._end(signal.SIGKILL)

    def stop(self) -> int:
        """End it as an operator would; gives the exit status."""
        return self._end(signal.SIGTERM)

    def close(self) -> None:
        """Release everything."""
        self._client.close()
        if self._process is not None:
            self._end(signal.SIGKILL)

    def tell(self, path: str, **content: Any) -> Any:
        """Pull a string: ``POST /control/<path>``."""
        return self._client.post(f"/control/{path}", json=content).raise_for_status().json()

    def look(self, path: str, **query: str) -> Any:
        """Look behind the scenes: ``GET /control/<path>``."""
        return self._client.get(f"/control/{path}", params=query).raise_for_status().json()

    def run(self, seconds: float = 0) -> dict[str, int]:
        """Settle and deliver what is due in ``seconds``; gives the counts."""
        counts: dict[str, int] = self.tell("run", seconds=seconds)
        return counts

    def _end(self, number: signal.Signals) -> int:
        assert self._process is not None
        self._process.send_signal(number)
        status = self._process.wait(timeout=START_SECONDS)
        self._process = None
        return status

    def _wait_until_healthy(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            try:
                self.look("health")
            except httpx.TransportError:
                time.sleep(0.02)
            else:
                return
        raise TimeoutError("the sandbox does not answer")


@contextmanager
def sandbox_running(var: Path, **options: Any) -> Iterator[SandboxProcess]:
    """A started sandbox that is gone afterwards."""
    sandbox = SandboxProcess(var, **options)
    try:
        sandbox.start()
        yield sandbox
    finally:
        sandbox.close()


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
