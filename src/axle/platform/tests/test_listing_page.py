"""Long lists: what a page counts, how far it reaches, where the figures over everything are, how a term is found."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver

from axle.platform import listing as listings
from axle.platform import listing_page
from axle.platform.http.contextapi import LISTINGS
from axle.platform.models import Employee, OperationLog
from axle.platform.permissions import OPERATION_LOG_VIEW, ORGANISATION_VIEW
from axle.platform.testing import client_for, make_department, make_employee, make_user

pytestmark = pytest.mark.django_db


BOUNDED = {
    "accounts",
    "api_tokens",
    "approval_policies",
    "bank_accounts",
    "conditions",
    "data_sources",
    "dealers",
    "decision_rules",
    "dictionary_items",
    "employees",
    "eod_step_runs",
    "parameter_values",
    "period_acts",
    "periods",
    "policy_formulas",
    "policy_parameters",
    "policy_values",
    "positions",
    "posting_rules",
    "process_definitions",
    "product_versions",
    "products",
    "provisions",
    "reconciliations",
    "report_schedules",
    "residual_curves",
    "role_members",
    "roles",
    "scorecard_versions",
    "sms_templates",
    "statement_versions",
    "strategies",
    "strategy_versions",
    "trims",
    "users",
}
"""Lists as long as the institution made them: settings, people, what a product or a day has one of."""


@pytest.fixture
def five():
    department = make_department("总部")
    return [make_employee(f"员工{number}", department) for number in range(5)]


@pytest.fixture
def client():
    return client_for(make_user("viewer", permissions=[ORGANISATION_VIEW, OPERATION_LOG_VIEW]))


def test_a_list_within_reach_is_counted_exactly(five, client):
    _status, body = client.get("/lists/employees", page_size=2)
    assert (body["total"], body["is_exact"], len(body["items"])) == (Employee.objects.count(), True, 2)


def test_beyond_its_reach_a_page_stops_counting_and_the_summary_goes_on(five, client, monkeypatch):
    monkeypatch.setattr(listing_page, "REACH", 3)
    monkeypatch.setattr(listings, "REACH", 3)
    _status, body = client.get("/lists/employees", page_size=2)
    assert (body["total"], body["is_exact"], body["totals"]) == (3, False, {})
    assert client.get("/lists/employees/summary") == (200, {"total": Employee.objects.count(), "totals": {}})
    assert client.get("/lists/employees/summary", q="员工4")[1]["total"] == 1


def test_a_page_beyond_reach_is_refused_by_name(client):
    status, body = client.get("/lists/employees", page=listing_page.REACH // 20 + 1)
    assert (status, body["errors"][0]["field"]) == (422, "page")


def test_the_summary_needs_the_permission_of_the_list():
    status, body = client_for(make_user("nobody")).get("/lists/employees/summary")
    assert (status, body["code"]) == (403, "permission_missing")


@pytest.mark.parametrize(("reach", "is_exact", "total"), [(100, True, 5), (5, True, 5), (4, False, 4)])
def test_a_term_finds_the_same_rows_within_reach_and_beyond(five, client, monkeypatch, reach, is_exact, total):
    monkeypatch.setattr(listings, "REACH", reach)
    monkeypatch.setattr(listing_page, "REACH", reach)
    _status, body = client.get("/lists/employees", q="员工")
    assert [row["name"] for row in body["items"]] == [f"员工{number}" for number in range(5)]
    assert (body["total"], body["is_exact"]) == (total, is_exact)
    assert client.get("/lists/employees", q="nobody is called this")[1]["items"] == []


def test_rows_that_are_equal_in_the_sorted_column_follow_their_keys_the_same_way(five, client):
    shown = [
        [row["id"] for row in client.get("/lists/employees", sort=sort, q="员工")[1]["items"]]
        for sort in ("state", "-state")
    ]
    keys = [employee.pk for employee in five]
    assert shown == [keys, keys[::-1]]


def test_a_growing_list_is_sorted_by_what_an_index_keeps_in_order(client):
    _status, meta = client.get("/lists/operations/meta")
    sortable = {column["key"] for column in meta["columns"] if column["sortable"]}
    assert {"at", "business_on"} <= sortable
    assert "device" not in sortable
    status, body = client.get("/lists/operations", sort="device")
    assert (status, body["errors"][0]["code"]) == (422, "not_sortable")


def test_the_same_list_asks_as_many_queries_whatever_its_length(client):
    counts = []
    for length in (1, 30):
        OperationLog.objects.bulk_create(
            OperationLog(at=f"2026-01-{day % 28 + 1:02d}T12:00:00Z", business_on=date(2026, 1, 1), operation="x")
            for day in range(length)
        )
        with CaptureQueriesContext(connection) as queries:
            client.get("/lists/operations", page_size=1)
        counts.append(len(queries))
    assert counts == [7, 7]


def test_every_listing_says_whether_it_grows():
    assert get_resolver().url_patterns  # every context has declared its lists
    bounded = {name for name, listing in LISTINGS.items() if not listing.is_growing}
    assert bounded == BOUNDED, "a list that business adds rows to is_growing; one that does not belongs here"
