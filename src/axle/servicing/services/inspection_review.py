"""Deciding on what an inspector found (贷后检查复核); an opinion on the class becomes a proposal."""

from django.utils import timezone

from axle.kernel.dates import add_months
from axle.platform.public import Actor, business_date, parameter_value
from axle.servicing.domain.standing import CLASSES
from axle.servicing.errors import ReviewerIsInspector
from axle.servicing.models import Inspection, InspectionState, LoanStanding, LoanState
from axle.servicing.parameters import INSPECTION_OPINION_MONTHS
from axle.servicing.services.class_propose import class_propose
from axle.servicing.services.inspection_plan import inspection_locked
from axle.servicing.services.inspection_submit import signals_found


def inspection_approve(*, actor: Actor, inspection_no: str, opinion: str = "") -> Inspection:
    """Accept an inspection. Another class that it suggests is proposed, and decided on by yet another person.

    Errors: NotFound, InspectionStateRefused, ReviewerIsInspector; of the proposal ClassProposalOpen.
    """
    inspection = _for_review(actor, inspection_no)
    inspection.found = signals_found(inspection)
    _propose(actor, inspection)
    return _reviewed(inspection, InspectionState.DONE, actor, opinion)


def inspection_return(*, actor: Actor, inspection_no: str, opinion: str) -> Inspection:
    """Send an inspection back to who made it. Errors: NotFound, InspectionStateRefused, ReviewerIsInspector."""
    return _reviewed(_for_review(actor, inspection_no), InspectionState.RETURNED, actor, opinion)


def _for_review(actor: Actor, inspection_no: str) -> Inspection:
    inspection = inspection_locked(inspection_no, InspectionState.SUBMITTED)
    if actor.user_id is not None and actor.user_id == inspection.submitted_by_id:
        raise ReviewerIsInspector()
    return inspection


def _propose(actor: Actor, inspection: Inspection) -> None:
    loan, today = inspection.loan, business_date()
    standing = LoanStanding.objects.filter(loan=loan).first()
    stands = standing.risk_class if standing else CLASSES[0]
    if loan.state != LoanState.IN_FORCE or inspection.suggested_class in ("", stands):
        return
    months = parameter_value(INSPECTION_OPINION_MONTHS.code, legal_entity_id=loan.legal_entity_id)
    inspection.proposal = class_propose(
        actor=actor,
        loan_no=loan.loan_no,
        risk_class=inspection.suggested_class,
        note=f"{inspection.inspection_no} {inspection.opinion}"[:200],
        holds_until=add_months(today, months),
    )


def _reviewed(inspection: Inspection, state: str, actor: Actor, opinion: str) -> Inspection:
    inspection.state, inspection.reviewed_by = state, actor.name
    inspection.reviewed_at, inspection.review_opinion = timezone.now(), opinion
    inspection.save()
    return inspection
