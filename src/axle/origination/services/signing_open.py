"""The customer opens the link, and asks for the code that confirms their will."""

from django.utils import timezone

from axle.messaging.public import code_send
from axle.origination.domain.lifecycle import SENT
from axle.origination.errors import SigningLinkInvalid
from axle.origination.models import Contract, SigningSession
from axle.origination.permissions import CONTRACT_SIGN
from axle.origination.services.contract_lock import contract_lock
from axle.origination.services.signing_send import token_hash
from axle.party.public import customer_contact
from axle.platform.errors import StateRefused
from axle.platform.public import Actor, Subject, track

CODE_PURPOSE = "contract_sign"


def signing_open(*, token: str) -> SigningSession:
    """The live invitation behind a link; opening it is noted once. Errors: SigningLinkInvalid."""
    rows = SigningSession.objects.select_for_update(of=("self",)).select_related("contract")
    session = rows.filter(token_hash=token_hash(token), state__in=["sent", "opened"]).first()
    if session is None or session.expires_at <= timezone.now() or session.contract.state != SENT:
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
    live_session(contract)
    phone = customer_contact(contract.customer_id).phone
    code_send(purpose=CODE_PURPOSE, phone=phone, ref=Subject("contract", contract.pk))


def live_session(contract: Contract) -> SigningSession:
    """The opened, unexpired invitation of a contract, locked. Errors: SigningLinkInvalid."""
    session = contract.sessions.select_for_update().filter(state="opened", expires_at__gt=timezone.now()).first()
    if session is None:
        raise SigningLinkInvalid()
    return session
