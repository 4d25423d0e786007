"""Take an application back, or let an approval lapse."""

from datetime import date

from django.db.models import F

from axle.origination.domain.holds import HoldEnd
from axle.origination.domain.lifecycle import APPROVED, EXPIRED, application_after
from axle.origination.models import Application
from axle.origination.permissions import APPLICATION_WITHDRAW
from axle.origination.services.application_lock import application_lock, application_store
from axle.origination.services.offer_holds_lapse import offer_holds_lapse
from axle.origination.services.review_start import review_stop
from axle.platform.public import Actor, note_change


def application_withdraw(*, actor: Actor, application_id: int, reason: str, version: int | None) -> Application:
    """End an application at the applicant's wish, before a contract exists.

    Errors: NotFound, StaleVersion, StateRefused.
    """
    application = application_lock(actor, application_id, permission=APPLICATION_WITHDRAW, version=version)
    application.state = application_after(application.state, "withdraw")
    application_store(application)
    offer_holds_lapse([application.pk], end=HoldEnd.WITHDRAWN)
    review_stop(application, actor=actor)
    note_change(type="application", id=application.pk, after={"reason": reason})
    return application


def approvals_expire(business_on: date, shard: int, shards: int) -> int:
    """End of day: approvals whose last day has passed lapse; gives their number. Repeating does nothing."""
    late = Application.objects.filter(state=APPROVED, approved_until__lt=business_on)
    mine = late.annotate(shard=F("pk") % shards).filter(shard=shard).order_by("pk")
    application_ids = list(mine.select_for_update().values_list("pk", flat=True))
    offer_holds_lapse(application_ids, end=HoldEnd.EXPIRED)
    return Application.objects.filter(pk__in=application_ids).update(state=EXPIRED, version=F("version") + 1)
