"""Tell the applicant how their application ended, by text message."""

from axle.messaging.public import sms_send
from axle.origination.models import Application
from axle.origination.services.review_start import application_subject
from axle.party.public import customer_contact

_TEMPLATES = {"approved": "application_approved", "declined": "application_declined"}


def decision_tell(application: Application, outcome: str) -> None:
    """Queue the text of an approval or a decline; a decline gives no reasons. Errors: SmsTemplateUnknown."""
    if application.customer_id is None:
        return
    person = customer_contact(application.customer_id)
    sms_send(
        template=_TEMPLATES[outcome],
        phone=person.phone,
        variables={"name": person.name, "application_no": application.application_no},
        ref=application_subject(application),
    )
