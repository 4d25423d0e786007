"""Data scope, tried on every list, export, page and write of the demo institution.

Somebody with every permission, in a department or at a dealer where nothing has happened, reaches nothing.
"""

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.db.models import Model, QuerySet

from axle.config.api import api
from axle.config.demo.identifiers import company_code
from axle.platform.commands import COMMANDS, command_execute
from axle.platform.errors import ScopeTooNarrow
from axle.platform.http import LISTINGS
from axle.platform.identity import actor_of
from axle.platform.models import ApprovalPolicy, User
from axle.platform.permissions import INSTITUTIONAL, PERMISSIONS
from axle.platform.testing import ApiClient, client_for, make_department, make_user
from tests.journeys.book import Book
from tests.journeys.fingerprint import nothing_changes

pytestmark = [pytest.mark.django_db, pytest.mark.journey]

SCOPES = ("own", "department", "department_tree", "channel")
EVERYBODYS = {
    "approval_policies", "conditions", "decision_rules", "dictionary_items", "market_feeds", "market_prices",
    "parameter_values", "policy_calibrations", "policy_changes", "policy_formulas", "policy_parameters",
    "policy_values", "positions", "process_definitions", "product_versions", "products", "roles", "sms_templates",
    "scorecard_versions", "strategies", "strategy_versions", "trims",
}  # fmt: skip
"""What the whole institution works by: lists of rules and catalogues, and no business of anybody."""

EVERYBODYS_PAGES = {
    "/policy-calibrations/{calibration_id}", "/process-definitions/{definition_id}", "/product-versions/{version_id}",
    "/roles/{code}", "/scorecard-versions/{version_id}", "/strategy-versions/{version_id}",
}  # fmt: skip

ROWS = {
    "application_id": ("origination.Application", "pk"),
    "bank_account_id": ("payments.BankAccount", "pk"),
    "bank_card_id": ("party.BankCard", "pk"),
    "calibration_id": ("decisioning.PolicyCalibration", "pk"),
    "card_id": ("party.BankCard", "pk"),
    "change_no": ("servicing.LoanChange", "change_no"),
    "contract_id": ("origination.Contract", "pk"),
    "customer_id": ("party.Customer", "pk"),
    "dealer_id": ("channel.Dealer", "pk"),
    "department_id": ("platform.Department", "pk"),
    "disbursement_id": ("origination.Disbursement", "pk"),
    "employee_id": ("platform.Employee", "pk"),
    "entry_no": ("ledger.JournalEntry", "entry_no"),
    "job_id": ("procrastinate.ProcrastinateJob", "pk"),
    "legal_entity_id": ("platform.LegalEntity", "pk"),
    "loan_no": ("servicing.Loan", "loan_no"),
    "operation_id": ("platform.OperationLog", "pk"),
    "order_no": ("payments.PaymentOrder", "order_no"),
    "parent_id": ("platform.Department", "pk"),
    "receipt_no": ("servicing.Receipt", "receipt_no"),
    "record_id": ("decisioning.DecisionRecord", "pk"),
    "rule_id": ("accounting.PostingRule", "pk"),
    "user_id": ("platform.User", "pk"),
    "vehicle_id": ("vehicle.Vehicle", "pk"),
}
"""Fields and path parts that name a thing, and where one that exists is found."""


FITTING = {
    "account_no": "6222020000001234567",
    "account_tail": "4567",
    "contact_phone": "13800001234",
    "device_token": "token-0001",
    "plate_no": "沪A12345",
    "region": "310100",
    "amount": "1.00",
    "new_annual_rate": "0.08",
    "code": "latefee",
    "signature_png": "iVBORw0KGgo=",
    "uscc": company_code(999),
    "value": "1.00",
}
"""Fields whose form is checked before anything is looked up."""


def first(name: str) -> Any:
    """The first thing that a field may name, None when the book has none."""
    model, column = ROWS[name]
    rows: QuerySet[Model] = apps.get_model(model).objects.order_by("pk")
    return rows.values_list(column, flat=True).first()


def stranger(scope: str) -> ApiClient:
    """A person with every permission there is, and nothing that these reach."""
    kind = "dealer" if scope == "channel" else "staff"
    department = make_department("新部门", make_department("新事业部"))
    user = make_user(
        "stranger", permissions=list(PERMISSIONS), scope=scope, kind=kind, department=department,
        channel_ids=[10**9] if kind == "dealer" else [],
    )  # fmt: skip
    return client_for(user)


@pytest.mark.parametrize("scope", SCOPES)
def test_no_list_shows_anybody_elses_rows(book: Book, scope: str) -> None:
    client, full = stranger(scope), client_for(make_user("all", permissions=list(PERMISSIONS)))
    counts = {
        name: (client.get(f"/lists/{name}")[1]["total"], full.get(f"/lists/{name}")[1]["total"]) for name in LISTINGS
    }
    themselves = {"users": 1, "role_members": 1} | ({} if scope == "channel" else {"employees": 1})
    assert {name: seen for name, (seen, _all) in counts.items() if seen and name not in EVERYBODYS} == themselves
    business = {"applications", "contracts", "customers", "loans", "receipts", "payment_orders", "vouchers", "vehicles"}
    assert {name for name in business if counts[name][1] == 0} == set()
    assert not EVERYBODYS - LISTINGS.keys()


