"""A random walk over loans that go bad: late for months, no longer accruing, written off, recovered; money that goes
back to its payer, is divided, or turns out to be another's."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from axle.amortization.public import Acceleration, AccrualResumption, Event, Receipt, Refund, Reversal, WriteOff
from axle.kernel.money import Fen, yuan
from axle.payments.events import PayoutFailed, PayoutSucceeded
from axle.payments.public import payouts_of
from axle.platform.public import Subject, business_date, publish
from axle.servicing.models import Loan, LoanEvent, LoanStanding
from axle.servicing.models import Refund as RefundRow
from axle.servicing.parameters import CLASS_DAYS, NON_ACCRUAL_DAYS, WRITE_OFF_RULES
from tests.journeys import papers
from tests.journeys.car_loan import BUYER
from tests.journeys.people import at_desk
from tests.model.plain_ledger import PlainLedger
from tests.model.walk import PAYER, Followed, Walk

STOP_AFTER, WRITE_OFF_AFTER = 30, 60
CLASS_AFTER = {"normal": -1, "special_mention": 5, "substandard": 30, "doubtful": 45, "loss": 75}
"""Days past due after which a loan is at least so classed: all sooner than in life, so that a walk gets there."""
CLASSES = tuple(CLASS_AFTER)


class HardTimes(Walk):
    """People who seldom pay, and what is done about them."""

    accrual_policy = "non_accrual"

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self._parameter(WRITE_OFF_RULES.code, [{"ground": "long_overdue", "least_days_past_due": WRITE_OFF_AFTER}])
        self._parameter(NON_ACCRUAL_DAYS.code, STOP_AFTER)
        self._parameter(CLASS_DAYS.code, list(CLASS_AFTER.values())[1:])
        self.ranks: Counter[str] = Counter()
        self.paid_back: list[tuple[str, Followed | None, int, date]] = []
        """Refunds on their way: number, loan, amount, day."""
        self.left_the_bank = 0
        self.file_id: int | None = None

    def day(self, acts: int, days: int = 1) -> None:
        """As ever; then a morning on which loans stand worse than before."""
        super().day(acts, days)
        for loan in self.loans:
            self._stands(loan)

    def _stands(self, loan: Followed) -> None:
        """A loan is late for too long, and classed by that; nothing makes it better by itself."""
        today, life = business_date(), loan.life(business_date())
        if life.is_settled():
            return
        unpaid = [row.due_on for row in life.fallen if row.name[0] != "charge" and row.owes_anything()]
        days = (today - min(unpaid, default=today)).days
        if loan.carrying == "performing" and days > STOP_AFTER:
            loan.carrying = "non_accrual"
        by_days = max(CLASSES.index(name) for name, after in CLASS_AFTER.items() if days > after)
        by_carrying = {"performing": 0, "non_accrual": 2, "written_off": 4}[loan.carrying]
        self.ranks[loan.loan_no] = max(self.ranks[loan.loan_no], by_days, by_carrying)

    def _acts(self) -> list[Callable[[Followed], None]]:
        money = [self.pay_something, self.pay_late, self.reverse, self.charge, self.suspend, self.match]
        mine = [self.refund, self.bank_answers, self.divide, self.not_theirs]
        return [*money, *mine, *mine, self.call_due, self.write_off, self.write_off, self.take_change_back, self.resume]

    # --- money ---

    def refund(self, loan: Followed) -> None:
        """Money that waits goes back to its payer."""
        waits, receipts = loan.life(business_date()).unapplied(), [e for e in loan.events if e.id in loan.receipts]
        if not waits or not receipts:
            return
        receipt = self.draw.choice(receipts)
        amount = self.draw.randrange(1, min(waits, getattr(receipt, "amount", 0)) + 1)
        number = self._refunded(receipt.id, amount)
        if number:
            on = business_date()
            loan.events.append(Refund(id=number, on=on, amount=Fen(amount)))
            self.paid_back.append((number, loan, amount, on))

    def _refunded(self, receipt_no: str, amount: int) -> str | None:
        given = {"receipt_no": receipt_no, "amount": yuan(Fen(amount)), "payee_bank": "工商银行", "reason": "客户多还"}
        asked = self.do("cashier", "refund_request", **given)
        if asked is None:
            return None
        number = str(asked["refund_no"])
        if self.do("checker", "refund_approve", refund_no=number, account_tail=PAYER[-4:]) is None:
            self.do("cashier", "refund_withdraw", refund_no=number)
            return None
        return number

    def bank_answers(self, loan: Followed) -> None:
        """The bank pays a refund, or will not."""
        if not self.paid_back:
            return
        number, whose, amount, on = self.paid_back.pop(0)
        order = payouts_of(Subject("refund", RefundRow.objects.get(refund_no=number).pk))[-1]
        common, today = (order.order_no, order.request_no, order.ref), business_date()
        if self.draw.random() < 0.6:
            publish(PayoutSucceeded(*common, Fen(amount), today, f"S{number}", order.bank_account_id))
            self.left_the_bank += amount
            self.told["bank: paid"] += 1
            return
        publish(PayoutFailed(*common, "account_closed", "账户已销户"))
        self.told["bank: refused"] += 1
        if whose:
            whose.events.append(Reversal(id=f"of {number}", on=on, of=number))

    def divide(self, loan: Followed) -> None:
        """Unmatched money is of two, one of them known."""
        if not self.unmatched:
            return
        number = self.draw.choice(sorted(self.unmatched))
        whole = self.unmatched[number]
        if whole < 2:
            return
        first = self.draw.randrange(1, whole)
        parts = [{"amount": yuan(Fen(first)), "loan_no": loan.loan_no}, {"amount": yuan(Fen(whole - first))}]
        answer = self.do("accountant", "receipt_split", receipt_no=number, parts=parts)
        if answer:
            del self.unmatched[number]
            mine, rest = (row["receipt_no"] for row in answer["receipts"])
            on = LoanEvent.objects.get(event_no=mine).on
            loan.events.append(Receipt(id=mine, on=on, amount=Fen(first)))
            loan.receipts.append(mine)
            self.unmatched[rest] = whole - first

    def not_theirs(self, loan: Followed) -> None:
        """Money that was claimed for the wrong loan waits anew."""
        if not loan.receipts:
            return
        number = self.draw.choice(loan.receipts)
        answer = self.do("accountant", "receipt_unclaim", receipt_no=number, reason="认领错误")
        if answer:
            amount = next(event.amount for event in loan.events if isinstance(event, Receipt) and event.id == number)
            loan.receipts.remove(number)
            self._reversed(loan, number)
            self.unmatched[answer["receipt_no"]] = amount

    # --- endings ---

    def call_due(self, loan: Followed) -> None:
        """All is due at once."""
        self._change(loan, "acceleration_request", Acceleration(id="", on=business_date()))

    def write_off(self, loan: Followed) -> None:
        """Nothing more is expected."""
        if self._change(loan, "write_off_request", WriteOff(id="", on=business_date()), file_id=self._evidence()):
            loan.carrying = "written_off"

    def resume(self, loan: Followed) -> None:
        """Interest is income again."""
        if loan.carrying == "non_accrual" and self._change(
            loan, "accrual_resumption_request", AccrualResumption(id="", on=business_date())
        ):
            loan.carrying = "performing"
            loan.events.pop()  # nothing of it is seen in what is owed

    def _evidence(self) -> int:
        if self.file_id is None:
            self.file_id = at_desk("account_manager").upload(papers.id_back(BUYER))
        return self.file_id

    def _change(self, loan: Followed, command: str, event: Event, **more: Any) -> bool:
        asked = self.do("account_manager", command, loan_no=loan.loan_no, reason="催收无果", **more)
        if asked is None:
            return False
        number = str(asked["change_no"])
        version = Loan.objects.get(loan_no=loan.loan_no).version
        if self.do("finance_manager", "loan_change_approve", change_no=number, version=version) is None:
            self.do("account_manager", "loan_change_withdraw", change_no=number)
            return False
        loan.events.append(replace(event, id=self._last_event(loan.loan_no)))
        return True

    # --- what must be so ---

    def agrees(self) -> None:
        """Besides positions and books, the classes."""
        super().agrees()
        stored = dict(LoanStanding.objects.values_list("loan__loan_no", "risk_class"))
        for loan in self.loans:
            assert stored.get(loan.loan_no, "normal") == CLASSES[self.ranks[loan.loan_no]], loan.loan_no
            assert Loan.objects.get(loan_no=loan.loan_no).carrying == loan.carrying, loan.loan_no

    def _adjust(self, ledger: PlainLedger) -> None:
        owed = sum(amount for _number, _loan, amount, _on in self.paid_back)
        ledger.balances["refunds"] -= owed
        ledger.balances["bank"] -= self.left_the_bank

    def _tax_agrees(self, ledger: PlainLedger) -> None:
        """Tax of interest that was due before a stop stays paid: it is compared where all loans accrue."""
        if all(loan.carrying == "performing" for loan in self.loans):
            super()._tax_agrees(ledger)

    def over(self, days: int, step: int) -> None:
        """So many days, some of them caught up several at a time."""
        end = business_date() + timedelta(days=days)
        while business_date() < end:
            self.day(acts=4, days=self.draw.choice((1, step)))
            self.agrees()
