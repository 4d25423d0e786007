"""``./axle up``: everything on one machine, from a fresh clone to a page that answers."""

import argparse
import os
import signal
import sys
import time
from collections.abc import Sequence
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass

from axle.config.cli.prepare import sign_in_note
from axle.config.runtime.console import console_build
from axle.config.runtime.database import external_check, is_external, owned, urls_set
from axle.config.runtime.failures import SetupFailed
from axle.config.runtime.home import Home, find_home
from axle.config.runtime.locks import held
from axle.config.runtime.logbook import Logbook
from axle.config.runtime.ports import page_answers, port_require
from axle.config.runtime.postgres import cluster_at
from axle.config.runtime.processes import end_group, spawn
from axle.config.runtime.progress import say, step
from axle.config.runtime.services import application_services, database_service
from axle.config.runtime.supervisor import Service, Supervisor

_HEALTHY_SECONDS = 90.0
_DEATHS_TOO_MANY = 3


@dataclass(frozen=True)
class Address:
    """Where the pages answer, and the sandbox's port beside it."""

    host: str
    port: int
    sandbox_port: int

    @property
    def url(self) -> str:
        """The address to print."""
        return f"http://{self.host}:{self.port}"


def run(arguments: Sequence[str]) -> int:
    """Start everything, keep it running, stop all of it on Ctrl-C."""
    parser = argparse.ArgumentParser(prog="./axle up", description=run.__doc__)
    parser.add_argument("--verbose", action="store_true", help="show the processes' log on the terminal too")
    is_verbose = parser.parse_args(arguments).verbose
    begun_at, home = time.monotonic(), find_home()
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.default_int_handler)
    with ExitStack() as stack:
        stack.enter_context(_only_one(home))
        address = _address()
        console_build(home)
        logbook = Logbook(home.log, is_echoing=is_verbose)
        supervisor = Supervisor([*_database_services(home, stack), *application_services(home, logbook)])
        stack.callback(_stop, supervisor)
        _start(home, supervisor, logbook, address)
        _greet(home, address, time.monotonic() - begun_at)
        supervisor.run()
    say("stopped")
    return 0


def _only_one(home: Home) -> AbstractContextManager[None]:
    way_on = "stop it with Ctrl-C in its terminal, or use another AXLE_VAR and AXLE_PORT"
    return held(home.var / "up.lock", purpose="Axle is running already", way_on=way_on)


def _address() -> Address:
    """Read the ports and make sure that they are free."""
    host = os.environ.get("AXLE_HOST") or "127.0.0.1"
    port, sandbox_port = _port("AXLE_PORT", 8000), _port("AXLE_SANDBOX_PORT", 8790)
    port_require(host, port, variable="AXLE_PORT")
    port_require("127.0.0.1", sandbox_port, variable="AXLE_SANDBOX_PORT")
    return Address(host, port, sandbox_port)


def _port(variable: str, default: int) -> int:
    text = os.environ.get(variable) or str(default)
    if not (text.isdecimal() and 0 < int(text) < 65536):
        raise SetupFailed(f"{variable} is {text!r}, not a port number", f"try {variable}={default}")
    return int(text)


def _database_services(home: Home, stack: ExitStack) -> list[Service]:
    if is_external():
        external_check()
        return []
    cluster = cluster_at(home, "pg")
    stack.enter_context(owned(cluster))
    stack.enter_context(urls_set(cluster))
    return [database_service(cluster)]


def _start(home: Home, supervisor: Supervisor, logbook: Logbook, address: Address) -> None:
    for service in supervisor.services:
        if service.is_needed_by_others:
            service.launch()
    _prepare(home)
    supervisor.watch_signals()
    supervisor.start()
    with step("waiting for the first page"):
        _wait_until_healthy(supervisor, logbook, address)


def _prepare(home: Home) -> None:
    environment = {**os.environ, "AXLE_VAR": str(home.var)}
    process = spawn([sys.executable, "-m", "axle", "prepare"], env=environment, cwd=home.root, output=None)
    try:
        status = process.wait()
    finally:
        end_group(process, first=signal.SIGTERM, patience=5.0)
    if status:
        raise SetupFailed("the database could not be prepared", "the lines above say why")


def _wait_until_healthy(supervisor: Supervisor, logbook: Logbook, address: Address) -> None:
    deadline = time.monotonic() + _HEALTHY_SECONDS
    web = next(service for service in supervisor.services if service.name == "web")
    while not (page_answers(address.host, address.port, "/healthz") or supervisor.is_stopping):
        supervisor.look()
        if web.back_off.deaths >= _DEATHS_TOO_MANY or time.monotonic() > deadline:
            for line in logbook.tail("web"):
                print(f"    {line}", file=sys.stderr)
            raise SetupFailed("the web process does not answer", f"all of its log is in {logbook.path}")
        time.sleep(0.1)


def _greet(home: Home, address: Address, seconds: float) -> None:
    say(f"ready after {seconds:.1f} s: {address.url}  (phones: {address.url}/dealer and {address.url}/me)")
    note = sign_in_note(home)
    if note.exists():
        say("demo sign-ins (name, password, role):")
        print("".join(f"      {line}\n" for line in note.read_text().splitlines()), end="")
    say(f"log: {home.log}   Ctrl-C stops everything")


def _stop(supervisor: Supervisor) -> None:
    print(flush=True)
    with step("stopping"):
        supervisor.stop()
