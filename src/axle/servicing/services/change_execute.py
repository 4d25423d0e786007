"""Carrying out a change that is agreed: at once, when all have signed, or on its day."""

from datetime import date

from axle.platform.public import Actor, acting, business_date, one_by_one, system_actor
from axle.servicing.errors import ChangeOutdated, LoanNotInForce
from axle.servicing.models import ChangeState, Loan, LoanChange, LoanState
from axle.servicing.services.change_request import change_locked
from axle.servicing.services.change_work import Outcome
from axle.servicing.services.change_works import WORKS
from axle.servicing.services.paper_send import signings_cancel
from axle.servicing.services.prepayment_request import prepayments_expire

_PROMISED = ("annual_rate", "matures_on")
"""What of a plan the parties signed for; amounts depend on the day on which it is carried out."""


def change_carry_out(*, actor: Actor, loan: Loan, change: LoanChange) -> LoanChange:
    """Carry out a change of a locked loan, or keep it until its day.

    Errors: LoanNotInForce, ChangeOutdated, those of the kind's work.
    """
    today = business_date()
    if loan.state != LoanState.IN_FORCE:
        raise LoanNotInForce(loan_no=loan.loan_no)
    if change.effective_on and change.effective_on > today:
        change.state = ChangeState.AGREED
        change.save()
        return change
    outcome = WORKS[change.kind].executed(actor, loan, change, today)
    _refuse_other_than_signed(change, outcome)
    change.before, change.after = outcome.before, outcome.after
    change.state, change.executed_on = ChangeState.EXECUTED, today
    change.save()
    return change


def change_conclude(document_id: int) -> None:
    """Everybody has signed: carry the change out whose paper it is, if it is one's."""
    change_no = LoanChange.objects.filter(document_id=document_id).values_list("change_no", flat=True).first()
    if change_no:
        loan, change = change_locked(change_no, ChangeState.SIGNING)
        change_carry_out(actor=system_actor("signing"), loan=loan, change=change)


def carry_out_changes(on: date, shard: int, shards: int) -> int:
    """End-of-day step: carry out what takes effect on the new day, end what nobody signed or paid in time."""
    today = business_date()
    prepayments_expire(today)
    due = LoanChange.objects.filter(state=ChangeState.AGREED, effective_on__lte=today)
    late = LoanChange.objects.filter(state=ChangeState.SIGNING, sign_until__lt=today)
    numbers = list((due | late).order_by("pk").values_list("change_no", flat=True))
    return one_by_one("carry_out_changes", on, numbers, _go_on)


def _go_on(change_no: str) -> None:
    actor = system_actor("end_of_day")
    with acting(actor, "carry_out_changes"):
        loan, change = change_locked(change_no, ChangeState.AGREED, ChangeState.SIGNING)
        if change.state == ChangeState.AGREED:
            change_carry_out(actor=actor, loan=loan, change=change)
            return
        change.state = ChangeState.EXPIRED
        change.save()
        signings_cancel(change.document_id)


def _refuse_other_than_signed(change: LoanChange, outcome: Outcome) -> None:
    promised = change.after or {}
    if any(name in promised and promised[name] != outcome.after[name] for name in _PROMISED):
        raise ChangeOutdated(change_no=change.change_no)
