"""A random walk over loans that go bad: late for months, no longer accruing, restructured, written off, recovered;
money that goes back to its payer, is divided, or turns out to be another's; debts that others take over, claims that
are sold."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

from axle.amortization.public import (
    Acceleration,
    AccrualResumption,
    Deferral,
    Event,
    Extension,
    RateChange,
    Receipt,
    Refund,
    Reversal,
    WriteOff,
)
from axle.kernel.money import Fen, yuan
from axle.party.public import bank_card_add
from axle.platform.public import Subject, acting, business_date, system_actor
from axle.servicing.models import Loan, LoanChange, LoanEvent, LoanStanding
from axle.servicing.models import Refund as RefundRow
from axle.servicing.parameters import CLASS_DAYS, EXTENSION_OVERDUE_DAYS, EXTENSIONS, NON_ACCRUAL_DAYS, WRITE_OFF_RULES
from axle.servicing.services.change_execute import change_conclude
from tests.journeys import papers
from tests.journeys.car_loan import BUYER
from tests.journeys.people import at_desk
from tests.model.bank import Order
from tests.model.plain_ledger import PlainLedger
from tests.model.sales import Sales
from tests.model.walk import PAYER, Changed, Followed

STOP_AFTER, WRITE_OFF_AFTER = 30, 35
CLASS_AFTER = {"normal": -1, "special_mention": 5, "substandard": 30, "doubtful": 45, "loss": 75}
"""Days past due after which a loan is at least so classed: all sooner than in life, so that a walk gets there."""
CLASSES = tuple(CLASS_AFTER)
CARD = "6222021001122334458"


class HardTimes(Sales):
    """People who seldom pay, and what is done about them."""

    accrual_policy = "non_accrual"

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self._parameter(WRITE_OFF_RULES.code, [{"ground": "long_overdue", "least_days_past_due": WRITE_OFF_AFTER}])
        self._parameter(NON_ACCRUAL_DAYS.code, STOP_AFTER)
        self._parameter(CLASS_DAYS.code, list(CLASS_AFTER.values())[1:])
        self._parameter(EXTENSION_OVERDUE_DAYS.code, 90)
        self._parameter(EXTENSIONS.code, 3)
        self.ranks: Counter[str] = Counter()
        self.file_id: int | None = None
        actor = system_actor("demo")
        with acting(actor, "walk"):
            for loan in self.loans:
                bank_card_add(actor=actor, customer_id=loan.customer_id, card_no=CARD, bank_name="工商银行")

    def day(self, acts: int, days: int = 1) -> None:
        """As ever; then a morning on which loans stand worse than before."""
        super().day(acts, days)
        for loan in self.loans:
            self._stops(loan)
        for loan in self.loans:
            self._stands(loan)

    def _late(self, loan: Followed) -> int:
        life, today = loan.life(business_date()), business_date()
        unpaid = [row.due_on for row in life.fallen if row.name[0] != "charge" and row.owes_anything()]
        return 0 if life.is_settled() or loan.carrying == "sold" else (today - min(unpaid, default=today)).days

    def _stops(self, loan: Followed) -> None:
        if loan.carrying == "performing" and self._late(loan) > STOP_AFTER:
            loan.carrying = "non_accrual"

    def _stands(self, loan: Followed) -> None:
        """A loan is late for too long, or another one of its debtor is, and classed by that; nothing makes it better
        by itself."""
        if loan.life(business_date()).is_settled() or loan.carrying == "sold":
            return
        days = max(self._late(other) for other in self.loans if other.customer_id == loan.customer_id)
        by_days = max(CLASSES.index(name) for name, after in CLASS_AFTER.items() if days > after)
        by_carrying = {"performing": 0, "non_accrual": 2, "written_off": 4}[loan.carrying]
        times = sum(change.kind == "restructuring" for change in loan.changes)
        by_times = (0, 1, 3)[min(times, 2)]
        self.ranks[loan.loan_no] = max(self.ranks[loan.loan_no], by_days, by_carrying, by_times)

    def _acts(self) -> list[Callable[[Followed], object]]:
        money = [self.pay_something, self.pay_late, self.catch_up, self.reverse, self.charge, self.suspend, self.match]
        back = [self.refund, self.bank_answers, self.divide, self.not_theirs]
        ends = [self.call_due, self.write_off, self.write_off, self.resume, self.resume, self.leave_little]
        changes = [self.change, self.restructure, self.hand_over, self.undo]
        sales = [self.freeze, self.close, self.buy_back, self.price_comes, self.buyer_is_paid]
        return [*money, *back, *back, *ends, *changes, *sales, *sales, self.prepay, self.pay_off]

    # --- money ---

    def catch_up(self, loan: Followed) -> None:
        """All that is owed is paid at once."""
        owed = loan.life(business_date()).owed_now()
        if owed and self.draw.random() < 0.5:
            self.receive(loan, owed, business_date())

    def pay_off(self, loan: Followed) -> None:
        """Seldom: a loan that is settled has nothing more to tell."""
        if self.draw.random() < 0.1:
            super().pay_off(loan)

    def leave_little(self, loan: Followed) -> None:
        """All but a few fen of the last that is owed."""
        life = loan.life(business_date())
        if not life.future and life.owed_now() > 100:
            self.receive(loan, life.owed_now() - self.draw.randrange(1, 101), business_date())

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
            back = lambda: loan.events.append(Reversal(id=f"of {number}", on=on, of=number))  # noqa: E731
            subject = Subject("refund", RefundRow.objects.get(refund_no=number).pk)
            self.orders.append(Order(subject, amount, "refunds", refused=back))

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

    # --- changes ---

    def restructure(self, loan: Followed) -> None:
        """Term, rate and a holiday at once, because the debtor cannot pay."""
        today, asked, events = business_date(), dict[str, Any](), list[Event]()
        rate = Decimal(self.draw.randrange(1, 1200)) / 10_000 if self.draw.random() < 0.5 else None
        given = {} if rate is None else {"new_annual_rate": str(rate)}
        if self.draw.random() < 0.6:
            more = self.draw.randrange(1, 7)
            asked |= {"more_periods": more} | given
            events.append(Extension(id="", on=today, periods=more, annual_rate=rate))
        elif rate is not None:
            asked |= given
            events.append(RateChange(id="", on=today, annual_rate=rate))
        if self.draw.random() < 0.5 or not events:
            off, kind = self.draw.randrange(1, 3), self.draw.choice(("carried", "paid", "waived"))
            asked |= {"periods_off": off, "holiday_interest": kind}
            events.append(Deferral(id="", on=today, periods=off, interest=kind))
        self.agree(loan, "restructuring_request", events, reason="客户困难", **asked)

    def hand_over(self, loan: Followed) -> None:
        """Another customer owes the loan; that both debtors sign is another test's."""
        others = sorted({other.customer_id for other in self.loans} - {loan.customer_id})
        if not others:
            return
        customer_id = self.draw.choice(others)
        asked = self.do(
            "account_manager", "debt_transfer_request", loan_no=loan.loan_no, reason="协议", customer_id=customer_id
        )
        if asked is None:
            return
        number, version = str(asked["change_no"]), Loan.objects.get(loan_no=loan.loan_no).version
        if self.do("finance_manager", "loan_change_approve", change_no=number, version=version) is None:
            self.do("account_manager", "loan_change_withdraw", change_no=number)
            return
        change = LoanChange.objects.get(change_no=number)
        with acting(system_actor("signing"), "walk"):
            change_conclude(change.document_id or 0)
        loan.changes.append(Changed(number, change.kind, [], str(loan.customer_id)))
        loan.customer_id = customer_id

    def undo(self, loan: Followed) -> None:
        """The last change did not count; what it changed is as before."""
        if loan.carrying == "sold" and loan.changes and loan.changes[-1].kind == "accrual_resumption":
            return  # nobody would
        last = self.take_change_back(loan)
        if last and last.kind == "debt_transfer":
            loan.customer_id = int(last.carrying)
        elif last and last.kind in ("write_off", "accrual_resumption"):
            loan.carrying = last.carrying

    def call_due(self, loan: Followed) -> None:
        """All is due at once."""
        self.agree(loan, "acceleration_request", [Acceleration(id="", on=business_date())], reason="催收无果")

    def write_off(self, loan: Followed) -> None:
        """Nothing more is expected."""
        events = [WriteOff(id="", on=business_date())]
        if self.agree(loan, "write_off_request", events, reason="催收无果", file_id=self._evidence()):
            loan.carrying = "written_off"

    def resume(self, loan: Followed) -> None:
        """Interest is income again."""
        events = [AccrualResumption(id="", on=business_date())]
        if loan.carrying == "non_accrual" and self.agree(loan, "accrual_resumption_request", events, reason="恢复"):
            loan.carrying = "performing"
            loan.events.pop()  # nothing of it is seen in what is owed
            loan.changes[-1] = replace(loan.changes[-1], event_nos=[])

    def _evidence(self) -> int:
        if self.file_id is None:
            self.file_id = at_desk("account_manager").upload(papers.id_back(BUYER))
        return self.file_id

    # --- what must be so ---

    def agrees(self) -> None:
        """Besides positions and books, the classes."""
        super().agrees()
        stored = dict(LoanStanding.objects.values_list("loan__loan_no", "risk_class"))
        for loan in self.loans:
            assert stored.get(loan.loan_no, "normal") == CLASSES[self.ranks[loan.loan_no]], loan.loan_no
            assert Loan.objects.get(loan_no=loan.loan_no).carrying == loan.carrying, loan.loan_no

    def _adjust(self, ledger: PlainLedger) -> None:
        super()._adjust(ledger)
        paid_back = [order.amount for order in self.orders if order.clears == "refunds"]
        ledger.balances["refunds"] -= sum(paid_back) + self.paid["refunds"]

    def _tax_agrees(self, ledger: PlainLedger) -> None:
        """Tax of interest that was due before a stop stays paid: it is compared where all loans accrue."""
        if all(loan.carrying in ("performing", "sold") for loan in self.loans):
            super()._tax_agrees(ledger)

    def over(self, days: int, step: int) -> None:
        """So many days, some of them caught up several at a time."""
        end = business_date() + timedelta(days=days)
        while business_date() < end:
            self.day(acts=24, days=self.draw.choice((1, step)))
            self.agrees()
