"""Consents at intake: sent and looked at by whoever types, read, signed and taken back by the applicant."""

from datetime import date, datetime

from django.http import HttpResponse
from pydantic import BaseModel, Field

from axle.documents.public import document_content
from axle.origination import permissions as may
from axle.origination.domain.device_session import DeviceSessionPart
from axle.origination.domain.lifecycle import DRAFT, RETURNED
from axle.origination.http.application_detail import application_visible
from axle.origination.http.applications import ApplicationIn, ApplicationOut, application_out
from axle.origination.http.base import api
from axle.origination.http.signing import SigningActIn, signing_act
from axle.origination.models import ConsentLetter
from axle.origination.selectors import letters_in, letters_visible
from axle.origination.services.consent_letter_send import consent_letter_send
from axle.origination.services.consent_letter_sign import (
    consent_code_send,
    consent_letter_sign,
    consent_letter_withdraw,
)
from axle.origination.services.consent_standing import ConsentStanding, consent_standing
from axle.origination.services.consents_take import consent_tell
from axle.platform.errors import NotFound
from axle.platform.http import file_answer
from axle.platform.public import PDF, Actor, Ctx, Input, available_commands, business_date
from axle.sources.public import ConsentHeld, Purpose, consents_of


class ConsentTellIn(ApplicationIn):
    """The letter that the applicant signed with a partner, which keeps it under ``reference``."""

    reference: str = Field(min_length=1, max_length=64)
    given_on: date | None = None


class ConsentLetterSendIn(Input):
    """For whose application; ``version`` when the person saw one."""

    application_id: int
    version: int | None = None


class ConsentLetterIn(Input):
    letter_id: int


class ConsentLetterSignIn(SigningActIn):
    """Signing a consent letter; ``device`` is what the page tells of the phone, as the letter agrees to."""

    letter_id: int
    device: DeviceSessionPart | None = None


class ConsentLetterWithdrawIn(ConsentLetterIn):
    """Why, as far as the person likes to say."""

    reason: str = Field(default="", max_length=200)


class ConsentLetterOut(BaseModel):
    letter_id: int
    consent_letter_no: str


class ConsentLetterSentOut(ConsentLetterOut):
    """The invitation that was sent."""

    expires_at: datetime


class ApplicationConsentOut(BaseModel):
    """How the applicant's consents stand. ``link`` is shown as a QR code to the applicant beside; only for those who
    may send it, and as long as it lives."""

    consent_standing: ConsentStanding
    consents_demanded: list[Purpose]
    consents_lacking: list[Purpose]
    consent_expires_on: date | None
    letter_id: int | None
    consent_letter_no: str
    signed_at: datetime | None
    link: str
    link_expires_at: datetime | None
    actions: list[str]


class OwnLetterOut(BaseModel):
    """A letter that the person signed, and until when it holds."""

    letter_id: int
    consent_letter_no: str
    application_no: str
    signed_at: datetime
    consent_purposes: list[Purpose]
    consent_expires_on: date | None
    withdrawn_on: date | None
    actions: list[str]


class OwnLettersOut(BaseModel):
    items: list[OwnLetterOut]


@api.command("consent_letter_send", permission=may.APPLICATION_EDIT, subject="application")
def consent_letter_send_command(ctx: Ctx, data: ConsentLetterSendIn) -> ConsentLetterSentOut:
    """Text the applicant the link to the consent letter; earlier links stop working."""
    session = consent_letter_send(actor=ctx.actor, application_id=data.application_id, version=data.version)
    letter = session.letter
    assert letter is not None
    return ConsentLetterSentOut(letter_id=letter.pk, consent_letter_no=letter.letter_no, expires_at=session.expires_at)


@api.command("consent_tell", permission=may.APPLICATION_EDIT, subject="application")
def consent_tell_command(ctx: Ctx, data: ConsentTellIn) -> ApplicationOut:
    """Tell under which reference a partner keeps the letter that the applicant signed with it."""
    return application_out(
        consent_tell(
            actor=ctx.actor,
            application_id=data.application_id,
            version=data.version,
            reference=data.reference,
            given_on=data.given_on,
        )
    )


