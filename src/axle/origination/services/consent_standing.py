"""How the consents of an application stand, for the pages that show it."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from django.utils import timezone

from axle.origination.domain.form import ApplicationForm
from axle.origination.models import Application, ConsentLetter
from axle.origination.services.consents_take import CONSENT_LETTER, consents_lacking, purposes_demanded
from axle.origination.services.documents_gather import captured_of
from axle.origination.services.signing_open import subject_of
from axle.origination.services.signing_send import link_of
from axle.platform.public import business_date
from axle.sources.public import Purpose, consents_of


class ConsentStanding(StrEnum):
    """Where an application's consents are. HELD: given otherwise, on paper or with another application."""

    NOT_NEEDED = "not_needed"
    NOT_SENT = "not_sent"
    SENT = "sent"
    OPENED = "opened"
    SIGNED = "signed"
    HELD = "held"
    CAPTURED = "captured"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class ApplicationConsent:
    """The standing, what is demanded and lacking, and the letter that was sent last, with its link while that lives."""

    standing: ConsentStanding
    demanded: list[Purpose]
    lacking: list[Purpose]
    holds_until: date | None = None
    letter: ConsentLetter | None = None
    link: str = ""
    link_expires_at: datetime | None = None


def consent_standing(application: Application) -> ApplicationConsent:
    """How the consents of an application stand today."""
    on, form = business_date(), ApplicationForm.model_validate(application.form)
    demanded = purposes_demanded(form)
    lacking, held = consents_lacking(form, on=on)
    letter = application.letters.order_by("-pk").first()
    if demanded and not lacking:
        signed = letter is not None and letter.state == "signed"
        standing = ConsentStanding.SIGNED if signed else ConsentStanding.HELD
        until = min(held[purpose].expires_on for purpose in demanded)
        return ApplicationConsent(standing, demanded, [], until, letter)
    if letter is not None and letter.state == "sent":
        return _waiting(letter, demanded, lacking)
    if any(document.kind == CONSENT_LETTER for document in captured_of(application)):
        return ApplicationConsent(ConsentStanding.CAPTURED, demanded, lacking, letter=letter)
    if letter is not None and letter.state == "signed":
        is_withdrawn = any(
            consent.withdrawn_on for consent in consents_of(subject_of(letter).type, [letter.pk])[letter.pk]
        )
        standing = ConsentStanding.WITHDRAWN if is_withdrawn else ConsentStanding.EXPIRED
        return ApplicationConsent(standing if demanded else ConsentStanding.SIGNED, demanded, lacking, letter=letter)
    standing = ConsentStanding.NOT_SENT if demanded else ConsentStanding.NOT_NEEDED
    return ApplicationConsent(standing, demanded, lacking, letter=letter)


def _waiting(letter: ConsentLetter, demanded: list[Purpose], lacking: list[Purpose]) -> ApplicationConsent:
    session = letter.sessions.filter(state__in=["sent", "opened"]).first()
    if session is None or session.expires_at <= timezone.now():
        return ApplicationConsent(ConsentStanding.EXPIRED, demanded, lacking, letter=letter)
    standing = ConsentStanding.OPENED if session.opened_at else ConsentStanding.SENT
    link = link_of(session)
    return ApplicationConsent(standing, demanded, lacking, None, letter, link, session.expires_at)
