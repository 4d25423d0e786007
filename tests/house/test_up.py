"""``./axle up`` for real: it serves, keeps its processes alive, and leaves nothing behind."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import psutil
import pytest

from axle.config.runtime.ports import page_answers
from tests.house.accounts import ORDINARY_USER, ordinary_user_possible


class Running:
    """An ``./axle up`` with its lines."""

    def __init__(self, var: Path, *, before: Sequence[str] = ()) -> None:
        self.var, self.port, sandbox_port = var, free_port(), free_port()
        self.environment = {
            **{name: value for name, value in os.environ.items() if name != "DATABASE_URL"},
            "AXLE_VAR": str(var),
            "AXLE_PORT": str(self.port),
            "AXLE_SANDBOX_PORT": str(sandbox_port),
            "AXLE_DEMO": "0",
        }
        self.process = subprocess.Popen(
            [*before, sys.executable, "-m", "axle", "up"], env=self.environment, stdout=subprocess.PIPE, text=True
        )

    def wait_for(self, words: str) -> str:
        assert self.process.stdout is not None
        told = []
        for line in self.process.stdout:
            told.append(line)
            if words in line:
                return line
        raise AssertionError(f"ended without saying {words!r}: {told}")

    def answers(self, path: str) -> bool:
        return page_answers("127.0.0.1", self.port, path)

    def family(self) -> list[psutil.Process]:
        return psutil.Process(self.process.pid).children(recursive=True)

    def close(self) -> None:
        self.process.terminate()
        self.process.communicate(timeout=60)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def eventually(condition: object, seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not condition():  # type: ignore[operator]
        assert time.monotonic() < deadline, "did not happen in time"
        time.sleep(0.1)


def is_gone(process: psutil.Process) -> bool:
    return not process.is_running() or process.status() == psutil.STATUS_ZOMBIE


@pytest.fixture
def up(kept: Path) -> Iterator[Running]:
    (kept / "fonts").mkdir()
    running = Running(kept)
    yield running
    if running.process.poll() is None:
        running.close()


def test_up_survives_the_death_of_any_process_and_its_own_leaves_nothing(up: Running):
    assert f"http://127.0.0.1:{up.port}" in up.wait_for("ready after")
    assert up.answers("/healthz")
    assert up.answers("/")
    second = subprocess.run(
        [sys.executable, "-m", "axle", "up"], env=up.environment, capture_output=True, text=True, check=False
    )
    assert second.returncode == 1
    assert second.stderr.startswith(f"axle: Axle is running already (process {up.process.pid}); stop it with Ctrl-C")

    for service in ("database", "web"):
        victim = next(child for child in psutil.Process(up.process.pid).children() if serves(child, service))
        os.kill(victim.pid, signal.SIGKILL)
        assert "signal SIGKILL" in up.wait_for(f"{service} ended")
        eventually(lambda: up.answers("/healthz"))
    family = up.family()

    up.process.kill()
    up.process.communicate()

    eventually(lambda: all(is_gone(process) for process in family))


@ordinary_user_possible
def test_up_serves_an_ordinary_user_until_it_is_told_to_stop(kept: Path):
    (kept / "fonts").mkdir()
    up = Running(kept, before=ORDINARY_USER)
    try:
        up.wait_for("ready after")
        assert up.answers("/healthz")
        assert (kept / "pg" / "PG_VERSION").exists()
        family = up.family()
    finally:
        up.close()
    assert up.process.returncode == 0
    assert [process.name() for process in family if not is_gone(process)] == []
    assert not up.answers("/healthz")


def serves(process: psutil.Process, service: str) -> bool:
    words = {"database": "postgres", "web": "gunicorn"}[service]
    return any(words in argument for argument in process.cmdline())


def test_a_taken_port_is_refused_before_anything_starts(tmp_path: Path):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        run = subprocess.run(
            [sys.executable, "-m", "axle", "up"],
            env={**os.environ, "AXLE_VAR": str(tmp_path), "AXLE_PORT": port},
            capture_output=True,
            text=True,
            check=False,
        )

    assert run.returncode == 1
    assert run.stderr == (
        f"axle: port {port} is taken by another program; choose another: AXLE_PORT={int(port) + 10} ./axle up\n"
    )
    assert not (tmp_path / "pg").exists()
