"""A run that is killed in the middle, by the signal that nobody can catch, and started again."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from django.apps import apps
from django.db import connection

from axle.config.demo import institution
from axle.config.intake.tests.test_booking import MAPPING, SAMPLE, invariants_broken
from axle.platform.public import acting, system_actor
from axle.platform.testing import forget_jobs

pytestmark = pytest.mark.django_db(transaction=True)
ROWS = 1_300
PATIENCE_SECONDS = 120


@pytest.fixture(autouse=True)
def _leaves_no_jobs(transactional_db: None) -> Iterator[None]:
    yield
    forget_jobs()


def database_url() -> str:
    """This test's database, for a process of its own."""
    at = connection.settings_dict
    query = f"?host={quote(at['HOST'], safe='')}" if at["HOST"].startswith("/") else ""
    host = "" if query else f"{at['HOST']}:{at['PORT']}"
    return f"postgresql://{at['USER']}:{quote(at['PASSWORD'] or '')}@{host}/{at['NAME']}{query}"


def started(path: Path) -> subprocess.Popen[bytes]:
    environment = os.environ | {"DATABASE_URL": database_url()}
    return subprocess.Popen([sys.executable, "-m", "axle", "intake", str(path), *MAPPING], env=environment)


def count(label: str) -> int:
    return apps.get_model(label).objects.count()


def long_book(path: Path) -> Path:
    """The good rows of the sample over and over."""
    head, *lines = SAMPLE.read_text().splitlines()
    good = [line for line in lines if ",7%," not in line and not line.startswith("x,")]
    path.write_text("\n".join([head, *(good[number % len(good)] for number in range(ROWS))]) + "\n")
    return path


def test_after_a_kill_the_next_run_goes_on_and_doubles_nothing(tmp_path):
    with acting(system_actor("demo"), "demo_load"):
        institution.load(system_actor("demo"))
    path = long_book(tmp_path / "book.csv")

    first = started(path)
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not count("origination.Application") and first.poll() is None and time.monotonic() < deadline:
        time.sleep(0.05)
    first.send_signal(signal.SIGKILL)
    assert first.wait() == -signal.SIGKILL
    assert 0 < count("origination.Application") < ROWS

    assert started(path).wait(PATIENCE_SECONDS) == 0

    outcomes = Counter(apps.get_model("origination.Application").objects.values_list("decision", flat=True))
    assert outcomes == {"approve": 434, "decline": 433, "refer": 433}
    assert count("origination.Contract") == count("servicing.Loan") == 434
    assert count("party.Customer") == count("vehicle.Vehicle") == ROWS
    assert count("decisioning.DecisionRecord") == ROWS
    assert apps.get_model("ledger.JournalEntry").objects.filter(kind="loan_disbursed").count() == 434
    assert invariants_broken() == []
