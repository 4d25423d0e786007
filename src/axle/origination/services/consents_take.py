"""The consents that an application needs before it is submitted: given on the phone, on paper, or told by a partner.

Source: REG-CREDIT-18 (nobody is asked about a person without their written consent).
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, timedelta

from axle.documents.public import CapturedDocumentView
from axle.origination.domain.form import ApplicationForm
from axle.origination.domain.lifecycle import DRAFT, RETURNED
from axle.origination.errors import ConsentMissing, ConsentNotPartners
from axle.origination.models import Application
from axle.origination.parameters import CONSENT_DAYS, CONSENT_DEMANDED, CONSENT_PURPOSES
from axle.origination.permissions import APPLICATION_EDIT
from axle.origination.services.application_lock import application_lock, application_store
from axle.origination.services.review_start import application_subject
from axle.platform.errors import StateRefused
from axle.platform.public import Actor, Subject, business_date, parameter_value
from axle.sources.public import (
    CaseScope,
    ConsentHeld,
    Consenting,
    Purpose,
    consents_held,
    consents_keep,
    purposes_needed,
)

CONSENT_LETTER = "consent_letter"
_KEEP_PAPERS_THEMSELVES = frozenset({"machine", "system"})


def letter_purposes(form: ApplicationForm) -> list[Purpose]:
    """What the institution's letter asks an applicant to consent to; how a car is driven, only where it works."""
    named = [Purpose(purpose) for purpose in parameter_value(CONSENT_PURPOSES.code)]
    is_at_work = form.vehicle.operation != "none"
    return [purpose for purpose in named if is_at_work or purpose != Purpose.DRIVING_DATA]


def purposes_demanded(form: ApplicationForm) -> list[Purpose]:
    """Without which consents nothing is submitted: those of the letter that a source in use waits for."""
    if not parameter_value(CONSENT_DEMANDED.code):
        return []
    needed = purposes_needed()
    return [purpose for purpose in letter_purposes(form) if purpose in needed]


def consents_lacking(form: ApplicationForm, *, on: date) -> tuple[list[Purpose], dict[Purpose, ConsentHeld]]:
    """The consents that are demanded and not given, and those that the applicant has given."""
    held = consents_held(form.customer.id_no, on=on) if form.customer.id_no else {}
    return [purpose for purpose in purposes_demanded(form) if purpose not in held], held


def consents_refuse_lacking(form: ApplicationForm, *, taken: Collection[Purpose]) -> None:
    """``taken`` are consents that were kept just now. Errors: ConsentMissing."""
    demanded = set(purposes_demanded(form)) - set(taken)
    lacking = consents_lacking(form, on=business_date())[0] if demanded else []
    if lacking:
        raise ConsentMissing(field="consent", count=len(lacking))


def consents_take(
    application: Application, form: ApplicationForm, captured: Sequence[CapturedDocumentView], *, actor: Actor
) -> list[Purpose]:
    """Keep what the captured letter consents to: the purposes that the institution's letter names, from today on."""
    letters = [document for document in captured if document.kind == CONSENT_LETTER]
    if not letters or not form.customer.id_no:
        return []
    subject, purposes = application_subject(application), letter_purposes(form)
    consents_give(application, _person(form), purposes, subject, actor=actor, document_id=letters[0].document_id)
    return purposes


def consent_tell(
    *, actor: Actor, application_id: int, version: int | None, reference: str, given_on: date | None = None
) -> Application:
    """A partner tells under which reference it keeps the letter that the applicant signed with it.

    Errors: NotFound, StaleVersion, ConsentNotPartners, StateRefused after submission.
    """
    application = application_lock(actor, application_id, permission=APPLICATION_EDIT, version=version)
    if actor.kind not in _KEEP_PAPERS_THEMSELVES:
        raise ConsentNotPartners(field="reference")
    if application.state not in (DRAFT, RETURNED):
        raise StateRefused(state=application.state, act="consent_tell")
    form = ApplicationForm.model_validate(application.form)
    consents_give(
        application,
        _person(form),
        letter_purposes(form),
        application_subject(application),
        actor=actor,
        reference=reference,
        given_on=given_on,
    )
    application_store(application)
    return application


def consents_give(
    application: Application,
    person: tuple[str, str],
    purposes: Iterable[Purpose],
    subject: Subject,
    *,
    actor: Actor,
    document_id: int | None = None,
    reference: str = "",
    given_on: date | None = None,
) -> None:
    """Keep consents of a person (name and id number), for as long as the institution's letter says."""
    given_on = given_on or business_date()
    consents_keep(
        actor=actor,
        given=Consenting(
            id_no=person[1],
            name=person[0],
            subject=subject,
            subject_no=application.application_no,
            document_id=document_id,
            reference=reference,
            given_on=given_on,
            expires_on=given_on + timedelta(days=parameter_value(CONSENT_DAYS.code)),
        ),
        purposes=purposes,
        scope=CaseScope(
            legal_entity_id=application.legal_entity_id,
            department_id=application.department_id,
            owner_id=application.owner_id,
            dealer_id=application.dealer_id,
        ),
    )


def _person(form: ApplicationForm) -> tuple[str, str]:
    return form.customer.name or "", form.customer.id_no or ""
