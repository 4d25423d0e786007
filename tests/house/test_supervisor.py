"""Processes are kept alive, told apart in the log, and gone when their parent is gone."""

import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from axle.config.runtime.failures import SetupFailed
from axle.config.runtime.logbook import Logbook
from axle.config.runtime.processes import end_group, spawn
from axle.config.runtime.supervisor import BackOff, Service, Supervisor

SLEEPER = [sys.executable, "-c", "import time; time.sleep(600)"]


def sleeper() -> subprocess.Popen[bytes]:
    return spawn(SLEEPER, output=subprocess.DEVNULL)


def eventually(condition: Callable[[], object], seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "did not happen in time"
        time.sleep(0.02)


@pytest.fixture
def service():
    service = Service("sleeper", sleeper, patience=5)
    yield service
    service.end()


def test_back_off_doubles_up_to_half_a_minute_and_forgets_after_a_steady_minute():
    back_off = BackOff()

    assert [back_off.pause_after(1) for _ in range(8)] == [0.5, 1, 2, 4, 8, 16, 30, 30]
    assert back_off.pause_after(60) == 0.5


def test_a_process_that_died_is_started_again(service: Service, capsys: pytest.CaptureFixture[str]):
    supervisor = Supervisor([service])
    supervisor.start()
    first = service.process
    assert first is not None
    first.kill()
    first.wait()

    def is_started_again() -> bool:
        supervisor.look()
        return service.process not in (None, first)

    eventually(is_started_again)

    assert service.process is not None
    assert service.process.poll() is None
    assert "sleeper ended (signal SIGKILL); starting it again in 0.5 s" in capsys.readouterr().out


def test_a_process_that_cannot_start_is_tried_again_later(capsys: pytest.CaptureFixture[str]):
    def refuse() -> subprocess.Popen[bytes]:
        raise SetupFailed("no room", "make room")

    service = Service("refuser", refuse)
    supervisor = Supervisor([service])

    supervisor.look()
    supervisor.look()

    assert capsys.readouterr().out.count("refuser did not start (no room; make room); trying again in 0.5 s") == 1


def test_stop_ends_what_others_need_last():
    ended: list[str] = []

    class Noted(Service):
        def end(self) -> None:
            ended.append(self.name)
            super().end()

    services = [
        Noted("database", sleeper, is_needed_by_others=True),
        Noted("web", sleeper),
        Noted("worker", sleeper),
    ]
    supervisor = Supervisor(services)
    supervisor.start()

    supervisor.stop()

    assert ended[-1] == "database"
    assert all(service.process and service.process.poll() is not None for service in services)


def test_a_deaf_process_is_killed_with_its_children():
    deaf = (
        "import signal, subprocess, sys, time; signal.signal(signal.SIGTERM, signal.SIG_IGN);"
        "print(subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)']).pid, flush=True);"
        "time.sleep(600)"
    )
    process = spawn([sys.executable, "-c", deaf])
    assert process.stdout is not None
    with process.stdout as told:
        child = psutil.Process(int(told.readline()))

    end_group(process, first=signal.SIGTERM, patience=0.2)

    assert process.returncode == -signal.SIGKILL
    eventually(lambda: not child.is_running() or child.status() == psutil.STATUS_ZOMBIE)


def test_children_die_with_a_killed_parent():
    code = (
        "import sys, time; from axle.config.runtime.processes import spawn;"
        "print(spawn([sys.executable, '-c', 'import time; time.sleep(600)']).pid, flush=True); time.sleep(600)"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        child = psutil.Process(int(parent.stdout.readline()))
        parent.kill()

    eventually(lambda: not child.is_running() or child.status() == psutil.STATUS_ZOMBIE)


def test_the_log_names_the_process_of_each_line(tmp_path: Path):
    logbook = Logbook(tmp_path / "axle.log")
    process = spawn([sys.executable, "-c", "print('one'); print('two')"])
    logbook.attach("web", process)

    process.wait()
    eventually(lambda: logbook.tail("web") == ["one", "two"])

    eventually(lambda: (tmp_path / "axle.log").read_text().count("web      | ") == 2)


def test_a_log_that_cannot_be_written_stops_nobody(tmp_path: Path):
    logbook = Logbook(tmp_path / "no such folder" / "axle.log")
    process = spawn([sys.executable, "-c", "print('one'); print('two')"])
    logbook.attach("web", process)

    eventually(lambda: logbook.tail("web") == ["one", "two"])

    assert process.wait() == 0


def test_a_long_log_is_put_aside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("axle.config.runtime.logbook._ROTATE_BYTES", 3)
    (tmp_path / "axle.log").write_text("long")

    Logbook(tmp_path / "axle.log")

    assert (tmp_path / "axle.log.1").read_text() == "long"
