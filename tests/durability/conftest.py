"""A machine of its own: cluster, sandbox, web and worker that only this test starts and kills."""

import os
import socket
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from axle.config.runtime.home import Home
from tests.durability.machine import Machine
from tests.durability.people import Desk

ROOT = Path(__file__).resolve().parents[2]


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """These last longest: where several files are tested at once they begin."""
    items.sort(key=lambda item: Path(__file__).parent not in item.path.parents)


class Crew:
    """Everybody who works on the machine, by account."""

    def __init__(self, machine: Machine, told: dict[str, Any]) -> None:
        self.told = told
        self._machine = machine
        self._pool = ThreadPoolExecutor(4)
        self._desks: dict[str, Desk] = {}
        self._all: list[Desk] = []

    def __getitem__(self, username: str) -> Desk:
        if username not in self._desks:
            self._desks[username] = self.stranger().sign_in(username, self.told["passwords"][username])
        return self._desks[username]

    def stranger(self) -> Desk:
        """Somebody who has not signed in."""
        desk = Desk(self._machine.url, self._pool)
        self._all.append(desk)
        return desk

    def in_background(self, act: Callable[[], Any]) -> Future[Any]:
        """Let something happen while the test looks on."""
        return self._pool.submit(act)

    def close(self) -> None:
        """Send everybody home."""
        for desk in self._all:
            desk.close()
        self._pool.shutdown()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> Iterator[Machine]:
    """The machine, not yet started; in a folder that the embedded database's account can reach."""
    with tempfile.TemporaryDirectory(prefix="axle-durability-") as folder:
        var = Path(folder)
        (var / "log").mkdir()
        (var / "fonts").symlink_to(Path(os.environ["AXLE_VAR"]).resolve() / "fonts")
        made = Machine(Home(root=ROOT, var=var), free_port())
        for name, value in made.environment().items():
            monkeypatch.setenv(name, value)
        yield made
        made.stop()


@pytest.fixture
def crew(machine: Machine) -> Iterator[Crew]:
    """The institution's people, at a machine where everything runs."""
    told = machine.prepare()
    machine.start("web", "worker")
    people = Crew(machine, told)
    yield people
    people.close()
