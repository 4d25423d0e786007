"""Asking for a change of a loan."""

from typing import Any

from axle.platform.errors import NotFound
from axle.platform.public import Actor, business_date, created, next_no, track
from axle.servicing.errors import ChangeOpen, ChangeStateRefused
from axle.servicing.models import ChangeState, Loan, LoanChange, scope_of
from axle.servicing.services.change_effect import change_effect
from axle.servicing.services.loan_lock import loan_in_force, loan_locked


def change_request(*, actor: Actor, loan_no: str, kind: str, asked: dict[str, Any], reason: str) -> LoanChange:
    """Ask for a change; another person decides. It is tried on the loan at once, so that what cannot be is refused now.

    Errors: NotFound, LoanNotInForce, ChangeOpen, those of ``change_effect``.
    """
    loan, today = loan_in_force(loan_no), business_date()
    if loan.changes.filter(state=ChangeState.REQUESTED).exists():
        raise ChangeOpen(loan_no=loan_no)
    change_effect(loan, kind=kind, asked=asked, on=today)
    return created(
        LoanChange.objects.create(
            change_no=next_no("BG", on=today),
            loan=loan,
            **scope_of(loan),
            kind=kind,
            asked=asked,
            reason=reason,
            requested_by_id=actor.user_id,
            requested_by=actor.name,
            requested_on=today,
        )
    )


def change_withdraw(*, change_no: str) -> LoanChange:
    """Whoever asked, or somebody for them, takes the request back. Errors: NotFound, ChangeStateRefused."""
    _loan, change = change_locked(change_no, ChangeState.REQUESTED)
    change.state = ChangeState.WITHDRAWN
    change.save()
    return change


def change_locked(change_no: str, state: str) -> tuple[Loan, LoanChange]:
    """A loan and its change, locked in this order, the change in a state. Errors: NotFound, ChangeStateRefused."""
    loan_no = LoanChange.objects.filter(change_no=change_no).values_list("loan__loan_no", flat=True).first()
    if loan_no is None:
        raise NotFound(field="change_no", what="loan_change")
    loan = loan_locked(loan_no)
    change = LoanChange.objects.select_for_update().get(change_no=change_no)
    if change.state != state:
        raise ChangeStateRefused(state=change.state)
    return loan, track(change)
