"""A whole installation beside the test: web, worker and sandbox as real processes on the test's database."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import quote

import pytest
from django.conf import settings
from django.db import connection

from axle.config.runtime.home import Home
from axle.config.runtime.logbook import Logbook
from axle.config.runtime.ports import page_answers
from axle.config.runtime.services import application_services
from axle.integrations.testing import SandboxProcess, free_port, sandbox_running

_START_SECONDS = 90.0


@dataclass(frozen=True)
class Installation:
    """Where it answers, and the strings behind its outside parties."""

    url: str
    sandbox: SandboxProcess

    def days_closed(self, until: date) -> None:
        """Close every business date up to and including this one, by the command that an operator runs."""
        command = [sys.executable, "-m", "axle", "eod", "--date", until.isoformat()]
        alone = {**os.environ, "AXLE_EOD_WORKERS": "1"}
        done = subprocess.run(command, capture_output=True, text=True, check=False, env=alone)
        assert done.returncode == 0, done.stdout + done.stderr


def _database_url() -> str:
    """The test's own database, for processes that are no tests."""
    known = connection.settings_dict
    account = quote(known["USER"], safe="") + (f":{quote(known['PASSWORD'], safe='')}" if known["PASSWORD"] else "")
    place = f"?host={quote(known['HOST'], safe='')}&port={known['PORT']}"
    return f"postgresql://{account}@/{known['NAME']}{place}"


@contextmanager
def installation_running() -> Iterator[Installation]:
    """Start the processes of ``./axle up`` on free ports; they are gone afterwards."""
    var, port = Path(settings.AXLE_VAR), free_port()
    _sandbox_forgets(var)
    with ExitStack() as stack:
        sandbox = stack.enter_context(sandbox_running(var, is_manual=False))
        patch = stack.enter_context(pytest.MonkeyPatch.context())
        patch.setenv("DATABASE_URL", _database_url())
        patch.setenv("AXLE_PORT", str(port))
        patch.setenv("AXLE_SANDBOX_PORT", str(sandbox.port))
        patch.setenv("AXLE_WEB_WORKERS", "1")
        patch.setenv("AXLE_WORKERS", "1")
        (var / "log").mkdir(exist_ok=True)
        _start(stack, var)
        _wait_for_page(port)
        yield Installation(f"http://127.0.0.1:{port}", sandbox)


def _sandbox_forgets(var: Path) -> None:
    """The bank and the gateway know nothing of the payments and texts of another test."""
    for state in (var / "sandbox").glob("state.sqlite3*"):
        state.unlink()


def _start(stack: ExitStack, var: Path) -> None:
    home = Home(root=settings.ROOT, var=var)
    for service in application_services(home, Logbook(home.log)):
        if service.name != "sandbox":
            stack.callback(service.end)
            service.launch()


def _wait_for_page(port: int) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while not page_answers("127.0.0.1", port, "/healthz"):
        assert time.monotonic() < deadline, f"no page: see {os.environ.get('AXLE_VAR')}/log/axle.log"
        time.sleep(0.05)
