"""The customer signs; the signatures with their time stamps follow at once, or as soon as the authority answers."""

from django.utils import timezone

from axle.documents.errors import TimestampUnavailable
from axle.origination.domain.lifecycle import contract_after
from axle.origination.errors import CostSheetNotConfirmed
from axle.origination.jobs import stamp_contract
from axle.origination.models import Contract
from axle.origination.permissions import CONTRACT_SIGN
from axle.origination.services.contract_lock import contract_lock, contract_store
from axle.origination.services.contract_stamp import contract_stamp
from axle.origination.services.signing_take import SigningAct, signature_take
from axle.platform.public import Actor, attempt


def contract_sign(*, actor: Actor, contract_id: int, act: SigningAct, is_cost_sheet_confirmed: bool) -> Contract:
    """Take the customer's signature; the company's seal and the disbursement's checklist follow.

    The contract is ``signed``, or ``signing`` while the time-stamp authority is away: then a job finishes it.
    Errors: NotFound, StateRefused, SigningLinkInvalid, CostSheetNotConfirmed, ContractNotRead, CodeWrong,
    CodeExpired, CodeAttemptsExceeded, SignatureEmpty, SignatureImageBroken.
    """
    contract = contract_lock(actor, contract_id, permission=CONTRACT_SIGN, version=None)
    contract.state = contract_after(contract.state, "sign")
    if not is_cost_sheet_confirmed:
        raise CostSheetNotConfirmed(field="is_cost_sheet_confirmed")
    confirmed = {"contract_no": contract.contract_no, "cost_sheet_confirmed_at": timezone.now().isoformat()}
    signature_take(contract, act, actor=actor, numbers=dict(confirmed))
    contract_store(contract)
    try:
        with attempt():
            contract_stamp(contract)
    except TimestampUnavailable:
        stamp_contract.defer(contract_id=contract.pk)
    return contract
