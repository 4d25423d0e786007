"""Every described operation, with drawn right and wrong input, sent by an administrator, a dealer and a borrower.

Each request is done or refused as the API file describes it, and never breaks the server (no 5xx).
"""

import contextlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

import pytest
import schemathesis
from django.apps import apps
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode

from axle.config import connections
from axle.config.api import api
from axle.config.demo import institution, portfolio
from axle.integrations.public import bank_sandbox, sms_sandbox
from axle.integrations.testing import sandbox_running
from axle.messaging.ports import sms_gateway_install
from axle.payments.ports import bank_gateway_install
from axle.platform.public import acting, system_actor
from tests.contracts.actors import Sender, known_keys, senders
from tests.contracts.conformity import Contract

pytestmark = pytest.mark.django_db

EXAMPLES = 1
"""Drawn requests per operation, of right input and of wrong input each; everybody sends each of them."""
LOANS = 12
_LIMITED = ("platform.ratelimit", "party.http.sign_in", "origination.http.signing", "documents.http.verification")
BOUNDED = settings(
    max_examples=EXAMPLES,
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
DESCRIBED = json.loads(json.dumps(api.get_openapi_schema(), default=str))
CONTRACT = Contract(DESCRIBED)


@dataclass(frozen=True)
class Stage:
    """Who sends the requests, and keys of rows that are there."""

    senders: list[Sender]
    known: dict[str, Any]


@pytest.fixture(scope="module")
def stage(django_db_setup: None, django_db_blocker: Any) -> Iterator[Stage]:
    """The demo institution with a small book; undone after the module."""
    actor = system_actor("demo")
    with django_db_blocker.unblock(), transaction.atomic():
        with acting(actor, "demo_load"):
            place = institution.load(actor)
            portfolio.book_load(actor, place, loans=LOANS, tell=lambda detail: None)
            portfolio.live_load(actor, place)
        loan = apps.get_model("servicing.Loan").objects.order_by("-pk")[0]
        yield Stage(senders(loan), known_keys(place))
        transaction.set_rollback(True)


@pytest.fixture(scope="module", autouse=True)
def parties(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The bank and the SMS gateway are there, as a process of their own: what asks them is drawn like the rest."""
    with sandbox_running(tmp_path_factory.mktemp("sandbox")) as sandbox:
        where = {"sandbox_url": sandbox.url, "own_url": "http://127.0.0.1:9", "keys": sandbox.keys}
        bank_gateway_install("bank_sandbox", bank_sandbox(**where))
        sms_gateway_install(sms_sandbox(**where))
        yield
    connections.ports()


@pytest.fixture(autouse=True)
def no_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rate limits would answer before the operations do."""
    for module in _LIMITED:
        monkeypatch.setattr(f"axle.{module}.spend", lambda key, *, limit, seconds: None)


def real(value: Any, known: dict[str, Any], name: str = "") -> Any:
    """The drawn value with drawn keys of our rows replaced by real ones, or else all is "not found"."""
    if isinstance(value, dict):
        return {key: real(inner, known, key) for key, inner in value.items()}
    if isinstance(value, list):
        return [real(inner, known, name) for inner in value]
    is_key = name in known and type(value) is type(known[name])
    return known[name] if is_key else value


def send(client: Client, case: Any, known: dict[str, Any]) -> Any:
    """One drawn request through the whole application."""
    path = case.path
    for name, value in real(dict(case.path_parameters or {}), known).items():
        path = path.replace(f"{{{name}}}", quote(str(value), safe=""))
    query = urlencode(real(dict(case.query or {}), known), doseq=True, errors="replace")
    is_empty = type(case.body).__name__ == "NotSet"
    if case.media_type == "multipart/form-data":
        parts = {} if is_empty or not isinstance(case.body, dict) else case.body
        data = {name: part if isinstance(part, bytes | str) else json.dumps(part) for name, part in parts.items()}
        return client.post(f"{path}?{query}", data)
    body = b"" if is_empty else json.dumps(real(case.body, known), default=str).encode()
    return client.generic(case.method, f"{path}?{query}", body, content_type="application/json")


def last_line(caplog: pytest.LogCaptureFixture) -> str:
    """Where the newest logged exception came from, in one line."""
    record = next((record for record in reversed(caplog.records) if record.exc_info), None)
    if record is None or record.exc_info is None or record.exc_info[1] is None:
        return "no traceback"
    error = record.exc_info[1]
    at = error.__traceback__
    while at is not None and at.tb_next is not None:
        at = at.tb_next
    where = f"{at.tb_frame.f_code.co_filename}:{at.tb_lineno}" if at else "?"
    return f"{type(error).__name__}: {str(error)[:160]} ({where})"


def _operations() -> dict[str, Any]:
    """Everything described, by operation id."""
    results: Any = schemathesis.openapi.from_dict(DESCRIBED)
    found = [result.ok() for result in results.get_all_operations()]
    return {operation.definition.raw["operationId"]: operation for operation in found}


OPERATIONS = _operations()


@pytest.mark.parametrize("name", OPERATIONS)
def test_no_input_breaks_the_server(name: str, stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
    faults: list[str] = []

    def judge(sender: Sender, answer: Any) -> None:
        if answer.status_code >= 500:
            faults.append(f"{sender.name}: {last_line(caplog)} {answer.content[:100]!r}")
        elif fault := CONTRACT.fault(name, answer):
            faults.append(f"{sender.name}: {fault}")

    def one(case: Any) -> None:
        for sender in stage.senders:
            caplog.clear()
            with transaction.atomic():  # every request is undone
                judge(sender, send(sender.client(), case, stage.known))
                transaction.set_rollback(True)

    for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
        with contextlib.suppress(Unsatisfiable):  # an operation without input has none to get wrong
            BOUNDED(given(OPERATIONS[name].as_strategy(generation_mode=mode))(one))()
    assert sorted(set(faults)) == []
