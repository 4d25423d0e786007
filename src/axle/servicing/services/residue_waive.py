"""Letting the last fen go (尾差减免): of a loan that is all but settled, and of what is due and all but paid.

What is let go is an event of the loan's life: the instalment is paid, so that arrears, penalty, class, reminders and
debits follow from it without knowing of a tolerance.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from axle.amortization.public import COMPONENTS, Component, Position, Reversal, Waiver
from axle.kernel.money import Fen
from axle.ledger.events import MoneyEvent
from axle.platform.public import Actor, Subject, business_date, next_no, parameter_value, publish
from axle.servicing.models import Carrying, Loan
from axle.servicing.parameters import SETTLING_RESIDUE, TOLERANCE
from axle.servicing.services.loan_restate import life_of, loan_restate
from axle.servicing.services.money_tell import dimensions_of
from axle.servicing.services.receipt_split import Split

_PREFIX = "WX"
"""Numbers of the events by which residues are waived."""
_IN_THE_BOOKS = ("principal", "interest", "fee")
"""Penalty that nobody pays was never in the books."""


def residue_waive(*, actor: Actor, loan: Loan, position: Position) -> None:
    """Waive what is left of all that is due on a locked loan, when it is no more than the parameters allow.

    Of a loan that still repays it is the tolerance, and only while it performs; of one that has nothing to come, the
    residue of a settlement.
    """
    left, today = position.outstanding, business_date()
    if position.is_settled or not left.total or left.total > _most(loan, position):
        return
    waived: dict[Component, Fen] = {name: Fen(getattr(left, name)) for name in COMPONENTS if getattr(left, name)}
    for component, amount in waived.items():
        event = Waiver(id=next_no(_PREFIX, on=today), on=today, component=component, amount=amount)
        loan_restate(actor=actor, loan=loan, event=event, business_on=today)
        if component in _IN_THE_BOOKS:
            publish(_event(loan, event))


def _tolerance_of(legal_entity_id: int) -> int:
    """Up to this many fen that stay unpaid of what is due are let go with the money that leaves them."""
    return int(parameter_value(TOLERANCE.code, legal_entity_id=legal_entity_id))


def splits_without_residue(splits: Sequence[Split]) -> list[Split]:
    """Those that leave nothing of what is due, or so much that it is not let go, which is an event of its own."""
    entities = {one.fact.legal_entity_id for one in splits if one.left}
    tolerated = {entity: _tolerance_of(entity) for entity in entities}
    return [one for one in splits if not one.left or one.left > tolerated[one.fact.legal_entity_id]]


def _most(loan: Loan, position: Position) -> int:
    if not position.principal_not_due:
        return int(parameter_value(SETTLING_RESIDUE.code))
    return _tolerance_of(loan.legal_entity_id) if loan.carrying == Carrying.PERFORMING else 0


def residue_return(*, actor: Actor, loan: Loan, since: date) -> None:
    """Money that counted on a day is gone: what was let go from that day on is owed again."""
    today, life = business_date(), life_of(loan)
    gone = {event.of for event in life.events if isinstance(event, Reversal)}
    for event in life.events:
        if isinstance(event, Waiver) and event.id.startswith(_PREFIX) and event.id not in gone and event.on >= since:
            reversal = Reversal(id=next_no("LE", on=today), on=event.on, of=event.id)
            loan_restate(actor=actor, loan=loan, event=reversal, business_on=today)
            if event.component in _IN_THE_BOOKS:
                told = _event(loan, event)
                publish(replace(told, event_no=f"{told.event_no}R", reverses=told.event_no))


def _event(loan: Loan, waiver: Waiver) -> MoneyEvent:
    return MoneyEvent(
        kind="residue_waived",
        event_no=f"{loan.loan_no}/{waiver.id}",
        legal_entity_id=loan.legal_entity_id,
        value_on=waiver.on,
        amounts={waiver.component: waiver.amount},
        dimensions=dimensions_of(loan),
        source=Subject("loan", loan.pk),
    )
