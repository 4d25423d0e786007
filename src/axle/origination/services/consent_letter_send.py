"""Send the applicant the consent letter, to read and sign on their phone before the application is submitted."""

from datetime import timedelta

from axle.documents.public import document_render, document_void
from axle.messaging.public import sms_send
from axle.origination.domain.form import ApplicationForm
from axle.origination.domain.form_check import form_check
from axle.origination.domain.lifecycle import DRAFT, RETURNED
from axle.origination.errors import ApplicationIncomplete, ConsentAlreadyGiven
from axle.origination.models import Application, ConsentLetter, SigningSession
from axle.origination.parameters import CONSENT_CLAUSES, CONSENT_DAYS
from axle.origination.permissions import APPLICATION_EDIT
from axle.origination.services.application_lock import application_lock
from axle.origination.services.consents_take import consents_lacking, letter_purposes
from axle.origination.services.particulars_save import on_form
from axle.origination.services.signing_send import invitation_make, invitations_cancel, link_in_text
from axle.party.public import customer_ensure
from axle.platform.errors import StateRefused
from axle.platform.public import (
    Actor,
    Subject,
    business_date,
    created,
    legal_entity,
    mask,
    next_no,
    parameter_value,
    text,
    track,
)

TEMPLATE = "consent_letter"
SMS_TEMPLATE = "consent_signing_link"
_ASKED = ("name", "id_no", "phone")


def consent_letter_send(*, actor: Actor, application_id: int, version: int | None = None) -> SigningSession:
    """Text the applicant a link to the letter; earlier links stop working. A letter that waits is sent again as long as
    it is about the same person, phone and purposes; otherwise it is voided and another is made.

    Errors: NotFound, StaleVersion, StateRefused after submission, ApplicationIncomplete with name, id number or phone,
    ConsentAlreadyGiven, and what party refuses about the person.
    """
    application = application_lock(actor, application_id, permission=APPLICATION_EDIT, version=version)
    if application.state not in (DRAFT, RETURNED):
        raise StateRefused(state=application.state, act="consent_letter_send")
    form = ApplicationForm.model_validate(application.form)
    _check(form)
    letter = _waiting(application, form, actor) or _letter(application, form, actor)
    session = invitation_make(letter)
    sms_send(
        template=SMS_TEMPLATE,
        phone=letter.phone,
        variables={"link": link_in_text(session)},
        ref=Subject("consent_letter", letter.pk),
    )
    return session


def letter_void(letter: ConsentLetter, *, actor: Actor, reason: str) -> None:
    """A letter that waits is not signed any more."""
    invitations_cancel(letter)
    document_void(actor=actor, document_id=letter.document_id or 0, reason=reason)
    track(letter).state = "voided"
    letter.save()


def _check(form: ApplicationForm) -> None:
    on = business_date()
    paths = {f"customer.{name}" for name in _ASKED}
    faults = [fault for fault in form_check(form, on=on) if fault.path in paths]
    if faults:
        errors = [
            {"loc": tuple(fault.path.split(".")), "type": fault.code, "msg": fault.code, "ctx": fault.params}
            for fault in faults
        ]
        raise ApplicationIncomplete(count=len(faults), errors=errors)
    _, held = consents_lacking(form, on=on)
    if set(letter_purposes(form)) <= set(held):
        raise ConsentAlreadyGiven(until=min(consent.expires_on for consent in held.values()))


def _waiting(application: Application, form: ApplicationForm, actor: Actor) -> ConsentLetter | None:
    """The letter that waits and still says what is asked now; one that does not is voided."""
    letter = ConsentLetter.objects.select_for_update().filter(application=application, state="sent").first()
    if letter is None:
        return None
    person, purposes = form.customer, [str(purpose) for purpose in letter_purposes(form)]
    said = (letter.signer_name, letter.phone, letter.id_no, letter.purposes)
    same = said == (person.name, person.phone, person.id_no, purposes)
    if same and letter.created_at.date() >= business_date():
        return letter
    letter_void(letter, actor=actor, reason=text("text", "letter_replaced", locale="zh-CN"))
    return None


def _letter(application: Application, form: ApplicationForm, actor: Actor) -> ConsentLetter:
    person, on = form.customer, business_date()
    with on_form("customer"):
        customer_id = customer_ensure(
            actor=actor,
            name=person.name or "",
            id_no=person.id_no or "",
            phone=person.phone or "",
            department_id=application.department_id,
            owner_id=application.owner_id,
        )
    letter = ConsentLetter.objects.create(
        letter_no=next_no("SQ", on=on),
        application=application,
        customer_id=customer_id,
        signer_name=person.name or "",
        phone=person.phone or "",
        id_no=person.id_no or "",
        purposes=[str(purpose) for purpose in letter_purposes(form)],
        holds_days=parameter_value(CONSENT_DAYS.code),
        sent_by_name=actor.name,
    )
    document = document_render(
        actor=actor,
        template=TEMPLATE,
        data=_paper(letter, application),
        subject=Subject("consent_letter", letter.pk),
        legal_entity_id=application.legal_entity_id,
        title=text("text", "letter_title", locale="zh-CN", letter_no=letter.letter_no),
    )
    letter.document_id, letter.document_sha256 = document.document_id, document.sha256
    letter.save()
    return created(letter)


def _paper(letter: ConsentLetter, application: Application) -> dict[str, object]:
    institution, on = legal_entity(application.legal_entity_id), business_date()
    return {
        "letter_no": letter.letter_no,
        "made_on": on,
        "holds_until": on + timedelta(days=letter.holds_days),
        "institution": {"name": institution.name, "uscc": institution.uscc},
        "giver": {"name": letter.signer_name, "id_no": letter.id_no, "phone_masked": mask(letter.phone, "phone")},
        "application_no": application.application_no,
        "purposes": letter.purposes,
        "clauses": parameter_value(CONSENT_CLAUSES.code),
    }
