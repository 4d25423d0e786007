"""One loan as a page shows it: read from the cache, with what depends on today replayed once."""

from dataclasses import dataclass
from datetime import date

from axle.amortization.public import Amounts, Position, RowPosition
from axle.kernel.money import Fen
from axle.platform.public import business_date
from axle.servicing.models import Loan
from axle.servicing.services.loan_restate import life_of

ROW_STATES = ("settled", "overdue", "due", "upcoming")


@dataclass(frozen=True)
class PlanRow:
    """A row of the plan with what is owed on it today, in fen."""

    no: int
    kind: str
    due_on: date
    due: Amounts
    paid: Amounts
    outstanding: Amounts
    balance: Fen
    days_past_due: int
    settled_on: date | None
    state: str


@dataclass(frozen=True)
class LoanPage:
    """A loan today."""

    loan: Loan
    on: date
    position: Position
    rows: tuple[PlanRow, ...]


def _state(row: RowPosition, on: date) -> str:
    if row.settled_on is not None:
        return "settled"
    if row.due_on < on:
        return "overdue"
    return "due" if row.due_on == on else "upcoming"


def _rows(position: Position, on: date) -> tuple[PlanRow, ...]:
    balances = iter([plan.balance for plan in position.schedule.instalments])
    rows, balance = [], position.disbursed
    for row in position.rows:
        balance = next(balances, balance) if row.kind != "charge" else balance
        state = _state(row, on)
        parts = (row.due, row.paid, row.outstanding)
        rows.append(PlanRow(row.no, row.kind, row.due_on, *parts, balance, row.days_past_due, row.settled_on, state))
    return tuple(rows)


def loan_page(loan: Loan) -> LoanPage:
    """A loan with its position on the business date."""
    on = business_date()
    position = life_of(loan).position(on)
    return LoanPage(loan, on, position, _rows(position, on))
