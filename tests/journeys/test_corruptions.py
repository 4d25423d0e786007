"""What somebody with all rights over the database could do to it, and by which invariant ``./axle check`` finds it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction

from axle.accounting.public import vouchers_number
from axle.ledger.services.movements_fold import movements_fold
from axle.platform.evidence import _seal_next
from axle.platform.models import OperationLog
from axle.platform.public import actor_named, business_date, constraints_check, eod_run, run_invariants
from axle.servicing.models import Loan
from axle.servicing.public import loans_paid_up
from tests.journeys.book import book_load
from tests.journeys.people import at_desk

pytestmark = [pytest.mark.django_db, pytest.mark.journey]


@pytest.fixture(scope="module")
def books(django_db_setup: None, django_db_blocker: Any) -> Iterator[Loan]:
    """A loan of a small book in which something of everything has happened, undone after the module."""
    with django_db_blocker.unblock(), transaction.atomic():
        book_load()
        loan = Loan.objects.get(loan_no=loans_paid_up(actor_named("account_manager"), 1)[0])
        _happens(loan)
        constraints_check()
        movements_fold()
        vouchers_number()
        _seal_next(OperationLog.objects.latest("pk").pk)
        yield loan
        transaction.set_rollback(True)


def _happens(loan: Loan) -> None:
    cashier, accountant, manager = at_desk("cashier"), at_desk("accountant"), at_desk("finance_manager")
    for amount in ("1200.00", "800.00", "650.00"):
        given = {"amount": amount, "value_on": business_date().isoformat(), "payer_name": "张三"}
        number = cashier.do("receipt_register", loan_no=loan.loan_no, **given)["receipt_no"]
        accountant.do("receipt_confirm", receipt_no=number)
        if amount == "650.00":
            manager.do("receipt_reverse", receipt_no=number, reason="登记错误")
    cashier.do("fee_charge", loan_no=loan.loan_no, amount="30.00", code="late_notice")
    asked = at_desk("account_manager").do(
        "rate_change_request", loan_no=loan.loan_no, new_annual_rate="0.055", reason="调价"
    )
    version = Loan.objects.get(pk=loan.pk).version
    at_desk("checker").do("loan_change_approve", change_no=asked["change_no"], version=version)
    eod_run(until=business_date() + timedelta(days=1))


@dataclass(frozen=True)
class Planted:
    """A corruption in SQL, and the invariants that must name it. ``{loan}`` is a loan with receipts."""

    name: str
    sql: str
    found_by: str


A_RECEIPT = "(SELECT min(id) FROM servicing_receipt WHERE loan_id = {loan} AND state = 'confirmed')"
AN_ENTRY = (
    "(SELECT max(id) FROM ledger_journalentry WHERE kind = 'receipt_posted' AND reversal_of_id IS NULL AND NOT is_red)"
)
PLANTED = (
    Planted(
        "an amount of one line of an entry is changed",
        f"UPDATE ledger_entryline SET debit = debit + 1 WHERE entry_id = {AN_ENTRY} AND debit > 0",
        "ledger_entries_balance",
    ),
    Planted(
        "both sides of an entry are changed alike, with all totals",
        f"""UPDATE ledger_entryline SET debit = debit * 2, credit = credit * 2 WHERE entry_id = {AN_ENTRY};
        UPDATE ledger_journalentry SET amount = amount * 2 WHERE id = {AN_ENTRY}""",
        "accounting_entries_follow_their_rules",
    ),
    Planted(
        "a line is put on another account",
        f"""UPDATE ledger_entryline SET account_id = (SELECT id FROM ledger_account WHERE code = '6702')
        WHERE entry_id = {AN_ENTRY} AND credit > 0""",
        "accounting_entries_follow_their_rules",
    ),
    Planted(
        "a line is put into another day",
        f"UPDATE ledger_entryline SET booked_on = booked_on - 1 WHERE entry_id = {AN_ENTRY} AND line_no = 1",
        "ledger_lines_repeat_their_entry",
    ),
    Planted(
        "a daily balance is changed",
        "UPDATE ledger_accountday SET credit = credit + 100 WHERE id = (SELECT max(id) FROM ledger_accountday)",
        "ledger_days_equal_lines",
    ),
    Planted(
        "the red lines of a reversal are others than the black ones",
        """UPDATE ledger_entryline SET debit = debit - 1 WHERE debit < 0 AND entry_id =
        (SELECT max(id) FROM ledger_journalentry WHERE reversal_of_id IS NOT NULL)""",
        "ledger_reversals_mirror",
    ),
    Planted(
        "an entry disappears with its lines, voucher and totals",
        f"""CREATE TEMP TABLE gone AS SELECT {AN_ENTRY} AS id;
        DELETE FROM accounting_voucher WHERE entry_id IN (SELECT id FROM gone);
        DELETE FROM ledger_entryline WHERE entry_id IN (SELECT id FROM gone);
        DELETE FROM ledger_journalentry WHERE id IN (SELECT id FROM gone); DROP TABLE gone""",
        "servicing_postings_are_entries",
    ),
    Planted(
        "a voucher disappears",
        "DELETE FROM accounting_voucher WHERE id = (SELECT min(id) FROM accounting_voucher)",
        "accounting_every_entry_has_its_voucher",
    ),
    Planted(
        "a voucher number is left out",
        """UPDATE accounting_voucher SET number = number + 1000
        WHERE id = (SELECT max(id) FROM accounting_voucher WHERE number IS NOT NULL)""",
        "accounting_voucher_numbers_without_gap",
    ),
    Planted(
        "a month is closed although entries came after",
        """INSERT INTO ledger_period (legal_entity_id, period, is_closed, closed_at)
        SELECT legal_entity_id, min(period), true, '2020-01-01' FROM ledger_journalentry GROUP BY 1
        ON CONFLICT (legal_entity_id, period) DO UPDATE SET is_closed = true, closed_at = '2020-01-01'""",
        "ledger_closed_periods_untouched",
    ),
    Planted(
        "the kept principal of a loan is changed",
        "UPDATE servicing_loan SET principal_balance = principal_balance - 100 WHERE id = {loan}",
        "servicing_position_is_the_replay",
    ),
    Planted(
        "a loan is paid up in its row only",
        "UPDATE servicing_loan SET next_unpaid_due_on = next_unpaid_due_on + 90 WHERE id = {loan}",
        "servicing_position_is_the_replay",
    ),
    Planted(
        "a settled loan is in force in its row only",
        """UPDATE servicing_loan SET state = 'in_force', settled_on = NULL WHERE id =
        (SELECT min(id) FROM servicing_loan WHERE state = 'settled')""",
        "servicing_position_is_the_replay",
    ),
    Planted(
        "an instalment is paid in its row only",
        """UPDATE servicing_instalment SET principal_paid = principal WHERE id =
        (SELECT max(id) FROM servicing_instalment WHERE loan_id = {loan})""",
        "servicing_position_is_the_replay",
    ),
    Planted(
        "the interest that runs for an instalment is changed",
        """UPDATE servicing_instalment SET exact = exact * 2 WHERE id =
        (SELECT max(id) FROM servicing_instalment WHERE loan_id = {loan})""",
        "servicing_position_is_the_replay",
    ),
    Planted(
        "an event of a loan is changed",
        """UPDATE servicing_loanevent SET payload = jsonb_set(payload, '{{annual_rate}}', '"0.01"')
        WHERE kind = 'rate_change' AND loan_id = {loan}""",
        "servicing_position_is_the_replay",
    ),
    Planted(
        "a receipt is entered twice as an event",
        f"""INSERT INTO servicing_loanevent (loan_id, event_no, kind, "on", payload, entered_on, entered_by, entered_at)
        SELECT loan_id, 'RC-TWICE', kind, "on", jsonb_set(payload, '{{{{id}}}}', '"RC-TWICE"'), entered_on, entered_by,
        entered_at FROM servicing_loanevent WHERE event_no =
        (SELECT receipt_no FROM servicing_receipt WHERE id = {A_RECEIPT})""",
        "servicing_receipts_are_events",
    ),
    Planted(
        "the amount of a receipt is changed",
        f"UPDATE servicing_receipt SET amount = amount + 1 WHERE id = {A_RECEIPT}",
        "servicing_receipts_are_events",
    ),
    Planted(
        "a confirmed receipt is rejected in its row only",
        f"UPDATE servicing_receipt SET state = 'rejected' WHERE id = {A_RECEIPT}",
        "servicing_receipts_are_events",
    ),
    Planted(
        "a receipt is moved out of the sight of its department",
        f"""UPDATE servicing_receipt SET department_id = (SELECT max(id) FROM platform_department)
        WHERE id = {A_RECEIPT}""",
        "servicing_records_are_of_one_place",
    ),
    Planted(
        "a posting disappears",
        "DELETE FROM servicing_posting WHERE id = (SELECT max(id) FROM servicing_posting WHERE loan_id = {loan})",
        "servicing_postings_are_what_the_replay_asks",
    ),
    Planted(
        "a change that was executed is withdrawn in its row only",
        "UPDATE servicing_loanchange SET state = 'withdrawn' WHERE state = 'executed' AND loan_id = {loan}",
        "servicing_changes_are_events",
    ),
    Planted(
        "more is paid out than the contract says",
        """UPDATE origination_disbursement SET amount = amount + 1
        WHERE id = (SELECT max(id) FROM origination_disbursement)""",
        "origination_pays_what_was_approved",
    ),
    Planted(
        "a row of the operation log is changed",
        """UPDATE platform_operationlog SET actor_name = '别人' WHERE id =
        (SELECT max(last_id) FROM platform_operationseal)""",
        "operation_log_intact",
    ),
    Planted(
        "a row of the operation log disappears",
        "DELETE FROM platform_operationlog WHERE id = (SELECT max(last_id) FROM platform_operationseal)",
        "operation_log_intact",
    ),
    Planted(
        "a step of a closed day was never finished",
        """UPDATE platform_eodsteprun SET finished_at = NULL WHERE id =
        (SELECT min(id) FROM platform_eodsteprun)""",
        "end_of_day_steps_done",
    ),
)


def broken() -> set[str]:
    """The names of the invariants that do not hold."""
    return {result.name for result in run_invariants() if result.failures}


def test_nothing_is_found_where_nothing_was_planted(books: Loan) -> None:
    assert [result for result in run_invariants() if result.failures] == []


@pytest.mark.parametrize("planted", PLANTED, ids=lambda planted: planted.name)
def test_a_planted_corruption_is_found(books: Loan, planted: Planted) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(planted.sql.format(loan=books.pk))
        assert cursor.rowcount != 0
        cursor.execute("SET LOCAL session_replication_role = origin")
    assert planted.found_by in broken()
