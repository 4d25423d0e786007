"""Take an application back, or let an approval lapse."""

from datetime import date

from django.db.models import F

from axle.origination.domain.lifecycle import APPROVED, EXPIRED, application_after
from axle.origination.models import Application
from axle.origination.permissions import APPLICATION_WITHDRAW
from axle.origination.services.application_lock import application_lock, application_store
from axle.origination.services.review_start import review_stop
from axle.platform.public import Actor, note_change


def application_withdraw(*, actor: Actor, application_id: int, reason: str, version: int | None) -> Application:
    """End an application at the applicant's wish, before a contract exists.

    Errors: NotFound, StaleVersion, StateRefused.
    """
    application = application_lock(actor, application_id, permission=APPLICATION_WITHDRAW, version=version)
    application.state = application_after(application.state, "withdraw")
    application_store(application)
    review_stop(application, actor=actor)
    note_change(type="application", id=application.pk, after={"reason": reason})
    return application


def approvals_expire(business_on: date, shard: int, shards: int) -> int:
    """End of day: approvals whose last day has passed lapse; gives their number. Repeating does nothing."""
    late = Application.objects.filter(state=APPROVED, approved_until__lt=business_on)
    mine = late.annotate(shard=F("pk") % shards).filter(shard=shard)
    return mine.update(state=EXPIRED, version=F("version") + 1)
