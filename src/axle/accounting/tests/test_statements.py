"""Statements tie out; profit is transferred before a month closes and taken back when it opens again."""

from datetime import date

import pytest
from django.db import connection, transaction

from axle.accounting import checks
from axle.accounting.domain.statements import AccountFigure, StatementBody, statement_values, uncovered
from axle.accounting.errors import (
    CashItemMissing,
    NothingToTransfer,
    PeriodChecksFailed,
    SecondPersonNeeded,
    StatementIncomplete,
    StatementRowGone,
)
from axle.accounting.models import StatementVersion, Voucher
from axle.accounting.selectors.statements import statement_rows, statement_ties
from axle.accounting.services.period_close import period_close, period_reopen
from axle.accounting.services.profit_transfer import profit_balances, profit_transfer
from axle.accounting.services.reserve_set_aside import reserve_set_aside
from axle.accounting.services.statement_version_draft import statement_version_activate, statement_version_draft
from axle.accounting.services.voucher_create import ManualVoucher, voucher_create
from axle.accounting.standard import statement_bodies
from axle.accounting.tests.factories import post
from axle.kernel.money import parse_yuan
from axle.ledger.public import LineDraft, entries_journal
from axle.platform.public import business_date_set
from axle.platform.testing import make_actor, make_user

pytestmark = pytest.mark.usefixtures("own_controls")
NOVEMBER, DECEMBER, JANUARY = date(2025, 11, 12), date(2025, 12, 12), date(2026, 1, 15)


@pytest.fixture
def people(db):
    return [make_actor(name=name, user_id=make_user(name).pk) for name in ("maker", "checker")]


@pytest.fixture
def books(entity_id, people):
    """Capital of 1,000,000.00 in November 2025; a loan, its interest and a receipt; rent in December."""
    business_date_set(JANUARY)
    maker, checker = people
    capital = [("1002", "1000000.00", "", "capital_received"), ("4001", "", "1000000.00", "")]
    rent = [("6602", "300.00", "", ""), ("1002", "", "300.00", "other_operating")]
    for on, lines in ((NOVEMBER, capital), (DECEMBER, rent)):
        draft = ManualVoucher(entity_id, on, "手工", [_line(*line) for line in lines])
        voucher_create(actor=maker, checker=checker, draft=draft)
    post(entity_id, event_no="E1", on=NOVEMBER)
    post(entity_id, "interest_accrued", "E2", on=DECEMBER, amounts={"interest": "750.00"})
    post(entity_id, "interest_due", "E3", on=DECEMBER, amounts={"interest": "750.00"})
    parts = {"cash": "3195.07", "principal": "2429.97", "interest": "750.00", "penalty": "15.10"}
    post(entity_id, "receipt_posted", "E4", on=DECEMBER, amounts=parts)
    return entity_id


def _line(account: str, debit: str, credit: str, item: str) -> LineDraft:
    sides = {"debit": parse_yuan(debit or "0"), "credit": parse_yuan(credit or "0")}
    return LineDraft(account, **sides, dimensions={"cash_flow": item} if item else {})


def rows(entity_id: int, code: str, period: int = 202512) -> dict[str, tuple[int, int]]:
    found = statement_rows(code, legal_entity_id=entity_id, period=period)
    return {row.key: (row.current, row.beside) for row in found if row.current or row.beside}


def test_the_statements_of_a_month_to_the_fen(books):
    # net interest 707.55, penalty 14.25 net; VAT 42.45 + 0.85; rent 300.00
    assert rows(books, "income_statement") == {
        "interest_income": (72_180, 72_180),
        "net_interest": (72_180, 72_180),
        "revenue": (72_180, 72_180),
        "operating_costs": (30_000, 30_000),
        "expenses": (30_000, 30_000),
        "operating_profit": (42_180, 42_180),
        "profit_before_tax": (42_180, 42_180),
        "net_profit": (42_180, 42_180),
    }
    assert rows(books, "balance_sheet") == {
        "monetary_funds": (90_289_507, 0),
        "loans": (9_757_003, 0),
        "assets_total": (100_046_510, 0),
        "taxes": (4_330, 0),
        "liabilities_total": (4_330, 0),
        "paid_in_capital": (100_000_000, 0),
        "undistributed_profit": (42_180, 0),
        "equity_total": (100_042_180, 0),
        "liabilities_equity_total": (100_046_510, 0),
    }
    assert rows(books, "cash_flow_statement") == {
        "loans_net": (242_997, -9_757_003),
        "interest_fees": (76_425, 76_425),
        "taxes_paid": (85, 85),
        "other_operating": (-30_000, -30_000),
        "operating_net": (289_507, -9_710_493),
        "capital_received": (0, 100_000_000),
        "financing_net": (0, 100_000_000),
        "cash_change": (289_507, 90_289_507),
    }
    ties = statement_ties(legal_entity_id=books, period=202512)
    assert [(tie.code, tie.is_tied) for tie in ties] == [
        ("assets_equal_sources", True),
        ("cash_change_of_year", True),
        ("operating_direct_indirect", True),
        ("profit_of_year", True),
    ]
    assert checks.accounting_statements_tie() == []


