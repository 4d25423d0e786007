"""Deciding on a change of a loan, carrying it out, and taking it back."""

from django.utils import timezone

from axle.amortization.public import Reversal
from axle.platform.errors import StaleVersion
from axle.platform.public import Actor, business_date, next_no
from axle.servicing.domain.changes import plan_kept
from axle.servicing.errors import LoanNotInForce, ReviewerIsRequester
from axle.servicing.models import ChangeState, Loan, LoanChange, LoanState
from axle.servicing.services.change_effect import change_effect
from axle.servicing.services.change_request import change_locked
from axle.servicing.services.loan_restate import loan_restate


def change_approve(*, actor: Actor, change_no: str, version: int | None = None, opinion: str = "") -> LoanChange:
    """Agree to a change and carry it out today. ``version`` is the loan's, as the reviewer saw it.

    Errors: NotFound, ChangeStateRefused, ReviewerIsRequester, LoanNotInForce, StaleVersion when the loan has changed
    since, those of ``change_effect``.
    """
    loan, change = _for_review(actor, change_no)
    if loan.state != LoanState.IN_FORCE:
        raise LoanNotInForce(loan_no=loan.loan_no)
    if version is not None and loan.version != version:
        raise StaleVersion()
    today = business_date()
    number = next_no("LE", on=today)
    effect = change_effect(loan, kind=change.kind, asked=change.asked, on=today, event_no=number)
    after = loan_restate(actor=actor, loan=loan, event=effect.event, business_on=today)
    change.state, change.executed_on, change.event_no = ChangeState.EXECUTED, today, number
    change.before, change.after = plan_kept(effect.before), plan_kept(after)
    _decided(change, actor, opinion)
    return change


def change_reject(*, actor: Actor, change_no: str, opinion: str) -> LoanChange:
    """Refuse a change. Errors: NotFound, ChangeStateRefused, ReviewerIsRequester."""
    _loan, change = _for_review(actor, change_no)
    change.state = ChangeState.REJECTED
    _decided(change, actor, opinion)
    return change


def change_reverse(*, actor: Actor, change_no: str, reason: str) -> LoanChange:
    """Take an executed change back: the plan is again what it would have been without it (冲正).

    Errors: NotFound, ChangeStateRefused, those of the engine when later events stand on the change.
    """
    loan, change = change_locked(change_no, ChangeState.EXECUTED)
    today = business_date()
    happened = change.executed_on or today
    reversal = Reversal(id=next_no("LE", on=today), on=happened, of=change.event_no)
    loan_restate(actor=actor, loan=loan, event=reversal, business_on=today)
    change.state, change.closing_reason = ChangeState.REVERSED, reason
    change.save()
    return change


def _for_review(actor: Actor, change_no: str) -> tuple[Loan, LoanChange]:
    loan, change = change_locked(change_no, ChangeState.REQUESTED)
    if actor.user_id is not None and actor.user_id == change.requested_by_id:
        raise ReviewerIsRequester()
    return loan, change


def _decided(change: LoanChange, actor: Actor, opinion: str) -> None:
    change.reviewed_by_id, change.reviewed_by = actor.user_id, actor.name
    change.reviewed_at, change.opinion = timezone.now(), opinion
    change.save()
