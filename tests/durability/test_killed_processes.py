"""kill -9 of web, worker and database at twelve points of one loan's life: everything happens, and happens once."""

from datetime import date

import pytest

from axle.kernel.money import parse_yuan, yuan
from tests.durability.conftest import Crew
from tests.durability.machine import Machine
from tests.durability.story import Story
from tests.journeys.car_loan import AMOUNT

pytestmark = pytest.mark.journey

ONCE = {
    "an application": "SELECT count(*) = 1 FROM origination_application",
    "a submission": "SELECT count(*) = 1 FROM platform_operationlog WHERE operation = 'application_submit'",
    "a reading of each photo": "SELECT count(*) = 4 FROM platform_operationlog"
    " WHERE operation = 'captured_document_read'",
    "a decision": "SELECT count(*) = 1 FROM decisioning_decisionrecord",
    "each review": "SELECT count(*) = 4 FROM platform_operationlog WHERE operation = 'task_complete'",
    "a contract": "SELECT count(*) = 1 FROM origination_contract",
    "a contract rendered, signed and sealed, and the payoff letter": "SELECT array_agg(act ORDER BY id)"
    " = '{rendered,signed,sealed,rendered,sealed}' FROM documents_documentevidence",
    "a payment order, sent once": "SELECT count(*) = 1 AND max(sends) = 1 FROM payments_paymentorder",
    "a call-back that counted": "SELECT count(*) = 1 FROM payments_banknotice WHERE outcome = 'applied'",
    "a loan": "SELECT count(*) = 1 FROM servicing_loan",
    "two receipts": "SELECT count(*) = 2 AND bool_and(state = 'confirmed') FROM servicing_receipt",
    "each step of each day": "SELECT count(*) = count(DISTINCT (business_on, step, shard))"
    " AND bool_and(finished_at IS NOT NULL) FROM platform_eodsteprun",
    "every job": "SELECT count(*) = 0 FROM procrastinate_jobs WHERE status = 'failed'",
}
"""What must have happened exactly once, and the question that tells."""

FACTS = {
    "loan_disbursed": 1, "interest_accrued": 30, "provision_charged": 1, "receipt_posted": 2, "payoff_fee_charged": 1
}  # fmt: skip
"""Entries in the books by kind: one a day from the 20th to the 20th, one at the month's end between them for expected
losses, the instalment, the payoff and its fee."""


def told_once(machine: Machine) -> list[str]:
    """What did not happen exactly once."""
    return [f"{what}: {found}" for what, sql in ONCE.items() if (found := machine.one(sql)) is not True]


def paid_once(story: Story, order_no: str) -> tuple[str, int]:
    """What the bank paid for the order, and in how many entries; it knows no other."""
    (payout,) = story.payouts()
    assert (payout["out_trade_no"], payout["status"]) == (order_no, "SUCCESS")
    return yuan(payout["amount_fen"]), payout["entries"]


def books(machine: Machine) -> dict[str, int]:
    """Debit less credit of the accounts that the loan went through, in fen."""
    rows = machine.ask(
        "SELECT left(a.code, 4), sum(l.debit - l.credit)::bigint FROM ledger_entryline l"
        " JOIN ledger_account a ON a.id = l.account_id WHERE left(a.code, 4) = ANY(%s) GROUP BY 1",
        ["1002", "1303", "1132", "1122", "2203", "2241"],
    )
    return dict.fromkeys(("1122", "2203", "2241"), 0) | dict(rows)


def test_nothing_is_lost_and_nothing_doubled(machine: Machine, crew: Crew) -> None:
    story = Story(machine, crew)
    machine.kill("worker")  # until the photos are there to be read
    story.submit(story.draft())
    story.recognise()
    story.decide()
    story.review()
    story.contract()
    story.sign()
    machine.sandbox.tell("bank", behaviour="timeout_callback", times=1)
    order_no = story.approve(story.registered())
    story.pay(order_no)
    loan_no = story.call_back(order_no)
    assert "0 broken" in machine.run("check")

    cashier = crew["cashier"]
    loan = cashier.see(f"/loans/{loan_no}")
    story.first_day_ends()
    story.close_days(date.fromisoformat(loan["schedule"][0]["due_on"]))
    story.repay(loan_no, loan["schedule"][0]["total"], victim="database")
    quote = cashier.do("payoff_quote_create", loan_no=loan_no, on=loan["schedule"][0]["due_on"])
    story.repay(loan_no, quote["total"], payoff_quote_no=quote["quote_no"])
    machine.jobs_done()
    assert "0 broken" in machine.run("check")
    settled = cashier.see(f"/loans/{loan_no}")
    assert (settled["state"], settled["principal_balance"], settled["unapplied"]) == ("settled", "0.00", "0.00")
    assert told_once(machine) == []
    assert dict(machine.ask("SELECT kind, count(*) FROM ledger_journalentry GROUP BY kind")) == FACTS
    assert paid_once(story, order_no) == (AMOUNT, 1)
    assert books(machine) == {
        **dict.fromkeys(("1303", "1132", "1122", "2203", "2241"), 0),
        "1002": parse_yuan(loan["schedule"][0]["total"]) + parse_yuan(quote["total"]) - parse_yuan(AMOUNT),
    }
