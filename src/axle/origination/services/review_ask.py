"""A person looks again at what a machine decided, because the applicant asks for it (人工复核, PIPL article 24)."""

from datetime import timedelta

from axle.origination.domain.form import ApplicationForm
from axle.origination.domain.holds import HoldEnd, HoldState
from axle.origination.domain.lifecycle import APPROVED, DECLINED, application_after
from axle.origination.errors import ReviewNotAskable
from axle.origination.models import Application
from axle.origination.parameters import REVIEW_REQUEST_DAYS
from axle.origination.permissions import APPLICATION_EDIT
from axle.origination.services.application_lock import application_lock
from axle.origination.services.duplicate_refuse import duplicate_refuse
from axle.origination.services.offer_holds_lapse import offer_holds_lapse
from axle.origination.services.review_start import review_begin
from axle.platform.public import Actor, business_date, parameter_value


def review_ask(*, actor: Actor, application_id: int, reason: str, version: int | None) -> Application:
    """Hand an application that a machine declined, or approved for less than was asked, to people; once.

    The machine's approval ends with it. Errors: NotFound, StaleVersion, ReviewNotAskable, ApplicationDuplicate,
    ReviewProcessMissing.
    """
    application = application_lock(actor, application_id, permission=APPLICATION_EDIT, version=version)
    if not review_is_askable(application):
        raise ReviewNotAskable(days=parameter_value(REVIEW_REQUEST_DAYS.code))
    duplicate_refuse(application, ApplicationForm.model_validate(application.form))
    application.state = application_after(application.state, "ask_people")
    application.review_asked_on, application.review_reason = business_date(), reason
    application.approved_amount = application.approved_periods = None
    application.approved_on = application.approved_until = None
    application.decided_at = application.decided_on = None
    offer_holds_lapse([application.pk], end=HoldEnd.ASKED_AGAIN)
    review_begin(application, actor=actor)
    return application


def review_is_askable(application: Application) -> bool:
    """Whether a machine decided, not to the applicant's full wish and not too long ago, and nobody has asked yet."""
    if application.review_asked_on is not None or application.decided_on is None:
        return False
    if application.state == DECLINED:
        last_day = application.decided_on + timedelta(days=parameter_value(REVIEW_REQUEST_DAYS.code))
        return application.decision == "decline" and business_date() <= last_day
    periods = application.approved_periods or application.periods  # an approval from before terms were kept is of all
    is_less = (application.approved_amount, periods) != (application.amount, application.periods)
    is_offer = application.state == APPROVED and application.decision == "approve" and is_less
    return is_offer and not application.holds.filter(state=HoldState.LOWERED).exists()  # lowered by a person
