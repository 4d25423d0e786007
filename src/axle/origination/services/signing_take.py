"""Take a person's signature behind a link: the will, with the evidence of it, and later the signature on the paper.

The time-stamp authority is another company's: while it is away a job tries again, and nothing is on the paper.
Source: REG-ESIGN-13 (a signature is reliable when its means are the signer's alone at signing, and changes to
it and to the text can be detected).
"""

from dataclasses import dataclass

from django.utils import timezone

from axle.documents.public import document_sign_person
from axle.messaging.public import code_verify
from axle.origination.errors import ContractNotRead
from axle.origination.models import SigningSession
from axle.origination.parameters import READ_SECONDS
from axle.origination.services.signing_open import CODE_PURPOSES, live_session, phone_of, subject_of
from axle.origination.services.signing_send import SignedPaper
from axle.platform.public import Actor, mask, parameter_value, track

Evidence = dict[str, str | int | None]


@dataclass(frozen=True)
class SigningAct:
    """What a person did on the phone page: ``signature_png`` is drawn, ``read_seconds`` measured there."""

    code: str
    signature_png: bytes
    read_seconds: int


def signature_take(paper: SignedPaper, act: SigningAct, *, actor: Actor, numbers: Evidence) -> SigningSession:
    """End the invitation as signed, with what shows that it was this person's will; ``numbers`` name the paper.

    Errors: SigningLinkInvalid, ContractNotRead, CodeWrong, CodeExpired, CodeAttemptsExceeded.
    """
    session = track(live_session(paper))
    least = parameter_value(READ_SECONDS.code)
    if act.read_seconds < least:
        raise ContractNotRead(field="read_seconds", seconds=least)
    subject, phone = subject_of(paper), phone_of(paper)
    code_verify(purpose=CODE_PURPOSES[subject.type], phone=phone, ref=subject, code=act.code)
    now = timezone.now()
    session.state, session.signed_at, session.signature_png = "signed", now, act.signature_png
    session.evidence = numbers | {
        "document_sha256": paper.document_sha256,
        "link_sent_at": session.sent_at.isoformat(),
        "opened_at": session.opened_at.isoformat() if session.opened_at else None,
        "signed_at": now.isoformat(),
        "read_seconds": act.read_seconds,
        "will_confirmed_by": "sms_code",
        "phone": mask(phone, "phone"),
        "ip": actor.ip,
        "device": actor.device,
    }
    session.save()
    return session


def signature_put(paper: SignedPaper, *, signer_name: str) -> str:
    """Put the signature that was taken on the paper; gives the paper's hash after it.

    Errors: TimestampUnavailable, SignatureEmpty, SignatureImageBroken; then nothing has changed.
    """
    session = track(paper.sessions.select_for_update().get(state="signed"))
    document = document_sign_person(
        document_id=paper.document_id or 0,
        signer_name=signer_name,
        signature_png=bytes(session.signature_png or b""),
        evidence=session.evidence,
    )
    session.signature_png = None
    session.save()
    return document.sha256
