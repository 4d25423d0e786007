"""What repaying a part of a loan early would do."""

from dataclasses import dataclass
from datetime import date

from axle.amortization.public import PartialMode, PartialPrepayment, Position
from axle.kernel.money import Fen
from axle.servicing.errors import PrepaymentSettles, PrepaymentTooSmall
from axle.servicing.models import Loan, PrepaymentMode
from axle.servicing.services.loan_restate import life_of

_EVENT = "asked"


@dataclass(frozen=True)
class Prepaid:
    """Where the money goes, in fen, and the positions without it and with it. ``dues`` was due without it, too."""

    dues: Fen
    principal: Fen
    interest: Fen
    fee: Fen
    before: Position
    after: Position


_MODES: dict[str, PartialMode] = {
    PrepaymentMode.KEEP_TERM: "keep_term",
    PrepaymentMode.KEEP_INSTALMENT: "keep_instalment",
}


def prepayment_event(event_no: str, *, amount: Fen, mode: str, on: date) -> PartialPrepayment:
    """Money that repays a part early, as the replay reads it."""
    return PartialPrepayment(id=event_no, on=on, amount=amount, mode=_MODES[mode])


def prepayment_effect(loan: Loan, *, amount: Fen, mode: str, on: date) -> Prepaid:
    """Replay the loan with the money. Errors: PrepaymentTooSmall, PrepaymentSettles, those of the engine."""
    life = life_of(loan)
    after = life.plus(prepayment_event(_EVENT, amount=amount, mode=mode, on=on)).position(on)
    if _EVENT in after.plain_receipts:
        raise PrepaymentTooSmall(field="amount")
    if after.is_settled:
        raise PrepaymentSettles(field="amount")
    row = next(row for row in after.rows if row.ref == _EVENT)
    return Prepaid(
        dues=Fen(amount - row.paid.total),
        principal=row.paid.principal,
        interest=row.paid.interest,
        fee=row.paid.fee,
        before=life.position(on),
        after=after,
    )
