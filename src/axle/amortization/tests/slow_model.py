"""A second model of the engine: slow, simple, and built on other algorithms.

Fractions instead of scaled integers; the level instalment by discounting instead of compounding; a walk over every
single day instead of a jump from event to event; penalty added day by day. It supports what the property tests
generate: monthly arrears without stub, four methods, four day counts.
"""

from bisect import bisect_left
from calendar import isleap, monthrange
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from functools import cache
from typing import Any

from axle.amortization.kinds import RANK
from axle.amortization.public import (
    Charge,
    Disbursement,
    Event,
    PartialPrepayment,
    Payoff,
    Receipt,
    Refund,
    Reversal,
    Rules,
    Terms,
    Waiver,
)

DAY = timedelta(days=1)
COMPONENTS = ("fee", "penalty", "compound", "interest", "principal")


def to_fen(amount: Fraction) -> int:
    """Half up; the model has no negative amounts."""
    return int(amount + Fraction(1, 2))


def month_later(start: date, months: int) -> date:
    """Same day ``months`` later, or the last day of a shorter month; one month at a time."""
    year, month = start.year, start.month
    for _ in range(months):
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return date(year, month, min(start.day, monthrange(year, month)[1]))


@dataclass
class SlowRow:
    """A row with exact interest; amounts by component name."""

    name: tuple[str, int, str]
    due_on: date
    starts_on: date
    days: int
    exact: Fraction
    due: dict[str, int]
    paid: dict[str, int] = field(default_factory=lambda: dict.fromkeys(COMPONENTS, 0))
    waived: dict[str, int] = field(default_factory=lambda: dict.fromkeys(COMPONENTS, 0))
    moved: dict[str, int] = field(default_factory=lambda: dict.fromkeys(COMPONENTS, 0))
    carried: int = 0
    joins: int = 0
    reopened_on: date | None = None
    penalty: Fraction = Fraction(0)
    compound: Fraction = Fraction(0)

    def owes(self, component: str) -> int:
        return self.due[component] - self.paid[component] - self.waived[component] - self.moved[component]

    def owes_anything(self) -> bool:
        return any(self.owes(component) for component in COMPONENTS)


def counted_days(terms: Terms, start: date, end: date) -> int:
    """Days between dates; under 30/360 day 31 does not count, under actual/actual a day weighs what its year is not."""
    if terms.day_count == "actual/actual":
        return weighed_days(start, end)
    if terms.day_count == "30/360":
        months = (end.year - start.year) * 12 + end.month - start.month
        return months * 30 + min(end.day, 30) - min(start.day, 30)
    return (end - start).days


@cache
def weighed_days(start: date, end: date) -> int:
    """Day by day: 365 in a leap year and 366 in another, 31 December belonging to the year that follows."""
    days = [start + DAY * index for index in range((end - start).days)]
    return sum(365 if isleap((day + DAY).year) else 366 for day in days)


def year_length(terms: Terms) -> int:
    return {"actual/365": 365, "actual/actual": 365 * 366}.get(terms.day_count, 360)


def slow_rows(
    terms: Terms,
    balance: int,
    periods: list[tuple[int, date, date, int]],
    *,
    level: int | None = None,
    flat_base: int | None = None,
    carried: int = 0,
) -> tuple[list[SlowRow], int]:
    """Rows over (no, start, due, days), and what stays level. ``level`` given: keep it, drop rows not needed."""
    rates = [terms.annual_rate * days for _, _, _, days in periods]
    factors = [Fraction(rate) / year_length(terms) for rate in rates]
    base = flat_base if terms.method == "flat" and flat_base is not None else balance
    if base:
        factors[0] += Fraction(carried, base)
    keep = level is not None
    count = len(periods)
    if level is None:
        level = _level(terms, balance, factors)
    rows, left = [], balance
    for index, ((no, start, due, days), factor) in enumerate(zip(periods, factors, strict=True)):
        base = (flat_base if flat_base is not None else balance) if terms.method == "flat" else left
        exact = base * factor if left or terms.method == "flat" else Fraction(0)
        interest = to_fen(exact)
        principal = _principal(terms, level, interest, keep)
        if index == count - 1 or principal > left:
            principal = left
        if not (keep and left == 0):
            amounts = dict.fromkeys(COMPONENTS, 0) | {"interest": interest, "principal": principal}
            part = carried if index == 0 else 0
            rows.append(SlowRow(("instalment", no, ""), due, start, days, exact - part, amounts, carried=part))
        left -= principal
    return rows, level


def _level(terms: Terms, balance: int, factors: list[Fraction]) -> int:
    if terms.method in ("level_principal", "flat"):
        return to_fen(Fraction(balance, len(factors)))
    if terms.method == "interest_first":
        return 0
    worth, discount = Fraction(0), Fraction(1)
    for factor in factors:
        discount /= 1 + factor
        worth += discount
    return to_fen(balance / worth)


def _principal(terms: Terms, level: int, interest: int, keep: bool) -> int:
    if terms.method == "level_payment" or (terms.method == "flat" and keep):
        return max(level - interest, 0)
    return level


