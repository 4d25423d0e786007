"""A random walk: people do what they may do with a few loans, day after day, and the model is told what they did."""

import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.apps import apps

from axle.amortization.public import (
    Charge,
    Deferral,
    Disbursement,
    DueDayChange,
    Event,
    Extension,
    FeeBand,
    PartialPrepayment,
    Payoff,
    Prepayment,
    RateChange,
    Receipt,
    Reversal,
    Rules,
    Terms,
    event_from_json,
)
from axle.config.demo.institution import BUSINESS_ON, Place
from axle.kernel.money import Fen, parse_yuan, yuan
from axle.payments.public import PayeeAccount, SettledPayout, settled_payouts_import
from axle.platform.models import User
from axle.platform.public import Subject, acting, business_date, eod_run, parameter_set, system_actor
from axle.platform.testing import ApiClient, client_for
from axle.servicing.models import Loan, LoanChange, LoanEvent
from axle.servicing.parameters import ACCRUAL_POLICY, SIGNED_KINDS
from axle.servicing.services.loan_open import loan_open
from axle.servicing.tests.factories import make_opening
from tests.model.books import balances_posted, rows_stored, tax_posted
from tests.model.ownership import DatedLife, Ownership
from tests.model.plain_ledger import TAX, PlainLedger

REFUSALS = {
    "change_used_up", "change_while_overdue", "extension_too_long", "holiday_over_limit", "term_over_cap",
    "rate_unchanged", "change_open", "loan_not_in_force", "prepayment_settles", "prepayment_too_small",
    "prepayment_not_possible", "payoff_quote_expired", "nothing_to_come", "receipt_state_refused",
    "first_due_too_early", "negative_amortization", "acceleration_too_early", "accelerated_already", "arrears_open",
    "write_off_too_early", "written_off_already", "refund_stands", "refund_over_waiting", "refund_open",
    "pool_empty", "holiday_needs_principal", "claim_not_ours",
}  # fmt: skip
"""What people may be told; nothing has changed then."""
_REGION = "华东区"
PAYER = "6222021234567890123"


@dataclass(frozen=True)
class Changed:
    """A change that was carried out, with its events, and how the loan was carried before it."""

    change_no: str
    kind: str
    event_nos: list[str]
    carrying: str


@dataclass
class Followed:
    """A loan in the database with the events that the model knows of it."""

    loan_no: str
    terms: Terms
    rules: Rules
    events: list[Event]
    customer_id: int
    receipts: list[str] = field(default_factory=list)
    changes: list[Changed] = field(default_factory=list)
    carrying: str = "performing"
    ownership: Ownership = field(default_factory=Ownership)

    def life(self, on: date) -> DatedLife:
        """The slow model at the end of a day."""
        life = DatedLife(self.terms, self.rules)
        life.run(self.events, on)
        return life


