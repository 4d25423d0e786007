"""Every described operation, with drawn right and wrong input: refused or done, but never a broken server (no 5xx)."""

import contextlib
import json
import logging
from collections.abc import Iterator
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
from axle.platform import ratelimit
from axle.platform.models import User
from axle.platform.public import PERMISSIONS, acting, system_actor
from axle.platform.testing import client_for, make_user

pytestmark = pytest.mark.django_db

EXAMPLES = 8
OUTSIDE = {
    "payment_order_query_now": "asks the bank",
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


@pytest.fixture
def place() -> Place:
    """The demo institution, so that drawn input meets real dealers, products and people."""
    actor = system_actor("demo")
    with acting(actor, "demo_load"):
        return institution.load(actor)


@pytest.fixture
def everything(place: Place) -> User:
    """Somebody who may do everything everywhere."""
    return make_user("everything", permissions=PERMISSIONS)


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> Iterator[list[str]]:
    """Operations that broke, with the last line of the traceback; rate limits are off meanwhile."""
    for module in (
        "platform.ratelimit",
        "party.http.sign_in",
        "origination.http.signing",
        "documents.http.verification",
    ):
        monkeypatch.setattr(f"axle.{module}.spend", lambda key, *, limit, seconds: None)
    assert ratelimit.spend("any", limit=0, seconds=1) is None
    caplog.set_level(logging.CRITICAL, logger="django.request")
    found: list[str] = []
    yield found


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


def fuzz(operation: Any, user: User, known: dict[str, Any], caplog: pytest.LogCaptureFixture) -> list[str]:
    """What broke in one operation; every request is undone."""
    found: list[str] = []

    def one(case: Any) -> None:
        caplog.clear()
        with transaction.atomic():
            client = client_for(user).raw
            client.raise_request_exception = False
            answer = send(client, case, known)
            if answer.status_code >= 500:
                found.append(f"{operation.method.upper()} {operation.path}: {last_line(caplog)}")
            transaction.set_rollback(True)

    for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
        with contextlib.suppress(Unsatisfiable):  # an operation without input has none to get wrong
            BOUNDED(given(operation.as_strategy(generation_mode=mode))(one))()
    return found


def operations() -> Iterator[Any]:
    """Everything described, but what talks to outside parties."""
    schema = schemathesis.openapi.from_dict(json.loads(json.dumps(api.get_openapi_schema(), default=str)))
    for result in schema.get_all_operations():
        operation = result.ok()
        if operation.definition.raw.get("operationId") not in OUTSIDE:
            yield operation


def test_no_operation_breaks_the_server(
    everything: User, place: Place, broken: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    known = known_keys(place)
    for operation in operations():
        broken.extend(fuzz(operation, everything, known, caplog))
    assert sorted(set(broken)) == []
