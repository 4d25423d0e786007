"""A person opens the link, and asks for the code that confirms their will."""

from django.utils import timezone

from axle.messaging.public import code_send
from axle.origination.domain.lifecycle import SENT
from axle.origination.errors import SigningLinkInvalid
from axle.origination.models import Contract, SigningSession
from axle.origination.permissions import CONTRACT_SIGN
from axle.origination.services.contract_lock import contract_lock
from axle.origination.services.signing_send import SignedPaper, token_hash
from axle.party.public import customer_contact
from axle.platform.errors import StateRefused
from axle.platform.public import Actor, Subject, track

CODE_PURPOSES = {"contract": "contract_sign", "consent_letter": "consent_sign"}


def signing_open(*, token: str) -> SigningSession:
    """The live invitation behind a link; opening it is noted once. Errors: SigningLinkInvalid."""
    rows = SigningSession.objects.select_for_update(of=("self",)).select_related("contract", "letter__application")
    session = rows.filter(token_hash=token_hash(token), state__in=["sent", "opened"]).first()
    if session is None or session.expires_at <= timezone.now() or paper_of(session).state != SENT:
        raise SigningLinkInvalid()
    if session.opened_at is None:
        track(session)
        session.state, session.opened_at = "opened", timezone.now()
        session.save()
    return session


def signing_code_send(*, actor: Actor, contract_id: int) -> None:
    """Text the code to the customer's phone. Errors: NotFound, StateRefused, SigningLinkInvalid, code limits."""
    contract = contract_lock(actor, contract_id, permission=CONTRACT_SIGN, version=None)
    if contract.state != SENT:
        raise StateRefused(state=contract.state, act="sign")
    code_text(contract)


def code_text(paper: SignedPaper) -> None:
    """Text the code for a paper whose link was opened. Errors: SigningLinkInvalid, code limits."""
    live_session(paper)
    subject = subject_of(paper)
    code_send(purpose=CODE_PURPOSES[subject.type], phone=phone_of(paper), ref=subject)


def live_session(paper: SignedPaper) -> SigningSession:
    """The opened, unexpired invitation of a paper, locked. Errors: SigningLinkInvalid."""
    session = paper.sessions.select_for_update().filter(state="opened", expires_at__gt=timezone.now()).first()
    if session is None:
        raise SigningLinkInvalid()
    return session


def paper_of(session: SigningSession) -> SignedPaper:
    """What an invitation is about."""
    paper = session.letter or session.contract
    assert paper is not None  # by constraint
    return paper


def subject_of(paper: SignedPaper) -> Subject:
    """How documents, codes and messages name a paper."""
    return Subject("contract" if isinstance(paper, Contract) else "consent_letter", paper.pk)


def phone_of(paper: SignedPaper) -> str:
    """Where the code goes: the customer's phone, and of an applicant the one that the form names."""
    return customer_contact(paper.customer_id).phone if isinstance(paper, Contract) else paper.phone
