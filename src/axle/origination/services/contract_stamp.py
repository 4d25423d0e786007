"""The signatures are put on the paper, each with its time stamp; then the contract is signed.

The time-stamp authority is another company's: while it is away the contract waits in ``signing`` with what the
customer did, and nothing of it is on the paper.
"""

from axle.documents.public import document_seal, document_sign_person
from axle.origination.domain.lifecycle import SIGNING, contract_after
from axle.origination.events import ContractSigned
from axle.origination.models import Contract, SigningSession
from axle.origination.services.contract_lock import contract_store, contract_take
from axle.origination.services.disbursement_prepare import disbursement_prepare
from axle.party.public import customer_contact
from axle.platform.public import publish, track


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
    session = contract.sessions.select_for_update().get(state="signed")
    sealed_sha256 = _signatures(contract, session)
    track(session).signature_png = None
    session.save()
    contract.state = contract_after(contract.state, "stamp")
    contract.signed_at, contract.signed_sha256 = session.signed_at, sealed_sha256
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


def _signatures(contract: Contract, session: SigningSession) -> str:
    """Both or none: the caller's transaction is undone when either is refused."""
    document_id = contract.document_id or 0
    document_sign_person(
        document_id=document_id,
        signer_name=customer_contact(contract.customer_id).name,
        signature_png=bytes(session.signature_png or b""),
        evidence=session.evidence,
    )
    return document_seal(document_id=document_id, legal_entity_id=contract.legal_entity_id).sha256
