"""The consents that an applicant signed on the institution's consent letter (授权书)."""

from collections.abc import Sequence
from datetime import timedelta

from axle.documents.public import CapturedDocumentView
from axle.origination.domain.form import ApplicationForm
from axle.origination.models import Application
from axle.origination.parameters import CONSENT_DAYS, CONSENT_PURPOSES
from axle.origination.services.review_start import application_subject
from axle.platform.public import Actor, business_date, parameter_value
from axle.sources.public import CaseScope, Consenting, Purpose, consents_keep

CONSENT_LETTER = "consent_letter"


def consents_take(
    application: Application, form: ApplicationForm, captured: Sequence[CapturedDocumentView], *, actor: Actor
) -> None:
    """Keep what the captured letter consents to: the purposes that the institution's letter names, from today on."""
    letters = [document for document in captured if document.kind == CONSENT_LETTER]
    if not letters or not form.customer.id_no:
        return
    today = business_date()
    consents_keep(
        actor=actor,
        given=Consenting(
            id_no=form.customer.id_no,
            name=form.customer.name or "",
            subject=application_subject(application),
            subject_no=application.application_no,
            document_id=letters[0].document_id,
            given_on=today,
            expires_on=today + timedelta(days=parameter_value(CONSENT_DAYS.code)),
        ),
        purposes=[Purpose(purpose) for purpose in parameter_value(CONSENT_PURPOSES.code)],
        scope=CaseScope(
            legal_entity_id=application.legal_entity_id,
            department_id=application.department_id,
            owner_id=application.owner_id,
            dealer_id=application.dealer_id,
        ),
    )
