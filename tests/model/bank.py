"""The bank, which pays what it is asked to, or will not."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from axle.kernel.money import Fen
from axle.payments.domain.states import PaymentCause, PaymentOrderState
from axle.payments.ports import BankAnswer, BankState
from axle.payments.public import payouts_of
from axle.payments.services.answer_apply import answer_apply, order_locked
from axle.platform.public import Subject, acting, business_date, system_actor
from tests.model.plain_ledger import PlainLedger
from tests.model.walk import Followed, Walk


@dataclass(frozen=True)
class Order:
    """A payment on its way: what it clears, and what happens if the bank refuses it."""

    subject: Subject
    amount: int
    clears: str
    refused: Callable[[], None]


class Banking(Walk):
    """People who also pay through the bank."""

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self.orders: list[Order] = []
        self.paid: Counter[str] = Counter()

    def bank_answers(self, loan: Followed) -> None:
        """The oldest payment is made, or refused."""
        if not self.orders:
            return
        order, today = self.orders.pop(0), business_date()
        payout = order_locked(payouts_of(order.subject)[-1].order_no)
        payout.state = PaymentOrderState.SENT
        is_paid = self.draw.random() < 0.6
        said = BankAnswer(
            payout.order_no,
            BankState.SUCCEEDED if is_paid else BankState.FAILED,
            amount=Fen(order.amount),
            bank_serial=f"S{payout.order_no}",
            value_on=today,
        )
        with acting(system_actor("bank"), "walk"):
            assert answer_apply(order=payout, answer=said, cause=PaymentCause.QUERY)
        self.told[f"bank: {said.state}"] += 1
        if is_paid:
            self.paid[order.clears] += order.amount
        else:
            order.refused()

    def _adjust(self, ledger: PlainLedger) -> None:
        super()._adjust(ledger)
        for clears, amount in self.paid.items():
            ledger.balances[clears] += amount
            ledger.balances["bank"] -= amount
