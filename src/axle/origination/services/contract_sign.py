"""The customer signs; the signatures with their time stamps follow at once, or as soon as the authority answers.

Source: REG-ESIGN-13 (a signature is reliable when its means are the signer's alone at signing, and changes to
it and to the text can be detected).
"""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from axle.documents.errors import TimestampUnavailable
from axle.messaging.public import code_verify
from axle.origination.domain.lifecycle import contract_after
from axle.origination.errors import ContractNotRead, CostSheetNotConfirmed
from axle.origination.jobs import stamp_contract
from axle.origination.models import Contract, SigningSession
from axle.origination.parameters import READ_SECONDS
from axle.origination.permissions import CONTRACT_SIGN
from axle.origination.services.contract_lock import contract_lock, contract_store
from axle.origination.services.contract_stamp import contract_stamp
from axle.origination.services.signing_open import CODE_PURPOSE, live_session
from axle.party.public import customer_contact
from axle.platform.public import Actor, Subject, attempt, mask, parameter_value, track


@dataclass(frozen=True)
class SigningAct:
    """What the customer did on the phone page: ``signature_png`` is drawn, ``read_seconds`` measured there."""

    code: str
    signature_png: bytes
    is_cost_sheet_confirmed: bool
    read_seconds: int


def contract_sign(*, actor: Actor, contract_id: int, act: SigningAct) -> Contract:
    """Take the customer's signature; the company's seal and the disbursement's checklist follow.

    The contract is ``signed``, or ``signing`` while the time-stamp authority is away: then a job finishes it.
    Errors: NotFound, StateRefused, SigningLinkInvalid, CostSheetNotConfirmed, ContractNotRead, CodeWrong,
    CodeExpired, CodeAttemptsExceeded, SignatureEmpty, SignatureImageBroken.
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
    _end_session(session, evidence, act.signature_png, now)
    contract_store(contract)
    try:
        with attempt():
            contract_stamp(contract)
    except TimestampUnavailable:
        stamp_contract.defer(contract_id=contract.pk)
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


def _end_session(
    session: SigningSession, evidence: dict[str, str | int | None], signature_png: bytes, at: datetime
) -> None:
    track(session)
    session.state, session.signed_at, session.evidence = "signed", at, evidence
    session.signature_png = signature_png
    session.save()
