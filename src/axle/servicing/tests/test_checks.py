"""The invariants of servicing find what they are there for."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection

from axle.kernel.money import Fen
from axle.servicing import checks
from axle.servicing.models import Instalment, Loan, Posting
from axle.servicing.selectors import controls
from axle.servicing.services.receipt_confirm import receipt_confirm
from axle.servicing.services.receipt_register import ReceiptData, receipt_register
from axle.servicing.tests.factories import CASHIER, FINANCE, START, make_loan


@pytest.fixture
def paid() -> Loan:
    """A loan with one receipt of 1,000.00 on the day it began."""
    loan = make_loan()
    data = ReceiptData(
        amount=Fen(100_000), value_on=START, channel="transfer", bank_account_id=7, payer_name="张三", bank_serial=""
    )
    receipt = receipt_register(
        actor=CASHIER, data=data, loan_no=loan.loan_no, legal_entity_id=loan.legal_entity_id, payoff_quote_no=None
    )
    receipt_confirm(actor=FINANCE, receipt_no=receipt.receipt_no)
    loan.refresh_from_db()
    return loan


def test_a_sound_loan_passes(paid):
    assert checks.position_is_the_replay() == []
    assert checks.postings_are_what_the_replay_asks() == []
    assert controls.cash_received(paid.legal_entity_id) == {7: 100_000}


@pytest.mark.parametrize(
    "planted",
    [
        {"principal_balance": 9_999_999},
        {"unapplied": 1},
        {"interest_paid": 1},
        {"interest_waived": 1},
        {"settled_on": date(2026, 2, 1)},
        {"next_unpaid_due_on": date(2026, 3, 15)},
        {"matures_on": date(2027, 3, 15)},
        {"annual_rate": Decimal("0.08")},
        {"exact_scale": Decimal(7)},
    ],
    ids=lambda planted: next(iter(planted)),
)
def test_a_stored_position_that_is_not_the_replay_is_found(paid, planted):
    Loan.objects.filter(pk=paid.pk).update(**planted)
    (line,) = checks.position_is_the_replay()
    assert line.startswith(f"{paid.loan_no}: {next(iter(planted))} is ")


@pytest.mark.parametrize("planted", [{"principal_paid": 1}, {"exact": 1}, {"carried": 1}, {"days": 1}, {"no": 9}])
def test_a_stored_plan_that_is_not_the_replay_is_found(paid, planted):
    Instalment.objects.filter(loan=paid, position=3).update(**planted)
    assert checks.position_is_the_replay() == [f"{paid.loan_no}: the stored plan is not the replayed one"]


def test_an_event_that_went_missing_is_found(paid):
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("DELETE FROM servicing_loanevent WHERE kind = 'receipt'")
        cursor.execute("SET session_replication_role = origin")
    assert len(checks.position_is_the_replay()) == 1
    assert checks.postings_are_what_the_replay_asks() == [f"{paid.loan_no}: its postings are not those of its replay"]


def test_a_posting_of_another_amount_is_found(paid):
    Posting.objects.filter(loan=paid).update(amounts={"cash": 100_001, "unapplied": 100_001})
    assert checks.postings_are_what_the_replay_asks() == [f"{paid.loan_no}: its postings are not those of its replay"]
