"""A person says what becomes of a held approval: it stands, it is lowered, or it is withdrawn.

Whether a second person has to agree is an approval policy of the commands.
"""

from axle.kernel.money import Fen
from axle.origination.domain.holds import HoldEnd, HoldState
from axle.origination.domain.lifecycle import CONTRACTED, DISBURSED, application_after
from axle.origination.errors import ContractStands, HoldAmountNotLower, HoldNotOpen, HoldOnlyWarns
from axle.origination.models import Application, Contract, OfferHold
from axle.origination.permissions import HOLD_SETTLE
from axle.origination.selectors import holds_in
from axle.origination.services.application_decide import approval_revoke
from axle.origination.services.application_lock import application_store, application_take
from axle.origination.services.decision_tell import decision_tell
from axle.origination.services.offer_holds_lapse import offer_holds_lapse
from axle.platform.errors import NotFound
from axle.platform.public import Actor, business_date, track


def offer_hold_confirm(*, actor: Actor, hold_id: int, note: str) -> OfferHold:
    """The approval stands as it is; of a paid-out case: the warning was taken note of.

    Errors: NotFound, HoldNotOpen.
    """
    hold, _ = _open(actor, hold_id)
    return _settle(hold, HoldState.CONFIRMED, actor, note)


def offer_hold_lower(*, actor: Actor, hold_id: int, amount: Fen, note: str) -> OfferHold:
    """Approve less; the applicant is told. A contract on more has to be voided first.

    Errors: NotFound, HoldNotOpen, HoldOnlyWarns, HoldAmountNotLower, ContractStands.
    """
    hold, application = _open(actor, hold_id)
    _refuse_contract(hold, application)
    if not 0 < amount < (application.approved_amount or 0):
        raise HoldAmountNotLower(field="amount")
    application.approved_amount = amount
    application_store(application)
    hold.amount_after = amount
    decision_tell(application, "approved")
    return _settle(hold, HoldState.LOWERED, actor, note)


def offer_hold_withdraw(*, actor: Actor, hold_id: int, note: str) -> OfferHold:
    """Take the approval back: the application is declined and the applicant is told. A contract has to be voided first.

    Errors: NotFound, HoldNotOpen, HoldOnlyWarns, ContractStands.
    """
    hold, application = _open(actor, hold_id)
    _refuse_contract(hold, application)
    approval_revoke(application)
    _settle(hold, HoldState.WITHDRAWN, actor, note)
    offer_holds_lapse([application.pk], end=HoldEnd.DECLINED)
    return hold


def _open(actor: Actor, hold_id: int) -> tuple[OfferHold, Application]:
    """The open hold and its application, both locked, the application first."""
    found = holds_in(actor.scope(HOLD_SETTLE)).filter(pk=hold_id).first()
    if found is None:
        raise NotFound(what="offer_hold")
    application = application_take(found.application_id)
    hold = track(OfferHold.objects.select_for_update().get(pk=found.pk))
    if hold.state != HoldState.OPEN:
        raise HoldNotOpen(hold_no=hold.hold_no)
    return hold, application


def _refuse_contract(hold: OfferHold, application: Application) -> None:
    if application.state == DISBURSED:
        raise HoldOnlyWarns(hold_no=hold.hold_no)
    if application.state == CONTRACTED:
        live = Contract.objects.filter(application=application).exclude(state="voided")
        raise ContractStands(contract_no=live.values_list("contract_no", flat=True).first())
    application_after(application.state, "revoke")


def _settle(hold: OfferHold, state: HoldState, actor: Actor, note: str) -> OfferHold:
    hold.state, hold.note = state, note
    hold.settled_on, hold.settled_by = business_date(), actor.name
    hold.save()
    return hold
