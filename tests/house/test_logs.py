"""What the log may show: nothing personal, whatever a library or a traceback puts into a line."""

import io
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import OperationalError
from pydantic import BaseModel

from axle.config.logs import PrivateFormatter, without_personal_data
from axle.platform import idempotency
from axle.platform.testing import client_for, make_user

ID_NO, PHONE, CARD = "11010519491231002X", "13912345678", "6222021234567890128"

CUSTOMER = {
    "name": "林知远",
    "id_no": ID_NO,
    "id_valid_until": "2040-01-01",
    "phone": PHONE,
    "residence_address": "苏州市样本路375号",
}


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        (f"id {ID_NO}, phone {PHONE}", f"id {'*' * 18}, phone {'*' * 11}"),
        (f'{{"card_no": "{CARD}"}}', f'{{"card_no": "{"*" * 19}"}}'),
        (f"+86{PHONE} +86-{PHONE}", f"{'*' * 14} {'*' * 15}"),
        ("loan LN20261122000001 of 2026-11-22 10:11:12,123", "loan LN20261122000001 of 2026-11-22 10:11:12,123"),
        ("1234567.89 in 0.1391234567 s", "1234567.89 in 0.1391234567 s"),
        ("[input_value='苏州市样本路1号', input_type=str]", "[input_value=***, input_type=str]"),
    ],
)
def test_numbers_of_people_are_starred(line: str, shown: str):
    assert without_personal_data(line) == shown


class Person(BaseModel):
    age: int


def test_a_traceback_is_starred_too():
    target = io.StringIO()
    handler = logging.StreamHandler(target)
    handler.setFormatter(PrivateFormatter("{message}", style="{"))
    log = logging.Logger("test")
    log.addHandler(handler)
    given = {"age": f"{CUSTOMER['residence_address']} {ID_NO}"}
    try:
        Person.model_validate(given)
    except ValueError:
        log.exception("refused %s", PHONE)
    told = target.getvalue()
    assert "refused ***********" in told
    assert "ValidationError" in told
    assert not {secret for secret in ("样本路", ID_NO, PHONE) if secret in told}


def test_the_settings_use_it(settings: Any):
    formatters = settings.LOGGING["formatters"].values()
    assert {formatter["()"] for formatter in formatters} == {"axle.config.logs.PrivateFormatter"}
    assert {handler["formatter"] for handler in settings.LOGGING["handlers"].values()} == {"line"}


@pytest.fixture
def lines(settings: Any) -> Iterator[io.StringIO]:
    """Everything that is logged at any level, formatted as in production."""
    target, root = io.StringIO(), logging.getLogger()
    handler = logging.StreamHandler(target)
    handler.setFormatter(PrivateFormatter("{asctime} {levelname} {name} {message}", style="{"))
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield target
    root.removeHandler(handler)
    root.setLevel(level)


@pytest.mark.django_db
def test_a_run_logs_nothing_personal(lines: io.StringIO, monkeypatch: pytest.MonkeyPatch):
    """A customer is entered, refused, looked for, and an error of the program strikes on the way."""
    clerk = client_for(make_user("clerk", permissions=["party.customer.manage", "party.customer.view"]))
    assert clerk.command("customer_create", CUSTOMER)[0] == 200
    assert clerk.command("customer_create", CUSTOMER | {"id_no": "110105194912310021"})[0] == 422
    assert clerk.get("/lists/customers", q=PHONE)[1]["total"] == 1

    def fail(**_given: Any) -> None:
        raise RuntimeError(f"{ID_NO} {PHONE} {CARD}")

    monkeypatch.setattr(idempotency, "claim", fail)
    assert clerk.command("customer_create", CUSTOMER, key="k")[0] == 500
    told = lines.getvalue()
    assert "RuntimeError: ****" in told
    assert "INSERT INTO" not in told or "样本路" not in told
    assert not {secret for secret in (ID_NO, PHONE, CARD, "样本路375号") if secret in told}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("state", "status", "code"),
    [("53100", 503, "database_unavailable"), ("57P01", 503, "database_unavailable"), ("08006", 500, "internal_error")],
)
def test_a_database_without_room_is_told_apart_from_a_fault(
    monkeypatch: pytest.MonkeyPatch, state: str, status: int, code: str
):
    class Full(Exception):
        sqlstate = state

    def fail(**_given: Any) -> None:
        raise OperationalError("no room") from Full()

    monkeypatch.setattr(idempotency, "claim", fail)
    clerk = client_for(make_user("clerk", permissions=["party.customer.manage"]))
    answered, body = clerk.command("customer_create", CUSTOMER, key="k")
    assert (answered, body["code"]) == (status, code)
