"""A person proposes another class for a loan (分类调整)."""

from datetime import date

from axle.platform.public import Actor, business_date, created, next_no
from axle.servicing.domain.standing import CLASSES
from axle.servicing.errors import ClassProposalOpen, ClassUnchanged, HoldDateRefused, LoanNotInForce
from axle.servicing.models import ClassProposal, LoanStanding, LoanState, ProposalState, scope_of
from axle.servicing.services.loan_lock import loan_locked


def class_propose(*, actor: Actor, loan_no: str, risk_class: str, note: str, holds_until: date) -> ClassProposal:
    """Propose a class that holds until a date, whatever the rules say meanwhile, unless they say worse than today.

    Errors: NotFound, LoanNotInForce, ClassUnchanged, ClassProposalOpen, HoldDateRefused.
    """
    loan, today = loan_locked(loan_no), business_date()
    if loan.state != LoanState.IN_FORCE:
        raise LoanNotInForce(loan_no=loan_no)
    if holds_until <= today:
        raise HoldDateRefused(field="holds_until")
    if loan.class_proposals.filter(state=ProposalState.PROPOSED).exists():
        raise ClassProposalOpen(loan_no=loan_no)
    standing = LoanStanding.objects.filter(loan=loan).first()
    before = standing.risk_class if standing else CLASSES[0]
    if before == risk_class:
        raise ClassUnchanged(field="risk_class")
    return created(
        ClassProposal.objects.create(
            proposal_no=next_no("FL", on=today),
            loan=loan,
            **scope_of(loan),
            class_before=before,
            class_after=risk_class,
            reason="person",
            note=note,
            holds_until=holds_until,
            proposed_on=today,
            proposed_by_id=actor.user_id,
            proposed_by=actor.name,
        )
    )
