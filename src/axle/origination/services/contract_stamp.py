"""The signatures are put on the paper, each with its time stamp; then the contract is signed.

The time-stamp authority is another company's: while it is away the contract waits in ``signing`` with what the
customer did, and nothing of it is on the paper.
"""

from axle.documents.public import document_seal
from axle.origination.domain.lifecycle import SIGNING, contract_after
from axle.origination.events import ContractSigned
from axle.origination.models import Contract
from axle.origination.services.contract_lock import contract_store, contract_take
from axle.origination.services.disbursement_prepare import disbursement_prepare
from axle.origination.services.signing_take import signature_put
from axle.party.public import customer_contact
from axle.platform.public import publish


def contract_stamp_waiting(*, contract_id: int) -> None:
    """Finish the signing of a contract that waits; one that does not wait any more is left alone.

    Errors: TimestampUnavailable; then nothing has changed and the job tries again.
    """
    contract = contract_take(contract_id)
    if contract.state == SIGNING:
        contract_stamp(contract)


def contract_stamp(contract: Contract) -> None:
    """Sign as the borrower, seal as the company, open the disbursement's checklist.

    Errors: TimestampUnavailable, SignatureEmpty, SignatureImageBroken; then nothing has changed.
    """
    sealed_sha256 = _signatures(contract)
    contract.state = contract_after(contract.state, "stamp")
    contract.signed_at = contract.sessions.values_list("signed_at", flat=True).get(state="signed")
    contract.signed_sha256 = sealed_sha256
    contract_store(contract)
    disbursement_prepare(contract)
    publish(
        ContractSigned(
            contract_id=contract.pk,
            contract_no=contract.contract_no,
            application_id=contract.application_id,
            customer_id=contract.customer_id,
            document_id=contract.document_id or 0,
        )
    )


def _signatures(contract: Contract) -> str:
    """Both or none: the caller's transaction is undone when either is refused."""
    signature_put(contract, signer_name=customer_contact(contract.customer_id).name)
    return document_seal(document_id=contract.document_id or 0, legal_entity_id=contract.legal_entity_id).sha256
