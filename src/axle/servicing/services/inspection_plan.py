"""People's say in who inspects what: planning one by hand, giving it to somebody, calling it off."""

from datetime import date

from axle.platform.errors import NotFound
from axle.platform.public import Actor, business_date, created, next_no, track
from axle.servicing.domain.standing import CLASSES
from axle.servicing.errors import (
    InspectionDueRefused,
    InspectionOpen,
    InspectionStateRefused,
    InspectorMissing,
)
from axle.servicing.models import (
    OPEN_INSPECTION_STATES,
    Inspection,
    InspectionCause,
    InspectionState,
    InspectorKind,
    Loan,
    LoanStanding,
    scope_of,
)
from axle.servicing.services.inspections_plan import NUMBERS
from axle.servicing.services.loan_lock import loan_in_force

_BEFORE_REPORT = (InspectionState.PLANNED, InspectionState.RETURNED)


def inspection_plan(
    *,
    actor: Actor,
    loan_no: str,
    reason: str,
    due_on: date,
    inspector_kind: str,
    inspector_id: int | None = None,
) -> Inspection:
    """Plan an inspection outside the turn.

    Errors: NotFound, LoanNotInForce, InspectionOpen, InspectionDueRefused, InspectorMissing.
    """
    loan, today = loan_in_force(loan_no), business_date()
    known = loan.inspections.filter(state__in=OPEN_INSPECTION_STATES).first()
    known = known or loan.inspections.filter(planned_on=today).first()
    if known:
        raise InspectionOpen(field="loan_no", inspection_no=known.inspection_no)
    _due_checked(due_on, today)
    standing = LoanStanding.objects.filter(loan=loan).first()
    return created(
        Inspection.objects.create(
            inspection_no=next_no(NUMBERS, on=today),
            loan=loan,
            **scope_of(loan),
            cause=InspectionCause.PERSON,
            reason=reason,
            risk_class=standing.risk_class if standing else CLASSES[0],
            inspector_kind=inspector_kind,
            inspector_id=_inspector(loan, inspector_kind, inspector_id),
            planned_on=today,
            due_on=due_on,
        )
    )


def inspection_assign(
    *, inspection_no: str, inspector_kind: str, due_on: date, inspector_id: int | None = None
) -> Inspection:
    """Give an inspection to somebody else, or another day.

    Errors: NotFound, InspectionStateRefused, InspectionDueRefused, InspectorMissing.
    """
    inspection = inspection_locked(inspection_no, *_BEFORE_REPORT)
    _due_checked(due_on, business_date())
    inspection.inspector_kind, inspection.due_on = inspector_kind, due_on
    inspection.inspector_id = _inspector(inspection.loan, inspector_kind, inspector_id)
    inspection.save()
    return inspection


def inspection_cancel(*, inspection_no: str, reason: str) -> Inspection:
    """Call an inspection off. Errors: NotFound, InspectionStateRefused."""
    inspection = inspection_locked(inspection_no, *_BEFORE_REPORT)
    inspection.state, inspection.closing_reason = InspectionState.CANCELLED, reason
    inspection.save()
    return inspection


def inspections_call_off(*, loan_id: int, reason: str) -> None:
    """The loan is settled: nobody needs to go any more."""
    rows = Inspection.objects.select_for_update().filter(loan_id=loan_id, state__in=OPEN_INSPECTION_STATES)
    for inspection in rows:
        track(inspection).state, inspection.closing_reason = InspectionState.CANCELLED, reason
        inspection.save()


def inspection_locked(inspection_no: str, *states: str) -> Inspection:
    """An inspection for a change, in one of some states. Errors: NotFound, InspectionStateRefused."""
    rows = Inspection.objects.select_for_update(of=("self",)).select_related("loan")
    inspection = rows.filter(inspection_no=inspection_no).first()
    if inspection is None:
        raise NotFound(field="inspection_no", what="inspection")
    if inspection.state not in states:
        raise InspectionStateRefused(state=inspection.state)
    return track(inspection)


def _due_checked(due_on: date, today: date) -> None:
    if due_on < today:
        raise InspectionDueRefused(field="due_on", today=today.isoformat())


def _inspector(loan: Loan, kind: str, inspector_id: int | None) -> int | None:
    """Who goes: the account manager unless another is named; a dealer as a company; field staff also later."""
    if kind == InspectorKind.DEALER:
        if loan.dealer_id is None:
            raise InspectorMissing(field="inspector_kind")
        return None
    if kind == InspectorKind.MANAGER and (inspector_id or loan.owner_id) is None:
        raise InspectorMissing(field="inspector_id")
    return inspector_id or (loan.owner_id if kind == InspectorKind.MANAGER else None)
