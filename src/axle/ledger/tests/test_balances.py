"""Balances, trial balance and account ledger, and the folding of movement that changes none of them."""

from datetime import date
from typing import Any

import pytest

from axle.kernel.money import yuan
from axle.ledger.errors import AccountUnknown
from axle.ledger.models import AccountDay, AccountDayDelta
from axle.ledger.public import (
    account_balance,
    account_ledger,
    balances_by_loan,
    entry_post,
    entry_reverse,
    trial_balance,
)
from axle.ledger.services.movements_fold import movements_fold
from axle.ledger.tests.factories import credit, debit, draft, fen
from axle.platform.public import Subject
from axle.platform.testing import make_entity

FEB, MARCH, APRIL = date(2026, 2, 10), date(2026, 3, 12), date(2026, 4, 12)
SPAN: dict[str, Any] = {"start_on": date(2026, 3, 1), "end_on": date(2026, 3, 31)}


@pytest.fixture(params=["folded", "unfolded"])
def books(entity_id: int, request: pytest.FixtureRequest) -> int:
    """Two loans paid out, one instalment back with interest, one thing reversed."""
    facts = [
        ("E1", FEB, [debit("1303.01", "1000.00", loan_no="L1"), credit("1002", "1000.00")]),
        ("E2", MARCH, [debit("1303.01", "500.00", loan_no="L2"), credit("1002", "500.00")]),
        ("E3", MARCH, [debit("1002", "110.00"), credit("1303.01", "100.00", loan_no="L1"), credit("6011", "10.00")]),
        ("E4", MARCH, [debit("1303.02", "50.00", loan_no="L1"), credit("1303.01", "50.00", loan_no="L1")]),
        ("E5", APRIL, [debit("1002", "1.00"), credit("6011", "1.00")]),
    ]
    for event_no, on, lines in facts:
        entry_post(draft(entity_id, *lines, event_no=event_no, on=on))
    wrong = entry_post(draft(entity_id, debit("1002", "7.00"), credit("6011", "7.00"), event_no="E6", on=MARCH))
    entry_reverse(
        entry_no=wrong.entry_no,
        event_no="E6-R",
        value_on=MARCH,
        summary="红冲",
        source=Subject("loan", 7),
    )
    if request.param == "folded":
        movements_fold()
    return entity_id


def _table(entity_id: int) -> list[str]:
    return [
        " ".join(
            [
                row.code.ljust(7),
                *(
                    yuan(amount).rjust(8)
                    for amount in (
                        row.opening_debit,
                        row.opening_credit,
                        row.period_debit,
                        row.period_credit,
                        row.year_debit,
                        row.year_credit,
                        row.closing_debit,
                        row.closing_credit,
                    )
                ),
            ]
        )
        for row in trial_balance(legal_entity_id=entity_id, **SPAN)
    ]


def test_the_trial_balance_shows_opening_movement_and_closing(books):
    assert _table(books) == [
        # code   opening             month               year so far         closing
        "1002        0.00  1000.00   110.00   500.00   110.00  1500.00     0.00  1390.00",
        "1303     1000.00     0.00   550.00   150.00  1550.00   150.00  1400.00     0.00",
        "1303.01  1000.00     0.00   500.00   150.00  1500.00   150.00  1350.00     0.00",
        "1303.02     0.00     0.00    50.00     0.00    50.00     0.00    50.00     0.00",
        "6011        0.00     0.00     0.00    10.00     0.00    10.00     0.00    10.00",
    ]


def test_the_trial_balance_of_an_entity_is_its_own(books):
    other = make_entity("AXG", "车轴融资担保有限公司", "guarantee").pk
    assert trial_balance(legal_entity_id=other, **SPAN) == []


def test_an_account_ledger_runs_its_balance(books):
    page = account_ledger(legal_entity_id=books, code="1303", **SPAN)
    assert [(line.account, yuan(line.debit), yuan(line.credit), yuan(line.balance)) for line in page.lines] == [
        ("1303.01", "500.00", "0.00", "1500.00"),
        ("1303.01", "0.00", "100.00", "1400.00"),
        ("1303.02", "50.00", "0.00", "1450.00"),
        ("1303.01", "0.00", "50.00", "1400.00"),
    ]
    assert (page.opening, page.closing, page.total) == (fen("1000.00"), fen("1400.00"), 4)


def test_a_page_carries_the_balance_of_the_pages_before(books):
    whole = account_ledger(legal_entity_id=books, code="1002", **SPAN).lines
    pages = [
        account_ledger(legal_entity_id=books, code="1002", page=number, page_size=1, **SPAN).lines
        for number in range(1, len(whole) + 1)
    ]
    assert tuple(line for page in pages for line in page) == whole
    assert account_ledger(legal_entity_id=books, code="1002", page=9, **SPAN).lines == ()


def test_a_credit_account_counts_its_balance_on_the_credit_side(books):
    page = account_ledger(legal_entity_id=books, code="6011", start_on=FEB, end_on=APRIL)
    assert [yuan(line.balance) for line in page.lines] == ["10.00", "17.00", "10.00", "11.00"]
    assert page.closing == fen("11.00")


def test_an_unknown_account_has_no_ledger(books):
    with pytest.raises(AccountUnknown):
        account_ledger(legal_entity_id=books, code="1304", **SPAN)


def test_balances_stand_at_the_end_of_a_day(books):
    def principal(on: date) -> str:
        return yuan(account_balance(legal_entity_id=books, codes=["1303"], on=on))

    assert [principal(on) for on in (date(2026, 2, 9), FEB, MARCH)] == ["0.00", "1000.00", "1400.00"]
    by_loan = balances_by_loan(legal_entity_id=books, codes=["1303"], on=MARCH)
    assert by_loan == {"L1": fen("900.00"), "L2": fen("500.00")}


def test_folding_empties_the_deltas_and_adds_to_days_that_are_there(entity_id):
    lines = debit("1303.01", "1000.00"), credit("1002", "1000.00")
    for number in range(3):
        entry_post(draft(entity_id, *lines, event_no=f"E{number}"))
        assert AccountDayDelta.objects.count() == 2
        assert movements_fold() == 2
        assert not AccountDayDelta.objects.exists()
    assert list(AccountDay.objects.order_by("account__code").values_list("account__code", "debit", "credit")) == [
        ("1002", 0, fen("3000.00")),
        ("1303.01", fen("3000.00"), 0),
    ]
    assert movements_fold() == 0