def slow_schedule(terms: Terms) -> tuple[list[SlowRow], int]:
    dates = [month_later(terms.start_on, terms.every * k) for k in range(terms.periods + 1)]
    periods = []
    for no in range(1, terms.periods + 1):
        start, due = dates[no - 1], dates[no]
        days = 30 * terms.every if terms.day_count == "30/360" else counted_days(terms, start, due)
        periods.append((no, start, due, days))
    return slow_rows(terms, terms.principal, periods)


class SlowLoan:
    """One loan walked day by day."""

    def __init__(self, terms: Terms, rules: Rules) -> None:
        self.terms, self.rules = terms, rules
        self.original, level = slow_schedule(terms)
        self.level = level + self.original[0].due["interest"] if terms.method == "flat" else level
        self.flat_base = int(terms.principal)
        self.future: list[SlowRow] = []
        self.fallen: list[SlowRow] = []
        self.purse: list[list[Any]] = []
        self.plain: list[str] = []
        self.today = terms.start_on

    def run(self, events: list[Event], as_of: date) -> "SlowLoan":
        dead = {event.of for event in events if isinstance(event, Reversal) and event.on <= as_of}
        alive = [event for event in events if event.id not in dead and not isinstance(event, Reversal)]
        while self.today <= as_of:
            self._accrue_yesterday()
            due_today = [row for row in self.future if row.due_on == self.today]
            for row in due_today:
                self.future.remove(row)
                self.fallen.append(row)
                self._pay()
            todays = [event for event in alive if event.on == self.today]
            for event in sorted(todays, key=lambda event: (RANK[type(event)], event.id)):
                self._happen(event)
            self.today += DAY
        self.today -= DAY
        return self

    # --- a day ---

    def _accrue_yesterday(self) -> None:
        rules = self.rules
        for row in self.fallen:
            late = (self.today - row.due_on).days
            if late <= rules.grace_days or not row.owes("principal") + row.owes("interest"):
                continue
            days = self._penalty_days(row, late)
            base = row.owes("principal")
            if rules.penalty_base == "instalment":
                base += row.owes("interest")
            row.penalty += Fraction(rules.penalty_rate) * base * days / rules.penalty_year_days
            row.compound += Fraction(rules.compound_rate) * row.owes("interest") * days / rules.penalty_year_days
            row.due["penalty"] = self._capped(to_fen(row.penalty), row, rules.penalty_cap)
            row.due["compound"] = self._capped(to_fen(row.compound), row, rules.compound_cap)

    @staticmethod
    def _capped(amount: int, row: SlowRow, cap: Any) -> int:
        owed = row.due["principal"] + row.due["interest"]
        return amount if cap is None or amount <= to_fen(Fraction(cap) * owed) else to_fen(Fraction(cap) * owed)

    def _penalty_days(self, row: SlowRow, late: int) -> int:
        """One day; on the first day after grace, those of the grace too."""
        since = self.today - DAY
        if late == self.rules.grace_days + 1 and self.rules.grace_is_retroactive:
            since = row.due_on
        if row.reopened_on is not None:
            since = max(since, row.reopened_on)
        return sum(not self.is_paused(since + DAY * index) for index in range((self.today - since).days))

    def is_paused(self, day: date) -> bool:
        return False

    def handlers(self) -> dict[type[Event], Any]:
        return {
            Disbursement: self._disburse,
            Charge: self._charge,
            Waiver: self._waive,
            Refund: self._refund,
            Payoff: self._settle_early,
            PartialPrepayment: self._prepay,
            Receipt: self._take,
        }

    def _happen(self, event: Event) -> None:
        self.handlers()[type(event)](event)

    def _disburse(self, event) -> None:
        self.future = list(self.original)

    def _charge(self, event) -> None:
        amounts = dict.fromkeys(COMPONENTS, 0) | {"fee": event.amount}
        self.fallen.append(SlowRow(("charge", 0, event.id), event.on, event.on, 0, Fraction(0), amounts))
        self._pay()

    def _waive(self, event) -> None:
        left = event.amount
        for row in self.fallen:
            if event.no is None or row.name == ("instalment", event.no, ""):
                part = min(left, row.owes(event.component))
                row.waived[event.component] += part
                left -= part

    def _refund(self, event) -> None:
        left = min(event.amount, self.unapplied())
        for money in reversed(self.purse):
            part = min(left, money[1])
            money[1] -= part
            left -= part

    def _take(self, event) -> None:
        self.purse.append([event.id, event.amount])
        self._pay()

    def _pay(self) -> None:
        rows, (order, mode) = self.fallen, self.allocation()
        if mode == "horizontal":
            slots = [(row, component) for row in rows for component in order]
        else:
            slots = [(row, component) for component in order for row in rows]
        for money in self.purse:
            for row, component in slots:
                part = min(money[1], row.owes(component))
                row.paid[component] += part
                money[1] -= part
                self._paid(money[0], row, component, part)

    def allocation(self) -> tuple[tuple[str, ...], str]:
        return self.rules.allocation_order, self.rules.allocation_mode

    def _paid(self, receipt: str, row: SlowRow, component: str, part: int) -> None:
        """Told of each part that was paid."""

    # --- early repayment ---

    def accrued(self, row: SlowRow) -> int:
        if self.today <= row.starts_on or not row.days:
            return row.carried
        passed = min(counted_days(self.terms, row.starts_on, self.today), row.days)
        return min(row.carried + to_fen(row.exact * passed / row.days), row.due["interest"])

    def accrued_total(self) -> int:
        return sum(self.accrued(row) for row in self.future)

    def principal_left(self) -> int:
        return sum(row.due["principal"] - row.joins for row in self.future)

    def fee_for(self, principal: int) -> int:
        if principal <= 0:
            return 0
        rule, start = self.rules.prepayment, self.terms.start_on
        age = 0
        while month_later(start, age + 1) <= self.today:
            age += 1
        for band in rule.fee_bands:
            if band.before_month is None or age < band.before_month:
                fee = rule.fee_fixed + to_fen(Fraction(band.rate) * principal)
                break
        else:
            fee = rule.fee_fixed
        fee = max(fee, rule.fee_min)
        return fee if rule.fee_max is None else min(fee, rule.fee_max)

    def owed_now(self) -> int:
        return sum(row.owes(component) for row in self.fallen for component in COMPONENTS)

    def early_interest(self) -> int:
        if self.rules.prepayment.interest_to == "date":
            return self.accrued_total()
        return sum(row.due["interest"] for row in self.future if row.starts_on < self.today or row.carried)

    def payoff_total(self) -> int:
        principal = self.principal_left()
        total = self.owed_now() + principal + self.early_interest() + self.fee_for(principal)
        return max(total - self.unapplied(), 0)

    def _settle_early(self, event) -> None:
        if event.amount < self.payoff_total():
            self.plain.append(event.id)
        elif self.future:
            principal = self.principal_left()
            self._fall_due_early(event.id, principal, self.early_interest(), self.fee_for(principal))
            self.future = []
        self._take(event)

    def _fall_due_early(self, ref: str, principal: int, interest: int, fee: int) -> None:
        amounts = dict.fromkeys(COMPONENTS, 0) | {"principal": principal, "interest": interest, "fee": fee}
        self.fallen.append(SlowRow(("prepayment", 0, ref), self.today, self.today, 0, Fraction(0), amounts))

    def _prepay(self, event: PartialPrepayment) -> None:
        money = event.amount + self.unapplied() - self.owed_now() - self.accrued_total()
        left = self.principal_left()
        principal = 0
        if money > 0:
            principal = bisect_left(range(left + 1), True, key=lambda p: p + self._cost(p) > money) - 1
        if principal >= left:
            self._settle_early(event)
            return
        if principal < self.rules.prepayment.principal_min:
            self.plain.append(event.id)
        else:
            interest = self.accrued_total() + self._to_period_end(principal)
            fee = self.fee_for(principal)
            self._fall_due_early(event.id, principal, interest, fee)
            self._lay_out(left, left - principal, event.mode or self.rules.prepayment.mode)
        self._take(event)

    def _cost(self, principal: int) -> int:
        return self.fee_for(principal) + self._to_period_end(principal)

    def _rest_of_period(self) -> tuple[date, int]:
        row = self.future[0]
        if row.starts_on >= self.today:
            return row.starts_on, row.days
        return self.today, max(row.days - counted_days(self.terms, row.starts_on, self.today), 0)

    def _is_running(self) -> bool:
        return bool(self.future) and (self.future[0].starts_on < self.today or self.future[0].carried > 0)

    def _to_period_end(self, principal: int) -> int:
        if self.rules.prepayment.interest_to == "date" or not self._is_running():
            return 0
        _, days = self._rest_of_period()
        return to_fen(Fraction(self.terms.annual_rate) * principal * days / year_length(self.terms))

    def _lay_out(self, old: int, new: int, mode: str) -> None:
        start, days = self._rest_of_period()
        first, *others = self.future
        periods = [(first.name[1], start, first.due_on, days)]
        periods += [(row.name[1], row.starts_on, row.due_on, row.days) for row in others]
        base = to_fen(Fraction(self.flat_base * new, old))
        keeps = mode == "keep_instalment" and self.terms.method != "interest_first"
        level = self.level if keeps else None
        self.future, found = slow_rows(self.terms, new, periods, level=level, flat_base=base)
        if not keeps:
            self.level = found + (self.future[0].due["interest"] if self.terms.method == "flat" else 0)
        self.flat_base = base

    # --- what there is ---

    def unapplied(self) -> int:
        return sum(left for _, left in self.purse)

    def total(self, part: str, component: str) -> int:
        return sum(getattr(row, part)[component] for row in self.fallen)

    def days_past_due(self) -> int:
        late = [
            (self.today - row.due_on).days
            for row in self.fallen
            if row.owes("principal") + row.owes("interest") + row.owes("fee") > self.rules.overdue_tolerance
        ]
        return max(late, default=0)

    def is_settled(self) -> bool:
        return not self.future and bool(self.fallen) and not any(row.owes_anything() for row in self.fallen)
