"""The customer signs; the company seals at once.

Source: REG-ESIGN-13 (a signature is reliable when its means are the signer's alone at signing, and changes to
it and to the text can be detected).
"""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from axle.documents.public import document_seal, document_sign_person
from axle.messaging.public import code_verify
from axle.origination.domain.lifecycle import contract_after
from axle.origination.errors import ContractNotRead, CostSheetNotConfirmed
from axle.origination.events import ContractSigned
from axle.origination.models import Contract, SigningSession
from axle.origination.parameters import READ_SECONDS
from axle.origination.permissions import CONTRACT_SIGN
from axle.origination.services.contract_lock import contract_lock, contract_store
from axle.origination.services.disbursement_prepare import disbursement_prepare
from axle.origination.services.signing_open import CODE_PURPOSE, live_session
from axle.party.public import customer_contact
from axle.platform.public import Actor, Subject, mask, parameter_value, publish, track


@dataclass(frozen=True)
class SigningAct:
    """What the customer did on the phone page: ``signature_png`` is drawn, ``read_seconds`` measured there."""

    code: str
    signature_png: bytes
    is_cost_sheet_confirmed: bool
    read_seconds: int


def contract_sign(*, actor: Actor, contract_id: int, act: SigningAct) -> Contract:
    """Sign as the borrower, seal as the company, and open the disbursement's checklist.

    Errors: NotFound, StateRefused, SigningLinkInvalid, CostSheetNotConfirmed, ContractNotRead, CodeWrong,
    CodeExpired, CodeAttemptsExceeded, SignatureImageRefused, TimestampUnavailable.
    """
    contract = contract_lock(actor, contract_id, permission=CONTRACT_SIGN, version=None)
    contract.state = contract_after(contract.state, "sign")
    session = live_session(contract)
    _check(act)
    signer = customer_contact(contract.customer_id)
    subject = Subject("contract", contract.pk)
    code_verify(purpose=CODE_PURPOSE, phone=signer.phone, ref=subject, code=act.code)
    now = timezone.now()
    evidence = _evidence(contract, session, act, actor, phone=signer.phone, at=now)
    document_id = contract.document_id or 0
    document_sign_person(
        document_id=document_id, signer_name=signer.name, signature_png=act.signature_png, evidence=evidence
    )
    sealed = document_seal(document_id=document_id, legal_entity_id=contract.legal_entity_id)
    _end_session(session, evidence, now)
    contract.signed_at, contract.signed_sha256 = now, sealed.sha256
    contract_store(contract)
    disbursement_prepare(contract)
    publish(
        ContractSigned(
            contract_id=contract.pk,
            contract_no=contract.contract_no,
            application_id=contract.application_id,
            customer_id=contract.customer_id,
            document_id=document_id,
        )
    )
    return contract


def _check(act: SigningAct) -> None:
    if not act.is_cost_sheet_confirmed:
        raise CostSheetNotConfirmed(field="is_cost_sheet_confirmed")
    least = parameter_value(READ_SECONDS.code)
    if act.read_seconds < least:
        raise ContractNotRead(field="read_seconds", seconds=least)


def _evidence(
    contract: Contract, session: SigningSession, act: SigningAct, actor: Actor, *, phone: str, at: datetime
) -> dict[str, str | int | None]:
    return {
        "contract_no": contract.contract_no,
        "document_sha256": contract.document_sha256,
        "link_sent_at": session.sent_at.isoformat(),
        "opened_at": session.opened_at.isoformat() if session.opened_at else None,
        "signed_at": at.isoformat(),
        "read_seconds": act.read_seconds,
        "cost_sheet_confirmed_at": at.isoformat(),
        "will_confirmed_by": "sms_code",
        "phone": mask(phone, "phone"),
        "ip": actor.ip,
        "device": actor.device,
    }


def _end_session(session: SigningSession, evidence: dict[str, str | int | None], at: datetime) -> None:
    track(session)
    session.state, session.signed_at, session.evidence = "signed", at, evidence
    session.save()
