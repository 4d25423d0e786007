"""Statements, cash and tax of the small book as reports: they tie out, and nobody without the books sees them."""

import pytest
from django.db import transaction

from axle.platform.testing import client_for, make_entity, make_user
from tests.journeys.small_book import small_book

pytestmark = [pytest.mark.journey, pytest.mark.django_db]
STATEMENTS = ("balance_sheet", "income_statement", "cash_flow_statement", "cash_flow_reconciliation")
BOOKS = "accounting.trial_balance.view"


@pytest.fixture(scope="module")
def book(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        yield small_book()
        transaction.set_rollback(True)


@pytest.fixture
def accountant(book, db):
    return client_for(make_user("accountant", permissions=[BOOKS]))


def get(client, path, **params):
    status, body = client.get(path, **params)
    assert status == 200, body
    return body


def figures(client, name, period=202603):
    items = get(client, f"/reports/{name}", period=period, legal_entity_id=make_entity().pk, page_size=100)["items"]
    return {row["item"].strip("　"): (row["current"], row["beside"]) for row in items}


@pytest.mark.parametrize("name", STATEMENTS)
def test_every_statement_ties_out(accountant, name):
    summary = get(accountant, f"/reports/{name}/summary", period=202603, legal_entity_id=make_entity().pk)
    assert len(summary["checks"]) == 4
    assert all(check["is_ok"] for check in summary["checks"]), summary["checks"]


def test_the_statements_tell_what_the_book_did(accountant):
    sheet = figures(accountant, "balance_sheet")
    assert sheet["货币资金"] == ("-182494.60", "0.00")  # 200,000.00 paid out, 8,745.15 and 8,760.25 received
    assert sheet["资产总计"] == sheet["负债和所有者权益总计"]
    cash = figures(accountant, "cash_flow_statement")
    assert cash["四、现金及现金等价物净增加额"] == ("8760.25", "-182494.60")
    assert cash["客户贷款及垫款净收回（净增加以负数列示）"] == ("8055.11", "-183949.74")


def test_the_cash_journal_runs_from_opening_to_closing(accountant):
    span = {"since": "2026-03-01", "until": "2026-03-20", "legal_entity_id": make_entity().pk}
    (row,) = get(accountant, "/reports/cash_journal", **span)["items"]
    assert (row["received"], row["paid_out"], row["balance"]) == ("8760.25", "0.00", "-182494.60")
    assert row["voucher_no"].startswith("记-")
    (check,) = get(accountant, "/reports/cash_journal/summary", **span)["checks"]
    assert (check["code"], check["is_ok"]) == ("cash_accounts", True)
    days = get(accountant, "/reports/cash_summary", **span | {"since": "2026-01-01"})["items"]
    assert [(day["booked_on"], day["opening"], day["closing"]) for day in days] == [
        ("2026-01-15", "0.00", "-200000.00"),
        ("2026-02-15", "-200000.00", "-191254.85"),
        ("2026-03-20", "-191254.85", "-182494.60"),
    ]


def test_tax_is_told_by_kind_of_fact(accountant):
    span = {"since": "2026-03-01", "until": "2026-03-20", "legal_entity_id": make_entity().pk}
    rows = {row["kind"]: row for row in get(accountant, "/reports/vat_worksheet", **span)["items"]}
    # the second instalments of both loans: 2 × 690.04 ÷ 1.06 × 6 % = 78.12; penalty 15.10 ÷ 1.06 × 6 % = 0.85
    assert (rows["interest_due"]["output_tax"], rows["receipt_posted"]["output_tax"]) == ("78.12", "0.85")
    (check,) = get(accountant, "/reports/vat_worksheet/summary", **span)["checks"]
    assert (check["code"], check["is_ok"], check["left"]) == ("output_tax_account", True, "78.97")


def test_a_part_of_the_books_is_not_shown(book, db):
    part = client_for(make_user("part", permissions=[BOOKS], scope="department"))
    for name in (*STATEMENTS, "cash_journal", "cash_summary", "vat_worksheet"):
        assert get(part, f"/reports/{name}")["items"] == []
    assert client_for(make_user("nobody")).get("/reports/balance_sheet")[0] == 403


def test_a_month_that_is_none_is_refused(accountant):
    status, body = accountant.get("/reports/balance_sheet", period=202613)
    assert (status, body["code"], body["field"]) == (422, "period_invalid", "period")
