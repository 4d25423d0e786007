"""Hold an approval, and tell that it is held: by policy that changed, or by a ring that later applications show."""

from collections.abc import Sequence

from axle.decisioning.public import DecisionView, Reason
from axle.origination.domain.conditions import AUTOMATIC
from axle.origination.domain.holds import Fallen, HoldCause, HoldState
from axle.origination.domain.lifecycle import APPROVED, CONTRACTED, DISBURSED, PREPARING, REGISTERED
from axle.origination.domain.relations import Related, Ring, ring_of
from axle.origination.models import Application, ConditionDefinition, Disbursement, DisbursementCondition, OfferHold
from axle.origination.services.relations_find import ring_test
from axle.platform.public import business_date, created, next_no

CONDITION = "offer_not_held"
RING_FIELD = "ring_people"
"""The input by which strategies are told of rings."""
_TOUCHED = (APPROVED, CONTRACTED, DISBURSED)


def offer_hold_open(
    application: Application, *, cause: HoldCause, basis: str, why: Fallen, related_no: str = ""
) -> bool:
    """Hold an approval for one reason, once; ``application`` is locked by the caller. Gives whether it is new.

    A payment that is being prepared or reviewed gets the condition that stands in its way; of a case that was paid out
    the hold is a warning.
    """
    rows = OfferHold.objects.filter(application=application, cause=cause)
    if rows.filter(basis=basis).exists() or rows.filter(state=HoldState.OPEN).exists():
        return False
    hold = OfferHold(
        hold_no=next_no("FH", on=business_date()),
        application=application,
        cause=cause,
        basis=basis,
        is_paid_out=application.state == DISBURSED,
        outcome=why.outcome,
        rules=list(why.rules),
        approved_amount=application.approved_amount or 0,
        amount_limit=why.amount_limit,
        periods_limit=why.periods_limit,
        related_no=related_no,
        opened_on=business_date(),
    )
    hold.save()
    created(hold)
    _condition_demand(application)
    return True


def ring_members_hold(application: Application, related: Related, decision: DecisionView) -> int:
    """Hold the approvals of earlier applications that this one shows to be of a ring; gives how many are new.

    The rules named are those by which the strategy that decided this application judges rings; it may have none.
    Those that were paid out already are warned of. The caller holds a lock on this application; the others are locked
    in the order of their keys.
    """
    ring: Ring = ring_of(related, ring_test())
    others = ring.application_ids - {application.pk}
    if not others:
        return 0
    members = Application.objects.select_for_update().filter(pk__in=others, state__in=_TOUCHED).order_by("pk")
    why = ring_fallen(decision.reasons)
    number = application.application_no
    return sum(
        offer_hold_open(member, cause=HoldCause.RING, basis=number, why=why, related_no=number) for member in members
    )


def ring_fallen(reasons: Sequence[Reason]) -> Fallen:
    """What an application of a ring would be answered today: by the rules that look at the ring, or by a person."""
    rules = {reason.code: reason.severity for reason in reasons if reason.field == RING_FIELD}
    return Fallen("decline" if "knock_out" in rules.values() else "refer", rules=tuple(sorted(rules)))


def _condition_demand(application: Application) -> None:
    """A payment whose checklist was made before holds were asked about gets the condition now."""
    definition = ConditionDefinition.objects.filter(code=CONDITION).first()
    waiting = Disbursement.objects.filter(contract__application=application, state__in=[PREPARING, REGISTERED])
    for disbursement in waiting:
        if definition and not disbursement.conditions.filter(code=CONDITION).exists():
            DisbursementCondition.objects.create(
                disbursement=disbursement,
                code=CONDITION,
                title=definition.title,
                title_en=definition.title_en,
                kind=AUTOMATIC,
                needs_document=False,
                position=definition.position,
            )
