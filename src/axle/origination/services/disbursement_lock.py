"""Find and lock a disbursement for an act."""

from axle.origination.models import Disbursement
from axle.origination.selectors import disbursements_in
from axle.platform.errors import NotFound, StaleVersion
from axle.platform.public import Actor, track


def disbursement_lock(actor: Actor, disbursement_id: int, *, permission: str, version: int | None) -> Disbursement:
    """The disbursement, locked, in the scope of the permission. Errors: NotFound, StaleVersion."""
    if not disbursements_in(actor.scope(permission)).filter(pk=disbursement_id).exists():
        raise NotFound(what="disbursement")
    disbursement = disbursement_take(disbursement_id)
    if version is not None and version != disbursement.version:
        raise StaleVersion()
    return disbursement


def disbursement_take(disbursement_id: int) -> Disbursement:
    """The disbursement, locked, for acts of the system. Errors: NotFound."""
    rows = Disbursement.objects.select_for_update(of=("self",)).select_related("contract")
    disbursement = rows.filter(pk=disbursement_id).first()
    if disbursement is None:
        raise NotFound(what="disbursement")
    return track(disbursement)


def disbursement_store(disbursement: Disbursement) -> None:
    """Save a locked disbursement as its next version."""
    disbursement.version += 1
    disbursement.save()