@api.command("consent_code_send", permission=may.CONSENT_GIVE, subject="consentletter")
def consent_code_send_command(ctx: Ctx, data: ConsentLetterIn) -> ConsentLetterIn:
    """Text the code that confirms the applicant's will."""
    consent_code_send(actor=ctx.actor, letter_id=data.letter_id)
    return data


@api.command("consent_letter_sign", permission=may.CONSENT_GIVE, subject="consentletter")
def consent_letter_sign_command(ctx: Ctx, data: ConsentLetterSignIn) -> ConsentLetterOut:
    """Sign the consent letter as the applicant."""
    letter = consent_letter_sign(actor=ctx.actor, letter_id=data.letter_id, act=signing_act(data), device=data.device)
    return _out(letter)


@api.command("consent_letter_withdraw", permission=may.CONSENT_GIVE, subject="consentletter")
def consent_letter_withdraw_command(ctx: Ctx, data: ConsentLetterWithdrawIn) -> ConsentLetterOut:
    """Take back what one consented to in a letter."""
    return _out(consent_letter_withdraw(actor=ctx.actor, letter_id=data.letter_id, reason=data.reason))


@api.query("application_consent", "/applications/{application_id}/consent", permission=may.APPLICATION_VIEW)
def application_consent(actor: Actor, application_id: int) -> ApplicationConsentOut:
    """How the consents of an application stand."""
    application = application_visible(actor, application_id)
    found = consent_standing(application)
    is_open = application.state in (DRAFT, RETURNED) and bool(found.lacking)
    may_send = is_open and actor.may(may.APPLICATION_EDIT)
    return ApplicationConsentOut(
        consent_standing=found.standing,
        consents_demanded=found.demanded,
        consents_lacking=found.lacking,
        consent_expires_on=found.holds_until,
        letter_id=found.letter.pk if found.letter else None,
        consent_letter_no=found.letter.letter_no if found.letter else "",
        signed_at=found.letter.signed_at if found.letter else None,
        link=found.link if may_send else "",
        link_expires_at=found.link_expires_at,
        actions=available_commands(actor, "consent_letter_send") if may_send else [],
    )


@api.query("consent_letter_file", "/consent-letters/{letter_id}/file", permission=None)
def consent_letter_file(actor: Actor, letter_id: int) -> HttpResponse:
    """The letter's PDF, for staff in scope and for the person who signs it."""
    letter = letters_visible(actor).filter(pk=letter_id).first()
    if letter is None or letter.document_id is None:
        raise NotFound(what="consent_letter")
    content = document_content(letter.document_id)
    return file_answer(content, content_type=PDF, name=f"{letter.letter_no}.pdf", is_download=False)


@api.query("own_consent_letters", "/me/consent-letters", permission=may.CONSENT_GIVE)
def own_consent_letters(actor: Actor) -> OwnLettersOut:
    """The letters that the person who asks has signed, newest first."""
    rows = letters_in(actor.scope(may.CONSENT_GIVE)).filter(state="signed", customer_id=actor.customer_id or 0)
    letters = list(rows.select_related("application").order_by("-pk"))
    consents = consents_of("consent_letter", [letter.pk for letter in letters])
    return OwnLettersOut(items=[_own(actor, letter, consents[letter.pk]) for letter in letters])


def _own(actor: Actor, letter: ConsentLetter, consents: list[ConsentHeld]) -> OwnLetterOut:
    on = business_date()
    live = [consent for consent in consents if consent.withdrawn_on is None and consent.expires_on >= on]
    return OwnLetterOut(
        letter_id=letter.pk,
        consent_letter_no=letter.letter_no,
        application_no=letter.application.application_no,
        signed_at=letter.signed_at or letter.created_at,
        consent_purposes=[Purpose(purpose) for purpose in letter.purposes],
        consent_expires_on=min((consent.expires_on for consent in consents), default=None),
        withdrawn_on=max((consent.withdrawn_on for consent in consents if consent.withdrawn_on), default=None),
        actions=available_commands(actor, "consent_letter_withdraw") if live else [],
    )


def _out(letter: ConsentLetter) -> ConsentLetterOut:
    return ConsentLetterOut(letter_id=letter.pk, consent_letter_no=letter.letter_no)
