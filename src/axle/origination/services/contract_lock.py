"""Find and lock a contract for an act."""

from axle.origination.models import Contract
from axle.origination.selectors import contracts_in
from axle.platform.errors import NotFound, StaleVersion
from axle.platform.public import Actor, track


def contract_lock(actor: Actor, contract_id: int, *, permission: str, version: int | None) -> Contract:
    """The contract, locked, in the scope of the permission. Errors: NotFound, StaleVersion."""
    if not contracts_in(actor.scope(permission)).filter(pk=contract_id).exists():
        raise NotFound(what="contract")
    contract = contract_take(contract_id)
    if version is not None and version != contract.version:
        raise StaleVersion()
    return contract


def contract_take(contract_id: int) -> Contract:
    """The contract, locked, for acts of the system. Errors: NotFound."""
    contract = Contract.objects.select_for_update().filter(pk=contract_id).first()
    if contract is None:
        raise NotFound(what="contract")
    return track(contract)


def contract_store(contract: Contract) -> None:
    """Save a locked contract as its next version."""
    contract.version += 1
    contract.save()
