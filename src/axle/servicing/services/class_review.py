"""Deciding on proposals of another class (分类认定)."""

from dataclasses import replace

from django.utils import timezone

from axle.platform.errors import NotFound
from axle.platform.public import Actor, business_date, track
from axle.servicing.domain.buckets import days_past_due
from axle.servicing.domain.standing import CLASSES, Standing
from axle.servicing.errors import ClassProposalStale, ProposalStateRefused, ReviewerIsRequester
from axle.servicing.models import ClassProposal, LoanStanding, ProposalState
from axle.servicing.services.loan_lock import loan_locked
from axle.servicing.services.loans_classify import change_row, rules_of, standing_row, standings_store


def class_approve(*, actor: Actor, proposal_no: str, opinion: str = "") -> ClassProposal:
    """Agree to a proposal: the loan has the class from today on.

    Errors: NotFound, ProposalStateRefused, ReviewerIsRequester, ClassProposalStale when the class has changed since.
    """
    proposal = _for_review(actor, proposal_no)
    today, loan = business_date(), proposal.loan
    row = LoanStanding.objects.filter(loan=loan).first()
    if (row.risk_class if row else CLASSES[0]) != proposal.class_before:
        raise ClassProposalStale(proposal_no=proposal_no)
    before = _standing(row)
    after = replace(before, rank=CLASSES.index(proposal.class_after), reason=proposal.reason, better_since=None)
    if proposal.holds_until:
        over = rules_of(loan.legal_entity_id, today).over_days
        days = days_past_due(loan.next_unpaid_due_on, today)
        own = max(sum(1 for threshold in over if days > threshold), before.rank)
        after = replace(after, held_until=proposal.holds_until, held_rank=own)
    since = (row.class_since, row.stage_since) if row else (None, None)
    scope = {name: getattr(proposal, name) for name in ("legal_entity_id", "department_id", "owner_id", "dealer_id")}
    standings_store([standing_row(loan.pk, scope, before, after, today, *since)])
    change_row(
        loan.pk, before, after, today, proposal.reason, note=proposal.note or opinion, entered_by=actor.name
    ).save()
    return _decided(proposal, ProposalState.APPROVED, actor, opinion)


def class_reject(*, actor: Actor, proposal_no: str, opinion: str) -> ClassProposal:
    """Refuse a proposal: the class stays. Errors: NotFound, ProposalStateRefused, ReviewerIsRequester."""
    return _decided(_for_review(actor, proposal_no), ProposalState.REJECTED, actor, opinion)


def _standing(row: LoanStanding | None) -> Standing:
    if row is None:
        return Standing()
    return Standing(
        CLASSES.index(row.risk_class), row.stage, row.reason, row.better_since, row.held_until, row.held_rank
    )


def _for_review(actor: Actor, proposal_no: str) -> ClassProposal:
    loan_no = ClassProposal.objects.filter(proposal_no=proposal_no).values_list("loan__loan_no", flat=True).first()
    if loan_no is None:
        raise NotFound(field="proposal_no", what="class_proposal")
    loan_locked(loan_no)
    proposal = ClassProposal.objects.select_for_update(of=("self",)).select_related("loan").get(proposal_no=proposal_no)
    if proposal.state != ProposalState.PROPOSED:
        raise ProposalStateRefused(state=proposal.state)
    if actor.user_id is not None and actor.user_id == proposal.proposed_by_id:
        raise ReviewerIsRequester()
    return track(proposal)


def _decided(proposal: ClassProposal, state: str, actor: Actor, opinion: str) -> ClassProposal:
    proposal.state, proposal.reviewed_by = state, actor.name
    proposal.reviewed_at, proposal.opinion = timezone.now(), opinion
    proposal.save()
    return proposal
