"""The running state of a replay: rows that are due, rows to come, money that waits, and where the loan stands.

Internal to ``replay``. Time only moves forward; whatever happens on a date sees penalty run to that date.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from axle.amortization.allocation import Due, allocate
from axle.amortization.charges import Charges
from axle.amortization.choices import Component, HolidayInterest, RowKind
from axle.amortization.course import Course
from axle.amortization.penalty import PenaltyMeter
from axle.amortization.position import AllocationLine, Declared
from axle.amortization.row import INDEX, Row, row_of
from axle.amortization.rules import Rules
from axle.amortization.schedule import Instalment, Schedule, row_accrued, schedule
from axle.amortization.terms import Terms
from axle.kernel.money import ZERO, Fen


def _terms_of_part(terms: Terms, amount: Fen) -> Terms:
    """Terms for the rows of a first disbursement of a part; what others contribute is agreed for the whole."""
    return replace(
        terms,
        principal=amount,
        residual=Fen(min(terms.residual, max(amount - 1, 0))),
        fees=tuple(fee for fee in terms.fees if fee.timing == "by_instalment"),
        rent=None,
        deposit=None,
        subvention=None,
        funder=None,
    )


@dataclass(slots=True)
class Waiting:
    """What is left of a receipt."""

    receipt_id: str
    left: Fen


class Book:
    """One loan while its events are folded.

    ``rows`` holds every row that has fallen due, ``payable`` those of them that still owe something, ``upcoming``
    the ones to come, all in the order of their due dates. ``lines`` tell what each receipt paid, and ``paid_rows`` on
    which row. ``received`` is cash, ``credited`` what was held already: a deposit, a returned vehicle. ``holiday`` has
    the instalments that repay no principal, by number, and what becomes of their interest. ``is_agreed`` says that the
    rows to come were agreed one by one.
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
        self.course: Course | None = None
        self.paused_until = terms.start_on
        self.holiday: dict[int, HolidayInterest] = {}
        self.is_agreed = False
        self.disbursed = ZERO
        self.received = ZERO
        self.credited = ZERO
        self.deposit_used = ZERO
        self.refunded = ZERO
        self.charged_back = ZERO
        self.recovered = ZERO
        self.subvention_received = ZERO
        self.declared = Declared()
        self.earned_at_charge_off = ZERO
        self.rows: list[Row] = []
        self.payable: list[Row] = []
        self.upcoming: deque[Row] = deque()
        self.waiting: deque[Waiting] = deque()
        self.lines: list[AllocationLine] = []
        self.paid_rows: list[Row] = []
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
        """Take cash in and pay what is due; the rest waits."""
        self.received = Fen(self.received + amount)
        if self.declared.written_off_on:
            self.recovered = Fen(self.recovered + amount)
        self._wait(receipt_id, amount)

    def credit(self, receipt_id: str, amount: Fen) -> None:
        """Like ``receive``, for value that was held already."""
        self.credited = Fen(self.credited + amount)
        self._wait(receipt_id, amount)

    def _wait(self, receipt_id: str, amount: Fen) -> None:
        if amount:
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
        order, mode = self.rules.allocation_of(self.declared.standings())
        if mode == "horizontal":
            return self._pay_row_by_row(money, order)
        touched: dict[int, Row] = {}
        result = allocate(amount=money.left, dues=self._dues(), order=order, mode=mode)
        for key, component, amount in result.parts:
            row = touched[key] = self.payable[key]
            row.paid[INDEX[component]] += amount
            self._note(money.receipt_id, row, component, amount)
        self._settle(touched.values())
        return result.unapplied

    def _pay_row_by_row(self, money: Waiting, order: Sequence[Component]) -> Fen:
        """What ``allocate`` says, oldest row first, paid at once: nearly all money of nearly all loans."""
        left, touched = int(money.left), list[Row]()
        for row in self.payable:
            self.meter.run(row, self.today)
            before, due, paid, waived, moved = left, row.due, row.paid, row.waived, row.moved
            for component in order:
                index = INDEX[component]
                owed = due[index] - paid[index] - waived[index] - moved[index]
                if owed:
                    part = owed if owed < left else left
                    paid[index] += part
                    left -= part
                    self._note(money.receipt_id, row, component, Fen(part))
                    if not left:
                        break
            if left != before:
                touched.append(row)
            if not left:
                break
        self._settle(touched)
        return Fen(left)

    def _note(self, receipt_id: str, row: Row, component: Component, amount: Fen) -> None:
        self.lines.append(AllocationLine(receipt_id, self.today, row.kind, row.no, row.ref, component, amount))
        self.paid_rows.append(row)

    def take_back(self, receipt_id: str, amount: Fen | None) -> None:
        """The money of a receipt leaves again, first what still waits, then what it paid last.

        What it had paid is owed again from today on.
        """
        self.run_penalty()
        left = taken = self._held_of(receipt_id) if amount is None else min(amount, self._held_of(receipt_id))
        for money in self.waiting:
            if money.receipt_id == receipt_id:
                part = min(left, money.left)
                money.left, left = Fen(money.left - part), left - part
        self.waiting = deque(money for money in self.waiting if money.left)
        self._unpay(receipt_id, left)
        self.charged_back = Fen(self.charged_back + taken)
        self.pay()

    def _held_of(self, receipt_id: str) -> int:
        """What a receipt has paid and what of it waits."""
        paid = sum(line.amount for line in self.lines if line.receipt_id == receipt_id)
        return paid + sum(money.left for money in self.waiting if money.receipt_id == receipt_id)

    def _unpay(self, receipt_id: str, left: int) -> None:
        for line, row in list(zip(self.lines, self.paid_rows, strict=True))[::-1]:
            if line.receipt_id == receipt_id and line.amount > 0 and left:
                part = min(left, line.amount, row.paid[INDEX[line.component]])
                left -= part
                row.paid[INDEX[line.component]] -= part
                if row.settled_on is not None:
                    row.settled_on, row.penalty_to = None, self.today
                self._note(receipt_id, row, line.component, Fen(-part))
        self.payable = [row for row in self.rows if row.settled_on is None]

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

    def move_into_principal(self) -> Fen:
        """Everything that is due and unpaid leaves the rows; gives the sum, which is principal from now on."""
        self.run_penalty()
        moved = sum(row.outstanding_total for row in self.payable)
        for row in self.payable:
            for index in INDEX.values():
                row.moved[index] += row.outstanding(index)
        self._settle(self.payable)
        return Fen(moved)

    def _settle(self, rows: Iterable[Row]) -> None:
        """Rows that owe nothing any more leave the payable ones."""
        settled = [row for row in rows if not row.outstanding_total]
        for row in settled:
            row.settled_on = self.today
        if settled:
            self.payable = [row for row in self.payable if row.settled_on is None]

    # --- what there is ---

    @property
    def unapplied(self) -> Fen:
        """Money that waits."""
        return Fen(sum(money.left for money in self.waiting))

    @cached_property
    def charges(self) -> Charges:
        """Fees and VAT of the terms; no event changes them."""
        return Charges(self.terms)

    @property
    def next_no(self) -> int:
        """The number of the next instalment."""
        if self.upcoming:
            return self.upcoming[0].plan.no
        return max((row.no for row in self.rows if row.kind == "instalment"), default=0) + 1

    def has_instalment(self, no: int) -> bool:
        """Whether the loan has an instalment of this number, or had one before it was repaid early."""
        rows = (row.plan for row in [*self.rows, *self.upcoming] if row.kind == "instalment")
        return any(plan.no == no for plan in (*self.plan.instalments, *rows))

    @property
    def interest_from(self) -> date:
        """The day from which interest runs again: today, or the end of a pause."""
        return max(self.today, self.paused_until)

    @property
    def principal_not_due(self) -> Fen:
        """Principal of the rows to come, without the interest that is to join it yet."""
        return Fen(sum(row.plan.principal - row.plan.capitalised for row in self.upcoming))

    @property
    def interest_earned(self) -> Fen:
        """All interest that was earned to today, due or not."""
        return Fen(sum(row.due[INDEX["interest"]] for row in self.rows) + self.interest_accrued)

    @property
    def interest_accrued(self) -> Fen:
        """Interest that rows to come have earned to today."""
        return Fen(sum(row_accrued(self.terms, row.plan, self.scale, self.today) for row in self.started()))

    def started(self) -> Iterator[Row]:
        """The rows to come whose interest is running."""
        return (row for row in self.upcoming if row.plan.starts_on < self.today or row.plan.carried)

    def outstanding_due(self, component: Component) -> Fen:
        """What the payable rows owe of a component; run the penalty first."""
        return Fen(sum(row.outstanding(INDEX[component]) for row in self.payable))

    # --- the plan ---

    def open_plan(self, amount: Fen) -> None:
        """The first principal is paid out: the plan's rows are to come."""
        if amount != self.terms.principal:
            self.plan = schedule(_terms_of_part(self.terms, amount))
            self.scale, self.instalment, self.deferred_interest = (
                self.plan.scale,
                self.plan.instalment,
                self.plan.deferred,
            )
            self.flat_base = amount
        self.disbursed = amount
        self.upcoming = deque(row_of(instalment) for instalment in self.plan.instalments)

    def fall_due_now(self, kind: RowKind, ref: str, *, principal: int, interest: int, fee: int = 0) -> None:
        """What an event asks for falls due today, as a row of its own; VAT of a rent is added."""
        on, vat = self.today, self.charges.added(principal + interest)
        total, balance = Fen(principal + interest + fee + vat), Fen(self.principal_not_due - principal)
        plan = Instalment(0, on, 0, Fen(principal), Fen(interest), Fen(fee), total, balance, on, 0, vat)
        self.fall_due(row_of(plan, kind, ref))

    def all_falls_due(self, kind: RowKind, ref: str, *, fee: int = 0) -> None:
        """All principal that is not due falls due today, with the interest to today."""
        if self.upcoming:
            interest = self.interest_accrued + self.deferred_interest
            self.fall_due_now(kind, ref, principal=self.principal_not_due, interest=interest, fee=fee)
            self.upcoming.clear()
        elif fee:
            self.fall_due_now(kind, ref, principal=0, interest=0, fee=fee)
        self.deferred_interest = ZERO
