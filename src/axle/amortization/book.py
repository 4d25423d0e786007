"""The running state of a replay: rows that are due, rows to come, and money that waits.

Internal to ``replay``. Time only moves forward; whatever happens on a date sees penalty run to that date.
"""

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from axle.amortization.allocation import Due, allocate
from axle.amortization.choices import Component
from axle.amortization.due_dates import Grid
from axle.amortization.penalty import PenaltyMeter
from axle.amortization.position import AllocationLine
from axle.amortization.row import INDEX, Row, row_of
from axle.amortization.rules import Rules
from axle.amortization.schedule import Schedule, charged_periods, row_accrued
from axle.amortization.terms import Terms
from axle.kernel.money import ZERO, Fen


@dataclass(slots=True)
class Waiting:
    """What is left of a receipt."""

    receipt_id: str
    left: Fen


class Book:
    """One loan while its events are folded.

    ``rows`` holds every row that has fallen due, ``payable`` those of them that still owe something, ``upcoming``
    the ones to come, all in the order of their due dates.
    """

    def __init__(self, terms: Terms, rules: Rules, plan: Schedule) -> None:
        self.terms = terms
        self.rules = rules
        self.plan = plan
        self.scale = plan.scale
        self.instalment = plan.instalment
        self.flat_base = terms.principal
        self.deferred_interest = plan.deferred
        self.today = terms.start_on
        self.disbursed = ZERO
        self.received = ZERO
        self.refunded = ZERO
        self.rows: list[Row] = []
        self.payable: list[Row] = []
        self.upcoming: deque[Row] = deque()
        self.waiting: deque[Waiting] = deque()
        self.lines: list[AllocationLine] = []
        self.plain_receipts: list[str] = []
        self.meter = PenaltyMeter(rules)

    # --- time ---

    def advance(self, on: date) -> None:
        """Move to a date; money that waits pays each row on its due date."""
        while self.upcoming and self.upcoming[0].due_on <= on:
            row = self.upcoming.popleft()
            self.today = row.due_on
            self.fall_due(row)
            self.pay()
        self.today = on

    def fall_due(self, row: Row) -> None:
        """A row becomes payable; one that asks for nothing is settled at once."""
        self.rows.append(row)
        if row.outstanding_total:
            self.payable.append(row)
        else:
            row.settled_on = row.due_on

    def run_penalty(self) -> None:
        """Bring the penalty of every payable row to today."""
        for row in self.payable:
            self.meter.run(row, self.today)

    # --- money ---

    def receive(self, receipt_id: str, amount: Fen) -> None:
        """Take money in and pay what is due; the rest waits."""
        if amount:
            self.received = Fen(self.received + amount)
            self.waiting.append(Waiting(receipt_id, amount))
        self.pay()

    def pay(self) -> None:
        """Let the money that waits, oldest first, pay what is due today."""
        while self.waiting and self.payable:
            money = self.waiting[0]
            money.left = self._pay_from(money)
            if money.left:
                return
            self.waiting.popleft()

    def _pay_from(self, money: Waiting) -> Fen:
        rules, touched = self.rules, set()
        result = allocate(
            amount=money.left, dues=self._dues(), order=rules.allocation_order, mode=rules.allocation_mode
        )
        for key, component, amount in result.parts:
            row = self.payable[key]
            row.paid[INDEX[component]] += amount
            touched.add(key)
            self.lines.append(
                AllocationLine(money.receipt_id, self.today, row.kind, row.no, row.ref, component, amount)
            )
        self._settle(self.payable[key] for key in touched)
        return result.unapplied

    def _dues(self) -> Iterator[Due]:
        """What each payable row owes today; penalty runs only for the rows that are asked for."""
        for key, row in enumerate(self.payable):
            self.meter.run(row, self.today)
            yield Due(key, row.outstanding_by_component())

    def waive(self, component: Component, amount: Fen, no: int | None) -> None:
        """Forgive up to an amount of what is due today, oldest row first."""
        self.run_penalty()
        index, left = INDEX[component], int(amount)
        for row in self.payable:
            if no is None or (row.kind == "instalment" and row.no == no):
                forgiven = min(left, row.outstanding(index))
                row.waived[index] += forgiven
                left -= forgiven
        self._settle(self.payable)

    def refund(self, amount: Fen) -> None:
        """Pay waiting money back, the newest first, up to what waits."""
        left = min(amount, self.unapplied)
        self.refunded = Fen(self.refunded + left)
        while left:
            money = self.waiting[-1]
            taken = min(left, money.left)
            money.left = Fen(money.left - taken)
            left = Fen(left - taken)
            if not money.left:
                self.waiting.pop()

    def _settle(self, rows: Iterable[Row]) -> None:
        """Rows that owe nothing any more leave the payable ones."""
        settled = [row for row in rows if not row.outstanding_total]
        for row in settled:
            row.settled_on = self.today
        if settled:
            self.payable = [row for row in self.payable if row.settled_on is None]

    # --- what there is ---

    @cached_property
    def charged_periods(self) -> Grid:
        """The periods by which the rows of the terms are charged."""
        return charged_periods(self.terms)

    @property
    def unapplied(self) -> Fen:
        """Money that waits."""
        return Fen(sum(money.left for money in self.waiting))

    @property
    def principal_not_due(self) -> Fen:
        """Principal of the rows to come."""
        return Fen(sum(row.plan.principal for row in self.upcoming))

    @property
    def interest_accrued(self) -> Fen:
        """Interest that rows to come have earned to today."""
        return Fen(sum(row_accrued(self.terms, row.plan, self.scale, self.today) for row in self.started()))

    def started(self) -> Iterator[Row]:
        """The rows to come whose interest is running."""
        return (row for row in self.upcoming if row.plan.starts_on < self.today)

    def outstanding_due(self, component: Component) -> Fen:
        """What the payable rows owe of a component; run the penalty first."""
        return Fen(sum(row.outstanding(INDEX[component]) for row in self.payable))

    def open_plan(self, amount: Fen) -> None:
        """The principal is paid out: the plan's rows are to come."""
        self.disbursed = amount
        self.upcoming = deque(row_of(instalment) for instalment in self.plan.instalments)
