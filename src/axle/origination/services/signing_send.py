"""Invite the customer to sign: a link by text message, good for some hours."""

import hashlib
import secrets
from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from axle.messaging.public import sms_send
from axle.origination.domain.lifecycle import contract_after
from axle.origination.models import Contract, SigningSession
from axle.origination.parameters import SIGNING_LINK_HOURS
from axle.origination.permissions import CONTRACT_MANAGE
from axle.origination.services.contract_lock import contract_lock, contract_store
from axle.party.public import customer_contact
from axle.platform.public import Actor, Subject, created, parameter_value, track

SMS_TEMPLATE = "contract_signing_link"


def contract_send_for_signing(*, actor: Actor, contract_id: int, version: int | None = None) -> SigningSession:
    """Send a fresh link; earlier ones stop working. Errors: NotFound, StaleVersion, StateRefused."""
    contract = contract_lock(actor, contract_id, permission=CONTRACT_MANAGE, version=version)
    contract.state = contract_after(contract.state, "send")
    for session in contract.sessions.filter(state__in=["sent", "opened"]):
        track(session).state = "cancelled"
        session.save()
    token = secrets.token_urlsafe(24)
    session = created(_session(contract, token))
    contract_store(contract)
    _text(contract, token)
    return session


def token_hash(token: str) -> str:
    """What is kept of a link's token."""
    return hashlib.sha256(token.encode()).hexdigest()


def _session(contract: Contract, token: str) -> SigningSession:
    now = timezone.now()
    hours = parameter_value(SIGNING_LINK_HOURS.code)
    return SigningSession.objects.create(
        contract=contract, token_hash=token_hash(token), sent_at=now, expires_at=now + timedelta(hours=hours)
    )


def _text(contract: Contract, token: str) -> None:
    link = f" {settings.AXLE_PUBLIC_URL}/me#/sign/{token} "  # blanks, or phones take the words beside it into the link
    sms_send(
        template=SMS_TEMPLATE,
        phone=customer_contact(contract.customer_id).phone,
        variables={"contract_no": contract.contract_no, "link": link},
        ref=Subject("contract", contract.pk),
    )
