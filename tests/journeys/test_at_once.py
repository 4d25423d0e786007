"""Thirty-two clients pay, reverse, quote, charge and change the same few loans at once: every answer is a result or a
refusal, and afterwards everything that must hold of the books holds."""

import random
import threading
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.db import connection

from axle.platform.models import User
from axle.platform.public import actor_named, business_date, run_invariants
from axle.platform.testing import ApiClient, client_for
from axle.servicing.models import Loan, LoanChange, Posting, Receipt
from axle.servicing.public import loans_paid_up
from tests.journeys.book import book_load

pytestmark = pytest.mark.journey

CLIENTS, ACTS, LOANS = 32, 12, 4
REFUSALS = {
    "receipt_state_refused", "change_open", "change_state_refused", "stale_version", "prepayment_settles",
    "prepayment_too_small",
    "loan_not_in_force", "not_found", "payoff_quote_expired",
}  # fmt: skip
"""What somebody may be told who comes second."""


@dataclass
class Storm:
    """What the clients share, and what they were told."""

    loans: list[str]
    told: Counter[str] = field(default_factory=Counter)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, command: str, status: int, body: Any) -> None:
        with self.lock:
            self.told[f"{command}: {'done' if status == 200 else body['code']}"] += 1


class Person:
    """One client that does what it likes."""

    def __init__(self, storm: Storm, number: int) -> None:
        self.storm, self.draw = storm, random.Random(number)
        self.desks: dict[str, ApiClient] = {}

    def run(self) -> None:
        try:
            for _number in range(ACTS):
                act = self.draw.choice(
                    [self.pay, self.confirm, self.reverse, self.quote, self.charge, self.prepay, self.ask, self.approve]
                )
                act(self.draw.choice(self.storm.loans))
        finally:
            connection.close()

    def do(self, username: str, command: str, **data: Any) -> None:
        if username not in self.desks:
            self.desks[username] = client_for(User.objects.get(username=username))
        self.storm.note(command, *self.desks[username].command(command, data))

    def pay(self, loan_no: str, **more: Any) -> None:
        amount, on = f"{self.draw.randrange(1, 3000)}.{self.draw.randrange(100):02d}", business_date().isoformat()
        given = {"loan_no": loan_no, "amount": amount, "value_on": on, "payer_name": "张三"}
        self.do("cashier", "receipt_register", **given | more)

    def prepay(self, loan_no: str) -> None:
        self.pay(loan_no, amount="30000.00", prepayment_mode="keep_term")

    def confirm(self, loan_no: str) -> None:
        self.with_receipt(loan_no, "registered", "accountant", "receipt_confirm")

    def reverse(self, loan_no: str) -> None:
        self.with_receipt(loan_no, "confirmed", "finance_manager", "receipt_reverse", reason="登记错误")

    def with_receipt(self, loan_no: str, state: str, username: str, command: str, **data: Any) -> None:
        receipt = Receipt.objects.filter(loan__loan_no=loan_no, state=state).order_by("-pk").first()
        if receipt:
            self.do(username, command, receipt_no=receipt.receipt_no, **data)

    def quote(self, loan_no: str) -> None:
        self.do("cashier", "payoff_quote_create", loan_no=loan_no, on=business_date().isoformat())

    def charge(self, loan_no: str) -> None:
        self.do("cashier", "fee_charge", loan_no=loan_no, amount="10.00", code="late_notice")

    def ask(self, loan_no: str) -> None:
        rate = f"0.0{self.draw.randrange(300, 990)}"
        self.do("account_manager", "rate_change_request", loan_no=loan_no, new_annual_rate=rate, reason="客户申请")

    def approve(self, loan_no: str) -> None:
        change = LoanChange.objects.filter(loan__loan_no=loan_no, state="requested").select_related("loan").first()
        if change:
            self.do("checker", "loan_change_approve", change_no=change.change_no, version=change.loan.version)


@pytest.mark.django_db(transaction=True)
def test_many_at_the_same_loans() -> None:
    book_load()
    storm = Storm(loans_paid_up(actor_named("account_manager"), LOANS))
    threads = [threading.Thread(target=Person(storm, number).run) for number in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    codes = {line.split(": ")[1] for line in storm.told}
    assert codes <= REFUSALS | {"done"}, storm.told
    done = {line.split(": ")[0] for line in storm.told if line.endswith(": done")}
    assert done >= {"receipt_register", "receipt_confirm", "fee_charge", "payoff_quote_create", "loan_change_approve"}
    assert [result for result in run_invariants() if result.failures] == []
    assert not Loan.objects.filter(loan_no__in=storm.loans, unapplied__lt=0).exists()
    assert Posting.objects.filter(loan__loan_no__in=storm.loans, kind="receipt_posted", is_reversed=False).exists()
