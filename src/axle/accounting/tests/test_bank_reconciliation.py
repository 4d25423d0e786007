"""Books and statement of a bank account: cleared, in transit, and adjusted to the same balance."""

from datetime import date

import pytest
from django.utils import timezone

from axle.accounting import permissions
from axle.accounting.checks import bank_clearings_balance
from axle.accounting.models import BankClearing, ClearedLine
from axle.accounting.selectors.period_checks import period_checks
from axle.accounting.tests.factories import post
from axle.kernel.money import Fen, parse_yuan
from axle.ledger.models import EntryLine
from axle.payments.models import Reconciliation
from axle.payments.public import StatementLine, bank_account_create, statement_journal, statement_lines_keep
from axle.platform.models import OperationLog
from axle.platform.testing import client_for, make_actor, make_user

ACCOUNTANT = [permissions.TRIAL_BALANCE_VIEW, permissions.BANK_CLEARING_MANAGE, permissions.VOUCHER_VIEW]
PATH = "/reports/bank_reconciliation"


def _stated(serial, amount, day, direction="in"):
    on = date(2026, 3, day)
    return StatementLine(serial, direction, parse_yuan(amount), on, "", "", "", "结息" if amount == "1.50" else "")


@pytest.fixture
def account(entity_id):
    """An account with a balance of 1,000.00 before March, and a March of receipts, a payment and a reversal."""
    found = bank_account_create(
        actor=make_actor(name="出纳"),
        legal_entity_id=entity_id,
        name="基本户",
        bank_name="沙箱银行",
        account_no="622200001",
        channel="bank_sandbox",
        ledger_account_code="1002",
    )

    def receipt(no, amount, on, **more):
        parts = {"cash": amount, "interest": amount}
        dimensions = {"loan_no": "LN1", "bank_account": str(found.id)}
        post(entity_id, "receipt_posted", no, amounts=parts, on=on, dimensions=dimensions, **more)

    receipt("R0", "1000.00", date(2026, 2, 27))
    receipt("R1", "100.00", date(2026, 3, 2))
    receipt("R2", "200.00", date(2026, 3, 10))
    receipt("R3", "70.00", date(2026, 3, 11))
    receipt("R3X", "70.00", date(2026, 3, 12), reverses="R3")
    receipt("R4", "33.00", date(2026, 3, 31))
    paid = {"loan_no": "LN1", "bank_account": str(found.id)}
    post(entity_id, "loan_disbursed", "D1", amounts={"principal": "500.00"}, on=date(2026, 3, 30), dimensions=paid)
    statement_lines_keep(
        found.id,
        [
            _stated("S1", "100.00", 3),
            _stated("S2", "120.00", 10),
            _stated("S3", "80.00", 10),
            _stated("S4", "1.50", 20),
            _stated("S5", "9.00", 21, "out"),
        ],
    )
    return found


@pytest.fixture
def accountant(db):
    return client_for(make_user("accountant", permissions=ACCOUNTANT))


def _begin(accountant, account):
    asked = {"bank_account_id": account.id, "start_on": "2026-03-01", "balance": "1000.00"}
    return accountant.command("bank_reconciliation_begin", asked)


def _keys(serials=(), events=()):
    stated = dict(statement_journal().values_list("bank_serial", "pk"))
    books = dict(EntryLine.objects.filter(account__code="1002").values_list("entry__event_no", "pk"))
    return {
        "book_lines": [books[event] for event in events],
        "statement_lines": [stated[serial] for serial in serials],
    }


def _rows(accountant, account, on="2026-03-31"):
    status, page = accountant.get(PATH, bank_account_id=str(account.id), as_of=on)
    assert status == 200
    return page["items"]


