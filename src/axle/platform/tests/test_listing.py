"""Listings over HTTP: scope, filters, sorting, paging, totals, export."""

import pytest

from axle.platform.catalogue import text
from axle.platform.http import cell_shown
from axle.platform.listing import Col
from axle.platform.models import OperationLog
from axle.platform.permissions import OPERATION_LOG_VIEW, ORGANISATION_VIEW
from axle.platform.testing import client_for, make_department, make_employee, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def tree():
    head = make_department("总部")
    east = make_department("华东区", head)
    south = make_department("华南区", head)
    make_employee("东一", east)
    make_employee("南一", south)
    return head, east, south


def _names(user, **params):
    status, body = client_for(user).get("/lists/employees", **params)
    assert status == 200, body
    return [row["name"] for row in body["items"]]


@pytest.mark.parametrize(
    ("scope", "place", "expected"),
    [
        ("all", 1, ["东一", "南一", "viewer"]),
        ("department", 1, ["东一", "viewer"]),
        ("department_tree", 0, ["东一", "南一", "viewer"]),
        ("own", 1, ["viewer"]),
        ("channel", 1, []),
    ],
)
def test_each_scope_shows_its_rows(tree, scope, place, expected):
    user = make_user("viewer", permissions=[ORGANISATION_VIEW], scope=scope, department=tree[place])
    assert _names(user) == expected


def test_search_sort_and_paging(tree):
    user = make_user("viewer", permissions=[ORGANISATION_VIEW])
    assert _names(user, q="东") == ["东一"]
    assert _names(user, sort="-employee_no", page_size=1) == ["viewer"]
    assert _names(user, sort="-employee_no", page_size=1, page=2) == ["南一"]


def test_one_row_is_found_by_its_key_within_the_scope(tree):
    seen, hidden = make_employee("东二", tree[1]), make_employee("南二", tree[2])
    user = make_user("viewer", permissions=[ORGANISATION_VIEW], scope="department", department=tree[1])
    assert _names(user, id=seen.pk) == ["东二"]
    assert _names(user, id=hidden.pk) == []


@pytest.mark.parametrize(
    ("params", "field"),
    [
        ({"sort": "phone"}, "sort"),
        ({"sort": "password"}, "password"),
        ({"joined_on_from": "yesterday"}, "joined_on_from"),
        ({"page": "0"}, "page"),
        ({"id": "first"}, "id"),
        ({"id": "9" * 19}, "id"),
        ({"page_size": "100000"}, "page_size"),
    ],
)
def test_bad_parameters_are_named(params, field):
    user = make_user("viewer", permissions=[ORGANISATION_VIEW])
    status, body = client_for(user).get("/lists/employees", **params)
    assert (status, body["errors"][0]["field"]) == (422, field)


def test_without_permission_neither_rows_nor_meta_nor_export(tree):
    client = client_for(make_user("nobody"))
    for path in ("/lists/employees", "/lists/employees/meta", "/lists/employees/export"):
        status, body = client.get(path)
        assert (status, body["code"]) == (403, "permission_missing")


def test_exports_are_scoped_masked_safe_and_logged(tree):
    employee = make_employee("=cmd()", tree[1])
    employee.phone = "13800001234"
    employee.save()
    user = make_user("viewer", permissions=[ORGANISATION_VIEW], scope="department", department=tree[1])
    status, answer = client_for(user).get("/lists/employees/export", format="csv")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert status == 200
    assert "'=cmd()" in text
    assert "138****1234" in text
    assert "南一" not in text
    assert OperationLog.objects.get().operation == "employees.export"


def test_an_excel_export_opens(tree):
    user = make_user("viewer", permissions=[ORGANISATION_VIEW])
    _status, answer = client_for(user).get("/lists/employees/export", format="xlsx")
    assert b"".join(answer.streaming_content)[:2] == b"PK"


def test_a_file_names_members_of_an_enumeration_once():
    states = ["active", "left", "active"]
    shown = cell_shown(Col("states", "json", enum="EmployeeState"), states)
    assert shown.split(", ") == [text("enum", f"EmployeeState/{state}") for state in states[:2]]
    assert cell_shown(Col("codes", "json"), states) == states


def test_meta_tells_the_console_what_it_needs():
    user = make_user("viewer", permissions=[OPERATION_LOG_VIEW])
    _status, meta = client_for(user).get("/lists/operations/meta")
    assert meta["columns"][0] == {
        "key": "at", "kind": "datetime", "enum": None, "link": None, "sortable": True, "hidden": False,
    }  # fmt: skip
    assert {"key": "operation", "kind": "enum", "enum": "Command", "choices": None} in meta["filters"]
