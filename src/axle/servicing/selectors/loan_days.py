"""The days of one loan, one after another, as its events have them now."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from axle.amortization.public import Position
from axle.kernel.money import Fen
from axle.servicing.domain.carrying import reckoned
from axle.servicing.models import Loan, LoanEvent
from axle.servicing.services.loan_restate import life_from


class LoanDay(NamedTuple):
    """A loan at the end of a day, and what the day added to interest, penalty and compound interest; fen."""

    on: date
    principal_balance: Fen
    principal_overdue: Fen
    interest_accrued: Fen
    interest_total: Fen
    penalty_accrued: Fen
    compound_accrued: Fen
    received: Fen
    interest_open: Fen
    penalty_open: Fen
    compound_open: Fen


def loan_days(loan_no: str, first: date, last: date) -> list[LoanDay]:
    """The days of a loan in a span; none before it was paid out. Backdated events show on their own days."""
    loan = Loan.objects.filter(loan_no=loan_no).first()
    if loan is None:
        return []
    payloads = LoanEvent.objects.filter(loan=loan).order_by("pk").values_list("payload", flat=True)
    life, start = life_from(loan, payloads), max(first, loan.disbursed_on)
    positions = [life.position(day) for day in _days(start - timedelta(days=1), last) if day >= loan.disbursed_on]
    pairs = zip([None, *positions[:-1]], positions, strict=True)
    return [_day(before, after) for before, after in pairs if after.as_of >= start]


def _days(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        first += timedelta(days=1)


def _day(before: Position | None, after: Position) -> LoanDay:
    def grown(name: str) -> Fen:
        return Fen(_charged(after, name) - (_charged(before, name) if before else 0))

    earned = reckoned(after).earned
    return LoanDay(
        on=after.as_of,
        principal_balance=after.principal_balance,
        principal_overdue=after.outstanding.principal,
        interest_accrued=Fen(earned - (reckoned(before).earned if before else 0)),
        interest_total=Fen(earned),
        penalty_accrued=grown("penalty"),
        compound_accrued=grown("compound"),
        received=Fen(after.received - (before.received if before else 0)),
        interest_open=after.outstanding.interest,
        penalty_open=after.outstanding.penalty,
        compound_open=after.outstanding.compound,
    )


def _charged(position: Position, name: str) -> int:
    due: int = getattr(position.due, name)
    return due
