"""Invariants of origination."""

from django.db.models import Exists, F, OuterRef

from axle.origination.domain.holds import HoldState
from axle.origination.domain.lifecycle import APPROVED, CONTRACTED, DISBURSED, IN_FORCE, PAID, VOIDED
from axle.origination.models import Application, Contract, Disbursement, OfferHold
from axle.platform.public import invariant


@invariant("origination_states_agree")
def origination_states_agree() -> list[str]:
    """Application, contract and disbursement tell one story."""
    live = Contract.objects.exclude(state=VOIDED)
    without = Application.objects.filter(
        ~Exists(live.filter(application=OuterRef("pk"))), state__in=[CONTRACTED, DISBURSED]
    )
    failures = [
        f"application {no}: {state} without a contract" for no, state in without.values_list("application_no", "state")
    ]
    disbursed = live.filter(state=IN_FORCE).exclude(application__state=DISBURSED)
    failures += [
        f"contract {no}: in force, application is not disbursed"
        for no in disbursed.values_list("contract_no", flat=True)
    ]
    paid = Disbursement.objects.filter(state=PAID)
    unpaid = live.filter(~Exists(paid.filter(contract=OuterRef("pk"))), state=IN_FORCE)
    failures += [
        f"contract {no}: in force without a paid disbursement" for no in unpaid.values_list("contract_no", flat=True)
    ]
    return failures


@invariant("origination_holds_end_with_their_case")
def origination_holds_end_with_their_case() -> list[str]:
    """What is held is an approval that stands; of a loan that was paid out it is a warning."""
    held = OfferHold.objects.filter(state=HoldState.OPEN).exclude(application__state__in=[APPROVED, CONTRACTED])
    idle = held.exclude(application__state=DISBURSED, is_paid_out=True)
    return [
        f"hold {no}: open, application is {state}" for no, state in idle.values_list("hold_no", "application__state")
    ]


@invariant("origination_pays_what_was_approved")
def origination_pays_what_was_approved() -> list[str]:
    """No contract is above its approval, and no disbursement differs from its contract."""
    above = Contract.objects.exclude(state=VOIDED).filter(principal__gt=F("application__approved_amount"))
    failures = [f"contract {no}: above its approval" for no in above.values_list("contract_no", flat=True)]
    differing = Disbursement.objects.exclude(amount=F("contract__principal"))
    return failures + [
        f"disbursement {no}: differs from its contract" for no in differing.values_list("disbursement_no", flat=True)
    ]
