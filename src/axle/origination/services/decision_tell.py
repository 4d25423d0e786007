"""Tell the applicant how their application ended, by text message; of an approval of less, how much it is."""

from axle.kernel.money import Fen, yuan
from axle.messaging.public import sms_send
from axle.origination.models import Application
from axle.origination.services.review_start import application_subject
from axle.party.public import customer_contact

_APPROVED_LESS = "application_approved_less"
_TEMPLATES = {"approved": "application_approved", "declined": "application_declined"}


def decision_tell(application: Application, outcome: str) -> None:
    """Queue the text of an approval or a decline; a decline gives no reasons. Errors: SmsTemplateUnknown."""
    if application.customer_id is None:
        return
    person = customer_contact(application.customer_id)
    variables = {"name": person.name, "application_no": application.application_no}
    is_less = outcome == "approved" and _approved(application) != (application.amount, application.periods)
    if is_less:
        amount, periods = _approved(application)
        variables |= {"amount": yuan(Fen(amount or 0)), "periods": str(periods)}
    sms_send(
        template=_APPROVED_LESS if is_less else _TEMPLATES[outcome],
        phone=person.phone,
        variables=variables,
        ref=application_subject(application),
    )


def _approved(application: Application) -> tuple[int | None, int | None]:
    return application.approved_amount, application.approved_periods or application.periods
