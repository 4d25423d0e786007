"""Letting the last fen go: a loan of which everything is due and almost nothing owed is settled (结清尾差减免)."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from axle.amortization.public import COMPONENTS, Component, Position, Reversal, Waiver
from axle.kernel.money import Fen
from axle.ledger.events import MoneyEvent
from axle.platform.public import Actor, Subject, business_date, next_no, parameter_value, publish
from axle.servicing.models import Loan
from axle.servicing.parameters import SETTLING_RESIDUE
from axle.servicing.services.loan_restate import life_of, loan_restate
from axle.servicing.services.money_tell import dimensions_of

_PREFIX = "WX"
"""Numbers of the events by which residues are waived."""
_IN_THE_BOOKS = ("principal", "interest", "fee")
"""Penalty that nobody pays was never in the books."""


def residue_waive(*, actor: Actor, loan: Loan, position: Position) -> None:
    """Waive what is left of a locked loan when all is due and no more is owed than the parameter allows."""
    left = position.outstanding
    if position.is_settled or position.principal_not_due or not left.total:
        return
    if left.total > parameter_value(SETTLING_RESIDUE.code):
        return
    today = business_date()
    waived: dict[Component, Fen] = {name: Fen(getattr(left, name)) for name in COMPONENTS if getattr(left, name)}
    number = ""
    for component, amount in waived.items():
        number = next_no(_PREFIX, on=today)
        event = Waiver(id=number, on=today, component=component, amount=amount)
        loan_restate(actor=actor, loan=loan, event=event, business_on=today)
    booked = _in_the_books(waived)
    if booked:
        publish(_event(loan, number, booked, today))


def residue_return(*, actor: Actor, loan: Loan) -> None:
    """A reversal makes the loan owe again: its residue is owed, too."""
    today, life = business_date(), life_of(loan)
    gone = {event.of for event in life.events if isinstance(event, Reversal)}
    standing = [
        event
        for event in life.events
        if isinstance(event, Waiver) and event.id.startswith(_PREFIX) and event.id not in gone
    ]
    for event in standing:
        reversal = Reversal(id=next_no("LE", on=today), on=event.on, of=event.id)
        loan_restate(actor=actor, loan=loan, event=reversal, business_on=today)
    booked = _in_the_books({event.component: event.amount for event in standing})
    if booked:
        told = _event(loan, standing[-1].id, booked, standing[-1].on)
        publish(replace(told, event_no=f"{told.event_no}R", reverses=told.event_no))


def _in_the_books(amounts: Mapping[Component, Fen]) -> dict[str, Fen]:
    return {name: amount for name, amount in amounts.items() if name in _IN_THE_BOOKS}


def _event(loan: Loan, number: str, amounts: Mapping[str, Fen], on: date) -> MoneyEvent:
    return MoneyEvent(
        kind="residue_waived",
        event_no=f"{loan.loan_no}/{number}",
        legal_entity_id=loan.legal_entity_id,
        value_on=on,
        amounts=amounts,
        dimensions=dimensions_of(loan),
        source=Subject("loan", loan.pk),
    )
