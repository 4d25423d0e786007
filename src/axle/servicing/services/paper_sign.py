"""A person signs a paper of a loan on the phone, with a code sent to their number.

Source: REG-ESIGN-13
"""

from dataclasses import dataclass

from django.utils import timezone

from axle.documents.errors import TimestampUnavailable
from axle.documents.public import document_get
from axle.messaging.public import code_send, code_verify
from axle.party.public import customer_contact
from axle.platform.public import Actor, Subject, attempt, business_date, mask, parameter_value, track
from axle.servicing.errors import PaperNotRead, PaperNotWaiting
from axle.servicing.jobs import stamp_paper
from axle.servicing.models import PaperSigning, PaperSigningState
from axle.servicing.parameters import PAPER_READ_SECONDS
from axle.servicing.services.loan_lock import loan_locked
from axle.servicing.services.paper_stamp import paper_stamp

CODE_PURPOSE = "paper_sign"


@dataclass(frozen=True)
class PaperAct:
    """What a person did on the phone page: ``signature_png`` is drawn, ``read_seconds`` measured there."""

    code: str
    signature_png: bytes
    read_seconds: int


def paper_code_send(*, actor: Actor, document_id: int) -> None:
    """Text the code that confirms the person's will. Errors: PaperNotWaiting, code limits."""
    signing = _waiting(actor, document_id)
    code_send(purpose=CODE_PURPOSE, phone=customer_contact(signing.customer_id).phone, ref=_ref(signing))


def paper_sign(*, actor: Actor, document_id: int, act: PaperAct) -> PaperSigning:
    """Take a person's signature; with the last one our seal and what was agreed follow.

    Errors: PaperNotWaiting, PaperNotRead, CodeWrong, CodeExpired, CodeAttemptsExceeded, SignatureEmpty,
    SignatureImageBroken, and what forbids to carry out what was agreed.
    """
    loan_no = _waiting(actor, document_id).loan.loan_no
    loan_locked(loan_no)
    signing = track(_waiting(actor, document_id, is_locked=True))
    least = parameter_value(PAPER_READ_SECONDS.code)
    if act.read_seconds < least:
        raise PaperNotRead(field="read_seconds", seconds=least)
    signer = customer_contact(signing.customer_id)
    code_verify(purpose=CODE_PURPOSE, phone=signer.phone, ref=_ref(signing), code=act.code)
    signing.state, signing.signed_at, signing.signature_png = (
        PaperSigningState.SIGNED,
        timezone.now(),
        act.signature_png,
    )
    signing.evidence = {
        "document_sha256": document_get(document_id).sha256,
        "asked_at": signing.sent_at.isoformat(),
        "signed_at": signing.signed_at.isoformat(),
        "read_seconds": act.read_seconds,
        "will_confirmed_by": "sms_code",
        "phone": mask(signer.phone, "phone"),
        "ip": actor.ip,
        "device": actor.device,
    }
    signing.save()
    try:
        with attempt():
            paper_stamp(signing)
    except TimestampUnavailable:
        stamp_paper.defer(signing_id=signing.pk)
    return signing


def _waiting(actor: Actor, document_id: int, *, is_locked: bool = False) -> PaperSigning:
    """The signature that a paper waits for from this person. Errors: PaperNotWaiting."""
    rows = PaperSigning.objects.select_for_update() if is_locked else PaperSigning.objects.select_related("loan")
    signing = rows.filter(
        document_id=document_id, customer_id=actor.customer_id or 0, state=PaperSigningState.WAITING
    ).first()
    if signing is None or signing.sign_until < business_date():
        raise PaperNotWaiting()
    return signing


def _ref(signing: PaperSigning) -> Subject:
    return Subject("paper_signing", signing.pk)
