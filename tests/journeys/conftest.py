"""The demo institution without its book, and a real sandbox process beside it."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, transaction

from axle.config import connections
from axle.config.demo import institution
from axle.integrations.public import bank_sandbox, sms_sandbox
from axle.integrations.testing import SandboxProcess, sandbox_running
from axle.messaging.ports import sms_gateway_install
from axle.payments.ports import bank_gateway_install
from axle.platform.public import acting, run_invariants, system_actor
from tests.journeys.book import Book, book_load


@pytest.fixture
def place(db: None) -> institution.Place:
    """The demo institution."""
    actor = system_actor("demo")
    with acting(actor, "demo_load"):
        return institution.load(actor)


@pytest.fixture(scope="module")
def book(django_db_setup: None, django_db_blocker: Any) -> Iterator[Book]:
    """The demo institution with a small book, loaded once for a module and undone after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield book_load()
        transaction.set_rollback(True)


@pytest.fixture(scope="session")
def sandbox_process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SandboxProcess]:
    """The outside parties as a process of their own; it moves only when told."""
    with sandbox_running(tmp_path_factory.mktemp("sandbox"), is_manual=True) as sandbox:
        yield sandbox


@pytest.fixture
def sandbox(sandbox_process: SandboxProcess, settings: Any) -> Iterator[SandboxProcess]:
    """The sandbox as our bank, SMS gateway and time-stamp authority."""
    settings.AXLE_TSA_URL = f"{sandbox_process.url}/tsa"
    settings.AXLE_TRUSTED_ROOTS = str(sandbox_process.keys / "tsa")
    where = {"sandbox_url": sandbox_process.url, "own_url": "http://127.0.0.1:9", "keys": sandbox_process.keys}
    bank_gateway_install("bank_sandbox", bank_sandbox(**where))
    sms_gateway_install(sms_sandbox(**where))
    yield sandbox_process
    connections.ports()


def invariants_broken() -> list[str]:
    """Every violated invariant, as ``./axle check`` would print it."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    return [f"{result.name}: {failure}" for result in run_invariants() for failure in result.failures]
