"""Changes of what is due when: events of the loan's life, with a fee where one is agreed."""

from datetime import date

from axle.amortization.public import Charge, Event, Reversal
from axle.kernel.money import Fen
from axle.platform.public import Actor, next_no, publish
from axle.servicing.domain.changes import plan_kept
from axle.servicing.events import LoanRestructured, LoanRestructuringUndone
from axle.servicing.models import ChangeKind, Loan, LoanChange
from axle.servicing.services.change_effect import change_effect, events_asked
from axle.servicing.services.change_work import Outcome
from axle.servicing.services.loan_restate import loan_restate


class PlanWork:
    """Due day, term, rate, holiday, and several of them together because of financial difficulty."""

    def tried(self, loan: Loan, change: LoanChange, on: date) -> Outcome:
        effect = change_effect(loan, kind=change.kind, asked=change.asked, on=on)
        return Outcome(plan_kept(effect.before), plan_kept(effect.after))

    def executed(self, actor: Actor, loan: Loan, change: LoanChange, on: date) -> Outcome:
        numbers = [next_no("LE", on=on) for _part in events_asked(change.kind, change.asked)]
        effect = change_effect(loan, kind=change.kind, asked=change.asked, on=on, event_nos=numbers)
        for event in (*effect.events, *_fee(change, on)):
            loan_restate(actor=actor, loan=loan, event=event, business_on=on)
            change.event_nos.append(event.id)
        change.event_no = change.event_nos[0]
        if change.kind == ChangeKind.RESTRUCTURING:
            publish(LoanRestructured(loan.pk, on))
        return Outcome(plan_kept(effect.before), plan_kept(effect.after))

    def taken_back(self, actor: Actor, loan: Loan, change: LoanChange, on: date) -> None:
        happened = change.executed_on or on
        for number in reversed(change.event_nos or [change.event_no]):
            reversal = Reversal(id=next_no("LE", on=on), on=happened, of=number)
            loan_restate(actor=actor, loan=loan, event=reversal, business_on=on)
        if change.kind == ChangeKind.RESTRUCTURING:
            publish(LoanRestructuringUndone(loan.pk, on))


def _fee(change: LoanChange, on: date) -> list[Event]:
    if not change.fee:
        return []
    return [Charge(id=next_no("LE", on=on), on=on, amount=Fen(change.fee), code=f"{change.kind}_fee")]