def test_a_month_is_cleared_and_what_is_in_transit_ties(account, accountant, entity_id):
    assert accountant.get("/bank-account-choices")[1] == [{"id": account.id, "name": "基本户", "start_on": None}]
    assert accountant.get("/bank-open-items", bank_account_id=account.id)[1]["code"] == "bank_start_missing"
    assert (
        accountant.command("bank_lines_clear_alike", {"bank_account_id": account.id})[1]["code"] == "bank_start_missing"
    )
    assert _begin(accountant, account)[0] == 200
    assert _begin(accountant, account)[1]["code"] == "bank_start_taken"

    assert accountant.command("bank_lines_clear_alike", {"bank_account_id": account.id})[1] == {"cleared": 2}
    assert sorted(BankClearing.objects.values_list("way", "amount", "complete_on")) == [
        ("alike", 100_00, date(2026, 3, 3)),
        ("reversal", 0, date(2026, 3, 12)),
    ]
    assert accountant.command("bank_lines_clear_alike", {"bank_account_id": account.id})[1] == {"cleared": 0}

    logged = OperationLog.objects.count()
    refused = [
        (_keys(("S2",), ("R2",)), "bank_lines_differ", "book_lines"),
        (_keys(("S1", "S2"), ("R2",)), "bank_line_not_open", "statement_lines.0"),
        (_keys((), ("R0",)), "bank_line_not_open", "book_lines.0"),
        (_keys(), "bank_lines_differ", "book_lines"),
    ]
    for chosen, code, field in refused:
        answer = accountant.command("bank_lines_clear", chosen | {"bank_account_id": account.id})[1]
        assert (answer["code"], answer["field"]) == (code, field)
    assert (ClearedLine.objects.count(), OperationLog.objects.count()) == (4, logged)

    by_hand = _keys(("S2", "S3"), ("R2",)) | {"bank_account_id": account.id}
    status, clearing = accountant.command("bank_lines_clear", by_hand)
    assert (status, clearing["amount"], clearing["complete_on"]) == (200, "200.00", "2026-03-10")

    rows = _rows(accountant, account)
    assert [(row["part"], row["sum"] or row["amount"], row["entry_no"] is not None) for row in rows] == [
        ("book_balance", "833.00", False),
        ("received_not_booked", "1.50", False),
        ("received_not_booked_item", "1.50", False),
        ("paid_not_booked", "9.00", False),
        ("paid_not_booked_item", "9.00", False),
        ("book_adjusted", "825.50", False),
        ("stated_balance", "1292.50", False),
        ("booked_in_not_stated", "33.00", False),
        ("booked_in_not_stated_item", "33.00", True),
        ("booked_out_not_stated", "500.00", False),
        ("booked_out_not_stated_item", "500.00", True),
        ("stated_adjusted", "825.50", False),
    ]
    assert rows[2]["summary"] == "结息"
    # As of a day before a clearing was complete its lines were in transit.
    early = {row["part"]: row["sum"] for row in _rows(accountant, account, "2026-03-02") if row["sum"]}
    assert (early["book_balance"], early["booked_in_not_stated"], early["stated_adjusted"]) == (
        "1100.00",
        "100.00",
        "1100.00",
    )
    summary = accountant.get(f"{PATH}/summary", bank_account_id=str(account.id), as_of="2026-03-31")[1]
    assert [(check["code"], check["left"], check["is_ok"]) for check in summary["checks"]] == [
        ("adjusted_balances", "825.50", True)
    ]
    checks = {
        check.code: check
        for check in period_checks(legal_entity_id=entity_id, period=202603, business_on=date(2026, 4, 2))
    }
    assert (checks["bank_balances"].is_ok, checks["bank_balances"].detail) == (True, "基本户 825.50 = 825.50")
    assert (checks["bank_not_booked"].is_ok, checks["bank_not_booked"].is_blocking) == (False, False)

    assert bank_clearings_balance() == []
    ClearedLine.objects.filter(statement_line__bank_serial="S3").delete()
    assert bank_clearings_balance() == [f"clearing {clearing['clearing_id']} of 200.00: books 200.00, statement 120.00"]

    undo = {"clearing_id": clearing["clearing_id"]}
    assert accountant.command("bank_clearing_undo", undo)[0] == 200
    assert accountant.command("bank_clearing_undo", undo)[0] == 404
    again = {row["part"]: row["sum"] for row in _rows(accountant, account) if row["sum"]}
    assert (again["received_not_booked"], again["booked_in_not_stated"]) == ("201.50", "233.00")
    assert again["book_adjusted"] == again["stated_adjusted"] == "1025.50"
    part = client_for(make_user("part", permissions=ACCOUNTANT, scope="department"))
    assert part.get("/bank-open-items", bank_account_id=account.id)[0] == 404
    assert part.get(PATH, bank_account_id=str(account.id))[1]["items"] == []
    assert part.get("/lists/bank_clearings")[1]["total"] == 0


def test_the_banks_own_balance_shows_that_a_line_is_missing(account, accountant, entity_id):
    _begin(accountant, account)
    run = {"matched": 0, "breaks": 0, "paid_fen": 0, "received_fen": 0, "run_by": "x", "run_at": timezone.now()}
    bank = {"bank_account_id": account.id, "on": date(2026, 3, 31)}
    Reconciliation.objects.create(**bank, **run, closing_fen=1_292_50)
    asked = {"bank_account_id": str(account.id), "as_of": "2026-03-31"}

    def told():
        rows = [row["sum"] for row in _rows(accountant, account) if row["part"] == "bank_closing"]
        checks = accountant.get(f"{PATH}/summary", **asked)[1]["checks"]
        of_month = period_checks(legal_entity_id=entity_id, period=202603, business_on=date(2026, 4, 2))
        (check,) = [check for check in of_month if check.code == "bank_closing"]
        return rows, [check["is_ok"] for check in checks if check["code"] == "bank_closing"], check

    rows, is_ok, check = told()
    assert (rows, is_ok, check.is_ok) == (["1292.50"], [True], True)
    Reconciliation.objects.update(closing_fen=1_302_50)
    rows, is_ok, check = told()
    assert (rows, is_ok, check.is_ok, check.is_blocking) == (["1302.50"], [False], False, False)
    assert check.detail == "基本户 2026-03-31 1292.50 = 1302.50"
    assert [row for row in _rows(accountant, account, "2026-03-30") if row["part"] == "bank_closing"] == []


def test_a_wrong_opening_balance_stays_visible(account, accountant, entity_id):
    asked = {"bank_account_id": account.id, "start_on": "2026-03-01", "balance": "990.00"}
    accountant.command("bank_reconciliation_begin", asked)
    checks = {
        check.code: check
        for check in period_checks(legal_entity_id=entity_id, period=202603, business_on=date(2026, 4, 2))
    }
    assert (checks["bank_balances"].is_ok, checks["bank_balances"].is_blocking) == (False, True)
    assert Fen(0) == sum(BankClearing.objects.values_list("amount", flat=True))
