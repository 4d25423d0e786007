"""Invite a person to sign a paper on the phone: a link by text message, good for some hours.

One mechanism for whatever is signed behind a link: contracts, and consent letters of applicants. The link can be shown
again while it lives (as a QR code beside the customer), therefore its token is derived from our key and never kept.
"""

import hashlib
from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from axle.messaging.public import sms_send
from axle.origination.domain.lifecycle import contract_after
from axle.origination.models import ConsentLetter, Contract, SigningSession
from axle.origination.parameters import SIGNING_LINK_HOURS
from axle.origination.permissions import CONTRACT_MANAGE
from axle.origination.services.contract_lock import contract_lock, contract_store
from axle.party.public import customer_contact
from axle.platform.public import Actor, Subject, blind_index, created, parameter_value, track

SignedPaper = Contract | ConsentLetter
"""What is signed behind a link."""
CONTRACT_SMS = "contract_signing_link"


def contract_send_for_signing(*, actor: Actor, contract_id: int, version: int | None = None) -> SigningSession:
    """Send a fresh link; earlier ones stop working. Errors: NotFound, StaleVersion, StateRefused."""
    contract = contract_lock(actor, contract_id, permission=CONTRACT_MANAGE, version=version)
    contract.state = contract_after(contract.state, "send")
    session = invitation_make(contract)
    contract_store(contract)
    sms_send(
        template=CONTRACT_SMS,
        phone=customer_contact(contract.customer_id).phone,
        variables={"contract_no": contract.contract_no, "link": link_in_text(session)},
        ref=Subject("contract", contract.pk),
    )
    return session


def invitation_make(paper: SignedPaper) -> SigningSession:
    """A fresh invitation to sign a paper that the caller has locked; earlier ones stop working."""
    invitations_cancel(paper)
    now = timezone.now()
    session = SigningSession(
        **_of(paper), sent_at=now, expires_at=now + timedelta(hours=parameter_value(SIGNING_LINK_HOURS.code))
    )
    session.token_hash = token_hash(link_token(session))
    session.save()
    return created(session)


def invitations_cancel(paper: SignedPaper) -> None:
    """Links of a paper that are out stop working."""
    for session in paper.sessions.filter(state__in=["sent", "opened"]):
        track(session).state = "cancelled"
        session.save()


def link_token(session: SigningSession) -> str:
    """The token in the link; nobody without our key can tell it from what is kept."""
    paper = f"letter:{session.letter_id}" if session.letter_id else f"contract:{session.contract_id}"
    return blind_index(f"signing:{paper}:{session.sent_at.isoformat()}")[:48]


def link_of(session: SigningSession) -> str:
    """The address that the person opens."""
    return f"{settings.AXLE_PUBLIC_URL}/me#/sign/{link_token(session)}"


def link_in_text(session: SigningSession) -> str:
    """The address between blanks, or phones take the words beside it into the link."""
    return f" {link_of(session)} "


def token_hash(token: str) -> str:
    """What is kept of a link's token."""
    return hashlib.sha256(token.encode()).hexdigest()


def _of(paper: SignedPaper) -> dict[str, SignedPaper]:
    return {"letter": paper} if isinstance(paper, ConsentLetter) else {"contract": paper}