@pytest.mark.parametrize("scope", SCOPES)
def test_no_export_holds_anybody_elses_rows(book: Book, scope: str) -> None:
    client = stranger(scope)
    lines = {}
    for name in LISTINGS.keys() - EVERYBODYS:
        _status, answer = client.get(f"/lists/{name}/export", format="csv")
        lines[name] = b"".join(answer.streaming_content).decode("utf-8-sig").count("\r\n") - 1
    exported = {name for name, count in lines.items() if count}
    assert exported <= {"employees", "users", "role_members", "operations"}  # themselves, and that they exported
    assert lines["customers"] == lines["applications"] == lines["loans"] == 0


def pages() -> Iterator[tuple[str, str]]:
    """Every page with a thing in its address: the pattern, and the address of one that exists."""
    for path, methods in api.get_openapi_schema(path_prefix="")["paths"].items():
        names = re.findall(r"\{(\w+)\}", path)
        if names and "get" in methods and path not in EVERYBODYS_PAGES and all(name in ROWS for name in names):
            values = {name: first(name) for name in names}
            if None not in values.values():
                yield path, path.format(**values)


@pytest.mark.parametrize("scope", SCOPES)
def test_no_page_opens_by_its_address(book: Book, scope: str) -> None:
    client = stranger(scope)
    with nothing_changes():
        answers = {pattern: client.get(path)[0] for pattern, path in pages()}
    assert len(answers) >= 15
    assert {pattern: status for pattern, status in answers.items() if status not in (403, 404)} == {}


def example(name: str, schema: dict[str, Any], kinds: dict[str, Any]) -> Any:
    """An input that fits a schema well enough to get past it, naming things that exist."""
    if "$ref" in schema:
        return example(name, kinds[schema["$ref"].rsplit("/", 1)[1]], kinds)
    if name in ROWS:
        return first(name)
    if name in FITTING:
        return FITTING[name]
    for key, pick in _PICKED.items():
        if key in schema:
            return example(name, pick(schema[key]), kinds) if key == "anyOf" else pick(schema[key])
    return _made(name, schema, kinds)


_PICKED: dict[str, Callable[[Any], Any]] = {
    "anyOf": lambda choices: choices[0],
    "enum": lambda values: values[0],
    "const": lambda value: value,
    "default": lambda value: value,
}


def _made(name: str, schema: dict[str, Any], kinds: dict[str, Any]) -> Any:
    match schema.get("type"), schema.get("format"):
        case "object", _:
            wanted = schema.get("required", [])
            return {
                key: example(key, part, kinds) for key, part in schema.get("properties", {}).items() if key in wanted
            }
        case "array", _:
            return [example(name, schema["items"], kinds)] * schema.get("minItems", 0)
        case (("integer" | "number"), _):
            return int(schema.get("minimum", 1))
        case "boolean", _:
            return True
        case _, "date":
            return date(2026, 11, 20).isoformat()
        case _, "date-time":
            return "2027-01-01T00:00:00+08:00"
        case _, "money":
            return "1.00"
    return "样例文字" + "x" * (schema.get("minLength", 0) - 4)


def writes() -> Iterator[tuple[str, dict[str, Any]]]:
    """Every command on a thing that exists, with an input."""
    for name, command in sorted(COMMANDS.items()):
        schema = command.input.model_json_schema()
        data = example("", schema, schema.get("$defs", {}))
        named = [field for field in data if field in ROWS and data[field] is not None]
        if named and command.permission not in INSTITUTIONAL:
            yield name, data


_OUT_OF_REACH = {"not_found", "task_not_found", "scope_too_narrow"}


@pytest.mark.parametrize("scope", SCOPES)
def test_no_write_reaches_anybody_elses_things(book: Book, scope: str) -> None:
    client = stranger(scope)
    ApprovalPolicy.objects.update(is_active=False)  # what would only be registered is carried out here
    with nothing_changes():
        answers = {name: client.command(name, data) for name, data in writes()}
        done = {name for name, (status, _body) in answers.items() if status < 400}
        assert done == set()
    codes = {name: body["code"] for name, (_status, body) in answers.items()}
    assert {name: code for name, code in codes.items() if code not in _OUT_OF_REACH} == {}
    assert len(codes) >= 30


@pytest.mark.parametrize("scope", SCOPES)
def test_nothing_institutional_is_done_with_less(book: Book, scope: str) -> None:
    stranger(scope)
    actor = actor_of(User.objects.get(username="stranger"))
    names = [name for name, command in COMMANDS.items() if command.permission in INSTITUTIONAL]
    assert len(names) >= 20
    with nothing_changes():
        for name in names:
            with pytest.raises(ScopeTooNarrow):
                command_execute(name, {}, actor=actor)
