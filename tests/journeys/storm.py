"""Many clients who pay, reverse, quote, settle, charge and change the same few loans at once."""

import random
import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from axle.platform.models import User
from axle.platform.public import business_date
from axle.platform.testing import ApiClient, client_for
from axle.servicing.models import LoanChange, Receipt

REFUSALS = {
    "receipt_state_refused", "change_open", "change_state_refused", "stale_version", "prepayment_settles",
    "prepayment_too_small", "refund_stands",
    "loan_not_in_force", "not_found", "payoff_quote_expired", "payoff_amount_wrong", "payoff_date_refused",
}  # fmt: skip
"""What somebody may be told who comes second."""


@dataclass
class Storm:
    """What the clients share, and what they were told."""

    loans: list[str]
    acts: int
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
            for _number in range(self.storm.acts):
                self.draw.choice(self._acts())(self.draw.choice(self.storm.loans))
        finally:
            connection.close()

    def _acts(self) -> list[Callable[[str], None]]:
        often = [self.pay, self.confirm, self.reverse, self.quote, self.charge, self.prepay, self.ask, self.approve]
        return [*often, *often, self.settle]

    def do(self, username: str, command: str, **data: Any) -> Any:
        if username not in self.desks:
            self.desks[username] = client_for(User.objects.get(username=username))
        status, body = self.desks[username].command(command, data)
        self.storm.note(command, status, body)
        return body if status == 200 else None

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

    def quote(self, loan_no: str) -> Any:
        return self.do("cashier", "payoff_quote_create", loan_no=loan_no, on=business_date().isoformat())

    def settle(self, loan_no: str) -> None:
        quote = self.quote(loan_no)
        if quote and quote["total"] != "0.00":
            self.pay(loan_no, amount=quote["total"], value_on=quote["on"], payoff_quote_no=quote["quote_no"])
            self.confirm(loan_no)

    def charge(self, loan_no: str) -> None:
        self.do("cashier", "fee_charge", loan_no=loan_no, amount="10.00", code="late_notice")

    def ask(self, loan_no: str) -> None:
        rate = f"0.0{self.draw.randrange(300, 990)}"
        self.do("account_manager", "rate_change_request", loan_no=loan_no, new_annual_rate=rate, reason="客户申请")

    def approve(self, loan_no: str) -> None:
        change = LoanChange.objects.filter(loan__loan_no=loan_no, state="requested").select_related("loan").first()
        if change:
            self.do("checker", "loan_change_approve", change_no=change.change_no, version=change.loan.version)


def storm_over(loans: list[str], *, clients: int, acts: int, meanwhile: Callable[[], None] = lambda: None) -> Storm:
    """Let so many clients do so many things each, while something else goes on; gives what they were told."""
    storm = Storm(loans, acts)
    threads = [threading.Thread(target=Person(storm, number).run) for number in range(clients)]
    for thread in threads:
        thread.start()
    meanwhile()
    for thread in threads:
        thread.join()
    return storm
