"""Every described operation, with drawn right and wrong input: refused or done, but never a broken server (no 5xx)."""

import contextlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

import pytest
import schemathesis
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode

from axle.config.api import api
from axle.config.demo import institution
from axle.config.demo.institution import Place
from axle.platform.models import User
from axle.platform.public import PERMISSIONS, acting, system_actor
from axle.platform.testing import client_for, make_user

pytestmark = pytest.mark.django_db

EXAMPLES = 4
"""Drawn requests per operation, of right input and of wrong input each."""
_LIMITED = ("platform.ratelimit", "party.http.sign_in", "origination.http.signing", "documents.http.verification")
OUTSIDE = {
    "payment_order_query_now": "asks the bank",
    "reconciliation_run": "asks the bank for its statement",
    "bank_notice_take": "is signed by the bank",
    "sms_report_take": "is signed by the gateway",
}
BOUNDED = settings(
    max_examples=EXAMPLES,
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@dataclass(frozen=True)
class Stage:
    """Who sends the requests, and keys of rows that are there."""

    user: User
    known: dict[str, Any]


@pytest.fixture(scope="module")
def stage(django_db_setup: None, django_db_blocker: Any) -> Iterator[Stage]:
    """The demo institution, and somebody who may do everything everywhere; undone after the module."""
    actor = system_actor("demo")
    with django_db_blocker.unblock(), transaction.atomic():
        with acting(actor, "demo_load"):
            place = institution.load(actor)
        yield Stage(make_user("everything", permissions=PERMISSIONS), known_keys(place))
        transaction.set_rollback(True)


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


def known_keys(place: Place) -> dict[str, Any]:
    """Keys of rows that are there."""
    return {
        "legal_entity_id": place.entity_id,
        "dealer_id": place.dealers[0][0],
        "department_id": place.departments["华东区"],
        "product_version_id": place.products["NEW-CAR"][0],
        "version_id": place.products["NEW-CAR"][0],
        "bank_account_id": place.bank_account_id,
    }


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
    """Everything described, but what talks to outside parties, by operation id."""
    described = json.loads(json.dumps(api.get_openapi_schema(), default=str))
    results: Any = schemathesis.openapi.from_dict(described)
    found = [result.ok() for result in results.get_all_operations()]
    named = {operation.definition.raw["operationId"]: operation for operation in found}
    return {name: operation for name, operation in named.items() if name not in OUTSIDE}


OPERATIONS = _operations()


@pytest.mark.parametrize("name", OPERATIONS)
def test_no_input_breaks_the_server(name: str, stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
    broken: list[str] = []

    def one(case: Any) -> None:
        caplog.clear()
        with transaction.atomic():  # every request is undone
            client = client_for(stage.user).raw
            client.raise_request_exception = False
            if send(client, case, stage.known).status_code >= 500:
                broken.append(last_line(caplog))
            transaction.set_rollback(True)

    for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
        with contextlib.suppress(Unsatisfiable):  # an operation without input has none to get wrong
            BOUNDED(given(OPERATIONS[name].as_strategy(generation_mode=mode))(one))()
    assert sorted(set(broken)) == []