class Walk:
    """One institution, a few loans, and what happens to them. Without a policy of its own interest always accrues."""

    accrual_policy = "stage_3_net"

    def __init__(self, place: Place, seed: int, *, loans: int = 4, periods: Sequence[int] = (3, 6, 12, 24)) -> None:
        self.periods = periods
        self._parameter(SIGNED_KINDS.code, [])  # changes are carried out when they are approved
        self._parameter(ACCRUAL_POLICY.code, self.accrual_policy)
        self.place, self.draw = place, random.Random(seed)
        self.desks: dict[str, ApiClient] = {}
        self.told: Counter[str] = Counter()
        self.unmatched: dict[str, int] = {}
        self.loans = [self._opened(number) for number in range(1, loans + 1)]

    def _parameter(self, code: str, value: Any) -> None:
        actor, on = system_actor("demo"), business_date()
        parameter_set(actor=actor, code=code, value=value, effective_from=on, legal_entity_id=None, note="")

    # --- the loans ---

    def _opened(self, number: int) -> Followed:
        return self._open(number, self._terms(), self._rules())

    def opened_like(self, other: Followed, number: int) -> Followed:
        """A loan with the terms and rules of another one, begun today."""
        loan = self._open(number, other.terms, other.rules)
        self.loans.append(loan)
        return loan

    def _open(self, number: int, terms: Terms, rules: Rules) -> Followed:
        start, place = business_date(), self.place
        opening = replace(
            make_opening(number),
            legal_entity_id=place.entity_id,
            department_id=place.departments[_REGION],
            owner_id=place.managers[_REGION],
            bank_account_id=place.bank_account_id,
        )
        self._seen_by_its_manager(opening.customer_id)
        actor = system_actor("demo")
        with acting(actor, "walk"):
            settled_payouts_import(actor=actor, payouts=[self._payout(number, terms)])
            loan = loan_open(actor=actor, opening=opening, terms=terms, rules=rules, business_on=start)
        disbursed = Disbursement(id=self._last_event(loan.loan_no), on=start, amount=terms.principal)
        return Followed(loan.loan_no, terms, rules, [disbursed], loan.customer_id)

    def _seen_by_its_manager(self, customer_id: int) -> None:
        place = {"department_id": self.place.departments[_REGION], "owner_id": self.place.managers[_REGION]}
        apps.get_model("party.Customer").objects.filter(pk=customer_id).update(**place)

    def _payout(self, number: int, terms: Terms) -> SettledPayout:
        """What the bank paid out for a loan."""
        return SettledPayout(
            order_no=f"PO-{number}",
            legal_entity_id=self.place.entity_id,
            department_id=None,
            owner_id=None,
            bank_account_id=self.place.bank_account_id,
            amount=terms.principal,
            payee=PayeeAccount("经销商", "银行", "6222000000000001"),
            purpose="购车款",
            ref=Subject("application", number),
            value_on=terms.start_on,
            bank_serial=f"B{number}",
        )

    def _terms(self) -> Terms:
        return Terms(
            principal=Fen(self.draw.randrange(10_000_00, 200_000_00)),
            annual_rate=Decimal(self.draw.randrange(1, 2400)) / 10_000,
            method=self.draw.choice(("level_payment", "level_payment", "level_principal", "flat", "interest_first")),
            periods=self.draw.choice(self.periods),
            start_on=business_date(),
            day_count=self.draw.choice(("30/360", "actual/360", "actual/365", "actual/actual")),
        )

    def _rules(self) -> Rules:
        draw = self.draw
        return Rules(
            penalty_rate=Decimal(draw.choice(("0", "0.135", "0.18"))),
            compound_rate=Decimal(draw.choice(("0", "0.135"))),
            grace_days=draw.choice((0, 3)),
            grace_is_retroactive=draw.random() < 0.5,
            allocation_mode=draw.choice(("horizontal", "vertical")),
            prepayment=Prepayment(
                fee_bands=(FeeBand(before_month=None, rate=Decimal(draw.choice(("0", "0.03")))),),
                interest_to=draw.choice(("date", "period_end")),
            ),
        )

    # --- a day ---

    def day(self, acts: int, days: int = 1) -> None:
        """Up to so many acts, then the end of the day, or of several days at once."""
        for _number in range(self.draw.randrange(acts + 1)):
            self.draw.choice(self._acts())(self.draw.choice(self.loans))
            self._after()
        eod_run(until=business_date() + timedelta(days=days - 1))
        self._after()

    @property
    def age(self) -> int:
        """How many days have been closed."""
        return (business_date() - BUSINESS_ON).days

    def _acts(self) -> list[Callable[[Followed], object]]:
        often = [self.pay_what_is_due, self.pay_what_is_due, self.pay_something, self.pay_late]
        seldom = [self.reverse, self.charge, self.prepay, self.pay_off, self.change, self.take_change_back]
        return [*often, *often, *seldom, self.suspend, self.match, self.reject]

    def do(self, username: str, command: str, **data: Any) -> Any:
        """Send a command; gives its answer, or None where it was refused."""
        answer = self._send(username, command, data)
        for loan in self.loans:
            self._adopt(loan)
        return answer

    def _after(self) -> None:
        """Whose the money is that was paid: once a claim is sold, of what is told from then on the buyer's."""
        for loan in self.loans:
            if loan.ownership.was_sold:
                loan.ownership.note(loan.life(business_date()))

    def _adopt(self, loan: Followed) -> None:
        """The last fen of a loan is let go, or owed again, without anybody's asking; that this is due is seen here."""
        rows = LoanEvent.objects.filter(loan__loan_no=loan.loan_no, kind__in=["waiver", "reversal"]).order_by("pk")
        known = {event.id for event in loan.events}
        for payload in rows.values_list("payload", flat=True):
            event = event_from_json(payload)
            if event.id in known or (isinstance(event, Reversal) and not event.of.startswith("WX")):
                continue
            loan.events.append(event)

    def _send(self, username: str, command: str, data: dict[str, Any]) -> Any:
        if username not in self.desks:
            self.desks[username] = client_for(User.objects.get(username=username))
        status, body = self.desks[username].command(command, data)
        self.told[f"{command}: {'done' if status in (200, 202) else body.get('code')}"] += 1
        assert status in (200, 202) or body.get("code") in REFUSALS, (command, data, status, body)
        return body if status in (200, 202) else None

    def twice(self, maker: str, checker: str, command: str, **data: Any) -> None:
        """A command that a second person lets happen."""
        asked = self.do(maker, command, **data)
        self.do(checker, "pending_command_approve", pending_no=asked["pending_no"])

    # --- money ---

    def pay_what_is_due(self, loan: Followed) -> None:
        """All that is owed today, or the next instalment ahead of its day."""
        life = loan.life(business_date())
        rows = life.future[:1]
        owed = life.owed_now() or sum(rows[0].due.values() if rows else [])
        if owed:
            self.receive(loan, owed, business_date())

    def pay_something(self, loan: Followed) -> None:
        """Any amount."""
        self.receive(loan, self.draw.randrange(1, loan.terms.principal // 4), business_date())

    def pay_late(self, loan: Followed) -> None:
        """Money that came in days ago."""
        on = business_date() - timedelta(days=self.draw.randrange(1, 40))
        self.receive(loan, self.draw.randrange(1, loan.terms.principal // 6), max(on, loan.terms.start_on))

    def receive(self, loan: Followed, amount: int, on: date, **more: Any) -> str | None:
        """Register and confirm; gives the number, or None where somebody refused."""
        made = {name: value for name, value in more.items() if name != "event"}
        number = self._register(loan.loan_no, amount, on, **made)
        if number is None or self.do("accountant", "receipt_confirm", receipt_no=number) is None:
            return None
        event = more.get("event") or Receipt(id="", on=on, amount=Fen(amount))
        loan.events.append(replace(event, id=number))
        loan.receipts.append(number)
        return number

    def _register(self, loan_no: str | None, amount: int, on: date, **more: Any) -> str | None:
        whose = {"loan_no": loan_no} if loan_no else {"legal_entity_id": self.place.entity_id}
        given = {"amount": yuan(Fen(amount)), "value_on": on.isoformat(), "payer_name": "张三", "payer_account": PAYER}
        body = self.do("cashier", "receipt_register", **whose, **given, **more)
        return body and str(body["receipt_no"])

    def reject(self, loan: Followed) -> None:
        """Money that finance does not find."""
        number = self._register(loan.loan_no, 12_345, business_date())
        if number:
            self.do("accountant", "receipt_reject", receipt_no=number, reason="未到账")

    def suspend(self, loan: Followed) -> None:
        """Money of nobody knows whom."""
        amount = self.draw.randrange(1, 500_000)
        number = self._register(None, amount, business_date() - timedelta(days=self.draw.randrange(3)))
        if number and self.do("accountant", "receipt_confirm", receipt_no=number):
            self.unmatched[number] = amount

    def match(self, loan: Followed) -> None:
        """Somebody knows whose it is."""
        if not self.unmatched:
            return
        number = self.draw.choice(sorted(self.unmatched))
        if self.do("accountant", "receipt_match", receipt_no=number, loan_no=loan.loan_no):
            on = LoanEvent.objects.get(event_no=number).on
            loan.events.append(Receipt(id=number, on=on, amount=Fen(self.unmatched.pop(number))))
            loan.receipts.append(number)

    def reverse(self, loan: Followed) -> None:
        """A receipt that was none."""
        if not loan.receipts:
            return
        number = self.draw.choice(loan.receipts)
        if self.do("finance_manager", "receipt_reverse", receipt_no=number, reason="登记错误"):
            loan.receipts.remove(number)
            self._reversed(loan, number)

    def _reversed(self, loan: Followed, number: str) -> None:
        target = next(event for event in loan.events if event.id == number)
        loan.events.append(Reversal(id=f"of {number}", on=target.on, of=number))

    def charge(self, loan: Followed) -> None:
        """A fee."""
        amount = self.draw.randrange(1, 50_000)
        if self.do("cashier", "fee_charge", loan_no=loan.loan_no, amount=yuan(Fen(amount)), code="tow"):
            number = self._last_event(loan.loan_no)
            loan.events.append(Charge(id=number, on=business_date(), amount=Fen(amount), code="tow"))

    def prepay(self, loan: Followed) -> None:
        """A part of the principal early."""
        amount, on = self.draw.randrange(1, loan.terms.principal), business_date()
        mode = self.draw.choice(("keep_term", "keep_instalment"))
        event = PartialPrepayment(id="", on=on, amount=Fen(amount), mode=mode)
        self.receive(loan, amount, on, prepayment_mode=mode, event=event)

    def pay_off(self, loan: Followed) -> None:
        """The rest at once, by a quote."""
        if self.draw.random() < 0.6:
            return
        on = business_date()
        quote = self.do("cashier", "payoff_quote_create", loan_no=loan.loan_no, on=on.isoformat())
        if quote is None:
            return
        total = parse_yuan(quote["total"])
        assert total == loan.life(on).payoff_total()
        if total:
            event = Payoff(id="", on=on, amount=total)
            self.receive(loan, total, on, payoff_quote_no=quote["quote_no"], event=event)

    # --- changes ---

    def change(self, loan: Followed) -> None:
        """Another due day, more instalments, another rate, a holiday."""
        command, data, event = self.draw.choice([self._due_day, self._longer, self._rate, self._holiday])()
        self.agree(loan, command, [event], reason="客户申请", **data)

    def agree(self, loan: Followed, command: str, events: Sequence[Event], **data: Any) -> bool:
        """One asks for a change, another agrees to it, or else it is withdrawn."""
        asked = self.do("account_manager", command, loan_no=loan.loan_no, **data)
        if asked is None:
            return False
        number, version = str(asked["change_no"]), Loan.objects.get(loan_no=loan.loan_no).version
        if self.do("finance_manager", "loan_change_approve", change_no=number, version=version) is None:
            self.do("account_manager", "loan_change_withdraw", change_no=number)
            return False
        change = LoanChange.objects.get(change_no=number)
        loan.changes.append(Changed(number, change.kind, change.event_nos, loan.carrying))
        loan.events += [replace(event, id=no) for event, no in zip(events, change.event_nos, strict=True)]
        return True

    def _due_day(self) -> tuple[str, dict[str, Any], Event]:
        day = self.draw.randrange(1, 29)
        return "due_day_change_request", {"due_day": day}, DueDayChange(id="", on=business_date(), due_day=day)

    def _longer(self) -> tuple[str, dict[str, Any], Event]:
        more = self.draw.randrange(1, 4)
        return "extension_request", {"more_periods": more}, Extension(id="", on=business_date(), periods=more)

    def _rate(self) -> tuple[str, dict[str, Any], Event]:
        rate = Decimal(self.draw.randrange(1, 2400)) / 10_000
        given = {"new_annual_rate": str(rate)}
        return "rate_change_request", given, RateChange(id="", on=business_date(), annual_rate=rate)

    def _holiday(self) -> tuple[str, dict[str, Any], Event]:
        count, kind = self.draw.randrange(1, 3), self.draw.choice(("carried", "paid", "waived"))
        event = Deferral(id="", on=business_date(), periods=count, interest=kind)
        return "payment_holiday_request", {"periods_off": count, "holiday_interest": kind}, event

    def take_change_back(self, loan: Followed) -> Changed | None:
        """The last change did not count; gives it."""
        if not loan.changes:
            return None
        last = loan.changes[-1]
        if self.do("finance_manager", "loan_change_reverse", change_no=last.change_no, reason="客户撤回") is None:
            return None
        loan.changes.pop()
        for number in last.event_nos:
            self._reversed(loan, number)
        return last

    def _last_event(self, loan_no: str) -> str:
        """The number that the product gave the event it just kept: events of one day count in their order."""
        rows = LoanEvent.objects.filter(loan__loan_no=loan_no).order_by("-pk").values_list("event_no", flat=True)
        return str(rows[0])

    # --- what must be so ---

    def agrees(self) -> None:
        """Positions, plans and books are those of the model."""
        on = business_date()
        lives = {loan.loan_no: loan.life(on) for loan in self.loans}
        for loan in self.loans:
            stored, life = Loan.objects.get(loan_no=loan.loan_no), lives[loan.loan_no]
            assert stored_position(stored) == _modelled(life), (on, loan.loan_no, loan.events)
            assert rows_stored(stored) == _rows(life), (on, loan.loan_no, loan.events)
        ledger = PlainLedger(sum(self.unmatched.values()))
        for loan in self.loans:
            ledger.add(lives[loan.loan_no], loan.carrying, loan.ownership)
        self._adjust(ledger)
        posted = balances_posted()
        differences = {
            name: (posted[name], balance) for name, balance in ledger.balances.items() if posted[name] != balance
        }
        assert not differences, (on, differences, [(loan.loan_no, loan.carrying) for loan in self.loans])
        self._tax_agrees(ledger)
        self._deferred_tax_agrees([lives[loan.loan_no] for loan in self.loans if loan.carrying == "performing"])

    def _adjust(self, ledger: PlainLedger) -> None:
        """What this walk knows besides the loans."""

    def _tax_agrees(self, ledger: PlainLedger) -> None:
        tax, lines = tax_posted()
        assert abs(tax - ledger.tax) <= Decimal(lines) / 2, (tax, float(ledger.tax), lines)

    def _deferred_tax_agrees(self, lives: Sequence[DatedLife]) -> None:
        """Tax is deferred on what accruing loans have earned and what has not fallen due, the day itself included."""
        tax, lines = tax_posted("2221.05")
        earned = sum(life.accrued_total() for life in lives)
        today = [
            row for life in lives for row in life.fallen if row.due_on == life.today and row.name[0] == "instalment"
        ]
        expected = (earned + sum(row.due["interest"] for row in today)) * TAX
        assert abs(tax - expected) <= Decimal(lines) / 2, (tax, float(expected), lines)


def stored_position(loan: Loan) -> dict[str, Any]:
    """Where a loan stands, as its row says."""
    return {
        "principal": loan.principal_balance,
        "waits": loan.unapplied,
        "interest paid": loan.interest_paid,
        "fees owed": loan.fee_outstanding,
        "oldest unpaid": loan.next_unpaid_due_on,
        "is settled": loan.state == "settled",
        "rate": loan.annual_rate,
    }


def _modelled(life: DatedLife) -> dict[str, Any]:
    unpaid = [row.due_on for row in life.fallen if row.name[0] != "charge" and row.owes_anything()]
    unpaid += [row.due_on for row in life.future]
    return {
        "principal": life.lent - life.total("paid", "principal") - life.total("waived", "principal"),
        "waits": life.unapplied(),
        "interest paid": life.total("paid", "interest"),
        "fees owed": life.total("due", "fee") - life.total("paid", "fee") - life.total("waived", "fee"),
        "oldest unpaid": min(unpaid, default=None),
        "is settled": life.is_settled(),
        "rate": life.terms.annual_rate,
    }


def _rows(life: DatedLife) -> list[Any]:
    plan = [row for row in [*life.fallen, *life.future] if row.name[0] != "charge"]
    parts = ("principal", "interest", "fee")
    return sorted(
        (row.name[0], row.due_on, *(row.due[part] for part in parts), *(row.paid[part] for part in parts))
        for row in plan
    )
