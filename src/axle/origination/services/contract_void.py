"""Void a contract as a whole, so that another can be made."""

from django.utils import timezone

from axle.documents.public import document_void
from axle.origination.domain.lifecycle import PREPARING, application_after, contract_after, disbursement_after
from axle.origination.errors import ContractInDisbursement
from axle.origination.models import Contract, Disbursement
from axle.origination.permissions import CONTRACT_MANAGE
from axle.origination.services.application_lock import application_store, application_take
from axle.origination.services.contract_lock import contract_lock, contract_store
from axle.origination.services.disbursement_lock import disbursement_store, disbursement_take
from axle.origination.services.signing_send import invitations_cancel
from axle.platform.public import Actor


def contract_void(*, actor: Actor, contract_id: int, reason: str, version: int | None = None) -> Contract:
    """Void a contract before its disbursement is registered; the application is approved again.

    Errors: NotFound, StaleVersion, StateRefused, ContractInDisbursement.
    """
    contract = contract_lock(actor, contract_id, permission=CONTRACT_MANAGE, version=version)
    contract.state = contract_after(contract.state, "void")
    _cancel_disbursement(contract)
    invitations_cancel(contract)
    contract.voided_at, contract.void_reason = timezone.now(), reason
    contract_store(contract)
    if contract.document_id is not None:
        document_void(actor=actor, document_id=contract.document_id, reason=reason)
    application = application_take(contract.application_id)
    application.state = application_after(application.state, "contract_void")
    application_store(application)
    return contract


def _cancel_disbursement(contract: Contract) -> None:
    open_one = Disbursement.objects.filter(contract=contract).exclude(state="cancelled").first()
    if open_one is None:
        return
    disbursement = disbursement_take(open_one.pk)
    if disbursement.state != PREPARING:
        raise ContractInDisbursement(state=disbursement.state)
    disbursement.state = disbursement_after(disbursement.state, "cancel")
    disbursement_store(disbursement)
