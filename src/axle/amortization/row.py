"""A row of a running loan: what one instalment (or charge, or early repayment) owes and has been paid.

Internal to ``replay``; components are list indices here, for speed.
"""

from dataclasses import dataclass, field
from datetime import date

from axle.amortization.choices import COMPONENTS, Component, RowKind
from axle.amortization.schedule import Instalment
from axle.kernel.money import Fen

FEE, PENALTY, COMPOUND, INTEREST, PRINCIPAL = range(len(COMPONENTS))
INDEX: dict[Component, int] = {component: index for index, component in enumerate(COMPONENTS)}


def _zeros() -> list[int]:
    return [0, 0, 0, 0, 0]


@dataclass(slots=True, eq=False)
class Row:
    """One thing that falls due on one date. Amounts by component: due, paid, waived, and moved into the principal.

    ``plan`` is the schedule row behind an instalment. ``penalty_to`` is the date to which penalty has run;
    ``principal_days`` and ``interest_days`` are base x days since then.
    """

    kind: RowKind
    no: int
    ref: str
    due_on: date
    plan: Instalment
    due: list[int]
    paid: list[int] = field(default_factory=_zeros)
    waived: list[int] = field(default_factory=_zeros)
    moved: list[int] = field(default_factory=_zeros)
    penalty_to: date | None = None
    principal_days: int = 0
    interest_days: int = 0
    settled_on: date | None = None

    def outstanding(self, index: int) -> int:
        """What a component still owes."""
        return self.due[index] - self.paid[index] - self.waived[index] - self.moved[index]

    def outstanding_by_component(self) -> dict[Component, Fen]:
        """What the row still owes, by component; nothing of those that owe none."""
        parts = zip(COMPONENTS, self.due, self.paid, self.waived, self.moved, strict=True)
        return {
            component: left  # type: ignore[misc]  # a difference of fen
            for component, due, paid, waived, moved in parts
            if (left := due - paid - waived - moved)
        }

    @property
    def outstanding_total(self) -> int:
        """What the row still owes."""
        return sum(self.due) - sum(self.paid) - sum(self.waived) - sum(self.moved)

    @property
    def outstanding_scheduled(self) -> int:
        """What it owes apart from penalty and compound interest: the measure of being overdue."""
        return self.outstanding(FEE) + self.outstanding(INTEREST) + self.outstanding(PRINCIPAL)


def row_of(plan: Instalment, kind: RowKind = "instalment", ref: str = "") -> Row:
    """An unpaid row for a schedule row; VAT that is added to a rent is owed with the fees.

    Interest that a payment holiday capitalises is moved into the principal, so that the row does not ask for it.
    """
    row = Row(kind, plan.no, ref, plan.due_on, plan, [plan.charges, 0, 0, plan.interest, plan.principal])
    row.moved[INTEREST] = plan.capitalised
    return row