def test_profit_is_transferred_before_a_month_closes_and_at_the_year_s_end_distributed(books, people):
    maker, checker = people
    close = {"actor": maker, "legal_entity_id": books, "business_on": JANUARY}
    period_close(period=202511, **close)
    with pytest.raises(PeriodChecksFailed) as caught, transaction.atomic():
        period_close(period=202512, **close)
    assert caught.value.params == {"checks": "profit_transferred"}
    posted = profit_transfer(actor=maker, legal_entity_id=books, period=202512)
    assert len(posted) == 2
    assert profit_balances(books, date(2025, 12, 31)) == {}
    with pytest.raises(NothingToTransfer), transaction.atomic():
        profit_transfer(actor=maker, legal_entity_id=books, period=202512)
    with pytest.raises(SecondPersonNeeded):
        reserve_set_aside(actor=maker, checker=None, legal_entity_id=books, year=2025)
    reserve_set_aside(actor=maker, checker=checker, legal_entity_id=books, year=2025)
    sheet = rows(books, "balance_sheet")
    assert (sheet["surplus_reserve"], sheet["undistributed_profit"]) == ((4_218, 0), (37_962, 0))
    assert rows(books, "income_statement")["net_profit"] == (42_180, 42_180)
    assert all(tie.is_tied for tie in statement_ties(legal_entity_id=books, period=202512))
    period_close(period=202512, **close)
    assert checks.accounting_closed_months_keep_no_profit() == []
    assert checks.accounting_statements_tie() == []

    period_reopen(actor=maker, checker=checker, legal_entity_id=books, period=202512, reason="补录")
    assert set(profit_balances(books, date(2025, 12, 31))) == {"6011.01", "6011.03", "6602"}
    assert entries_journal().filter(kind="profit_transferred", is_red=True).count() == 1
    assert entries_journal().filter(kind="profit_distributed", is_red=True).count() == 1
    profit_transfer(actor=maker, legal_entity_id=books, period=202512)
    period_close(period=202512, **close)
    assert checks.accounting_every_entry_has_its_voucher() == []


def test_a_loss_of_the_checks_is_found(books):
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET session_replication_role = replica")
        cursor.execute("UPDATE ledger_accountdaydelta SET debit = debit + 1 WHERE debit = 75000")
        cursor.execute("SET session_replication_role = origin")
    assert [line.split(":")[1].split()[1] for line in checks.accounting_statements_tie()] == [
        "assets_equal_sources",
        "operating_direct_indirect",
    ]


def test_profit_left_in_a_closed_month_is_found(books, people):
    maker, _checker = people
    period_close(actor=maker, legal_entity_id=books, period=202511, business_on=JANUARY)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET session_replication_role = replica")
        cursor.execute("UPDATE ledger_accountdaydelta SET booked_on = '2025-11-30' WHERE booked_on >= '2025-12-01'")
        cursor.execute("SET session_replication_role = origin")
    assert len(checks.accounting_closed_months_keep_no_profit()) == 3


@pytest.mark.parametrize(
    ("cash", "other"), [("", ""), ("no_such_item", ""), ("operating_net", ""), ("other_operating", "loans_net")]
)
def test_a_manual_voucher_says_what_cash_was_for(books, people, cash, other):
    maker, checker = people
    before = Voucher.objects.count()
    lines = [_line("1002", "", "1.00", cash), _line("6602", "1.00", "", other)]
    with pytest.raises(CashItemMissing), transaction.atomic():
        voucher_create(actor=maker, checker=checker, draft=ManualVoucher(books, DECEMBER, "费用", lines))
    assert Voucher.objects.count() == before


def test_a_statement_takes_up_every_account_once(books):
    actor = make_actor()
    _zh, _en, body = statement_bodies()["balance_sheet"]
    lines = [line for line in body.lines if line.key != "goods"]
    lines = [line.model_copy(update={"adds": tuple(key for key in line.adds if key != "goods")}) for line in lines]
    version = statement_version_draft(
        actor=actor, code="balance_sheet", body=body.model_copy(update={"lines": tuple(lines)})
    )
    with pytest.raises(StatementIncomplete) as caught, transaction.atomic():
        statement_version_activate(actor=actor, version_id=version.pk, effective_from=JANUARY, business_on=JANUARY)
    assert caught.value.params["accounts"] == "1405"
    version.refresh_from_db()
    assert version.state == "draft"
    short = StatementBody(basis="balance", lines=tuple(lines[:3]))
    with pytest.raises(StatementRowGone):
        statement_version_draft(actor=actor, code="balance_sheet", body=short)


def test_a_new_version_counts_from_its_day(books):
    actor = make_actor()
    _zh, _en, body = statement_bodies()["income_statement"]
    renamed = [line.model_copy(update={"name_zh": f"{line.name_zh}（新）"}) for line in body.lines]
    version = statement_version_draft(
        actor=actor, code="income_statement", body=body.model_copy(update={"lines": tuple(renamed)})
    )
    statement_version_activate(actor=actor, version_id=version.pk, effective_from=JANUARY, business_on=JANUARY)
    names = [
        statement_rows("income_statement", legal_entity_id=books, period=period)[0].name_zh
        for period in (202512, 202601)
    ]
    assert names == ["利息收入", "利息收入（新）"]
    assert StatementVersion.objects.filter(statement__code="income_statement").count() == 2


def test_values_add_up_and_take_sides():
    body = StatementBody.model_validate(
        {
            "basis": "balance",
            "lines": [
                {
                    "key": "due_from",
                    "name_zh": "应收",
                    "name_en": "Due from",
                    "terms": [{"accounts": ["1*"], "side": "debit_side"}],
                },
                {
                    "key": "due_to",
                    "name_zh": "应付",
                    "name_en": "Due to",
                    "terms": [{"accounts": ["1*"], "side": "credit_side"}],
                },
                {"key": "net", "name_zh": "净额", "name_en": "Net", "adds": ["due_from"], "subtracts": ["due_to"]},
            ],
        }
    )
    figures = {"1221": AccountFigure(100, 30), "1122": AccountFigure(0, 20)}
    assert statement_values(body, figures) == {"due_from": 70, "due_to": 20, "net": 50}
    assert uncovered(body, ["1221", "1122", "2001"]) == ["2001"]
