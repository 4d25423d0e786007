"""What a replay answers: the position of a loan at a date."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from axle.amortization.choices import Component, RowKind, Standing
from axle.amortization.schedule import Schedule
from axle.kernel.money import ZERO, Fen


class Amounts(NamedTuple):
    """An amount for each component, in fen."""

    fee: Fen
    penalty: Fen
    compound: Fen
    interest: Fen
    principal: Fen

    @property
    def total(self) -> Fen:
        """All components together."""
        return Fen(self.fee + self.penalty + self.compound + self.interest + self.principal)


@dataclass(frozen=True, slots=True)
class RowPosition:
    """One row of the loan: an instalment, a charge, or the dues of an early repayment (``ref`` is its event).

    For each component due = paid + waived + moved + outstanding; ``moved`` joined the principal when the loan was
    re-aged. Before the due date ``due`` is what the schedule asks for. ``days_past_due`` counts from the due date while
    principal, interest or fee above the tolerance is open.
    """

    kind: RowKind
    no: int
    ref: str
    due_on: date
    due: Amounts
    paid: Amounts
    waived: Amounts
    moved: Amounts
    outstanding: Amounts
    days_past_due: int
    settled_on: date | None

    @property
    def is_settled(self) -> bool:
        """Whether nothing is owed on the row any more."""
        return self.settled_on is not None


class AllocationLine(NamedTuple):
    """A part of a receipt and what it paid, on the day it did: the receipt's date, or a later due date."""

    receipt_id: str
    on: date
    kind: RowKind
    no: int
    ref: str
    component: Component
    amount: Fen


@dataclass(frozen=True, slots=True)
class Declared:
    """What was declared about the loan. ``interest_suspended`` was earned since it became non-accrual.

    ``written_off`` is what left the books; the claim itself goes on in the position's rows.
    """

    accelerated_on: date | None = None
    non_accrual_since: date | None = None
    interest_suspended: Fen = ZERO
    written_off_on: date | None = None
    written_off: Amounts | None = None
    holder: str = ""
    transferred_on: date | None = None
    terminated_on: date | None = None
    purchased_on: date | None = None

    def standings(self) -> Iterator[Standing]:
        """The standings that may have an allocation order of their own, the most serious last."""
        if self.accelerated_on:
            yield "accelerated"
        if self.non_accrual_since:
            yield "non_accrual"
        if self.written_off_on:
            yield "written_off"


@dataclass(frozen=True, slots=True)
class Position:
    """A loan at the end of ``as_of``.

    ``due``, ``paid``, ``waived`` and ``outstanding`` add up the rows that fell due by ``as_of``; for each component
    due = paid + waived + moved + outstanding. ``principal_balance`` is all principal still owed, due or not;
    ``interest_accrued`` is earned and not yet due. ``overdue`` is what is outstanding on rows whose due date has
    passed. ``unapplied`` is money that waits for a due date. ``schedule`` is the plan as it now stands, early
    repayments included. ``plain_receipts`` are early repayments that fell short and count as receipts.

    Money: received + credited = paid + unapplied + refunded + charged back. ``credited`` is value that was held
    already (a deposit, a returned vehicle), ``recovered`` the part of ``received`` that came after a write-off.
    """

    as_of: date
    disbursed: Fen
    due: Amounts
    paid: Amounts
    waived: Amounts
    moved: Amounts
    outstanding: Amounts
    principal_balance: Fen
    principal_not_due: Fen
    interest_accrued: Fen
    overdue: Fen
    unapplied: Fen
    received: Fen
    credited: Fen
    refunded: Fen
    charged_back: Fen
    recovered: Fen
    subvention_received: Fen
    annual_rate: Decimal
    declared: Declared
    days_past_due: int
    next_due_on: date | None
    next_due: Fen
    settled_on: date | None
    rows: tuple[RowPosition, ...]
    schedule: Schedule
    allocations: tuple[AllocationLine, ...]
    plain_receipts: tuple[str, ...]

    @property
    def is_settled(self) -> bool:
        """Whether the loan is fully repaid; unapplied money may still have to be refunded."""
        return self.settled_on is not None
