"""Having the mortgage of a settled loan's car released (解押)."""

from datetime import date

from django.utils import timezone

from axle.platform.errors import NotFound
from axle.platform.public import (
    Actor,
    business_date,
    created,
    file_uploaded,
    next_no,
    parameter_value,
    track,
    working_calendar,
)
from axle.servicing.errors import LienReleaseDateRefused, LienReleaseStateRefused
from axle.servicing.models import LienRelease, LienReleaseState, Loan, scope_of
from axle.servicing.parameters import LIEN_RELEASE_DAYS


def lien_release_open(*, loan_id: int, settled_on: date) -> LienRelease:
    """Ask for the release when a loan is settled; one that was done before stays done."""
    loan = Loan.objects.get(pk=loan_id)
    known = loan.lien_releases.filter(state__in=[LienReleaseState.OPEN, LienReleaseState.DONE]).first()
    if known:
        return known
    days = parameter_value(LIEN_RELEASE_DAYS.code)
    return created(
        LienRelease.objects.create(
            release_no=next_no("JY", on=business_date()),
            loan=loan,
            vehicle_id=loan.vehicle_id,
            settled_on=settled_on,
            due_on=working_calendar(legal_entity_id=loan.legal_entity_id).working_days_after(settled_on, days),
            **scope_of(loan),
        )
    )


def lien_release_cancel(*, loan_id: int) -> None:
    """The loan owes again: what is not released yet stays."""
    for release in LienRelease.objects.select_for_update().filter(loan_id=loan_id, state=LienReleaseState.OPEN):
        track(release).state = LienReleaseState.CANCELLED
        release.save()


def lien_release_complete(
    *, actor: Actor, release_no: str, released_on: date, evidence_no: str, file_id: int | None = None
) -> LienRelease:
    """Record that the mortgage is released.

    Errors: NotFound, also for a file that the actor has not uploaded; LienReleaseStateRefused, LienReleaseDateRefused.
    """
    release = _locked(release_no, LienReleaseState.OPEN)
    if not release.settled_on <= released_on <= business_date():
        raise LienReleaseDateRefused(field="released_on", settled_on=release.settled_on.isoformat())
    if file_id is not None:
        file_uploaded(actor=actor, file_id=file_id)
    release.state, release.released_on = LienReleaseState.DONE, released_on
    release.evidence_no, release.file_id = evidence_no, file_id
    release.done_by, release.done_at, release.closing_reason = actor.name, timezone.now(), ""
    release.save()
    return release


def lien_release_reopen(*, release_no: str, reason: str) -> LienRelease:
    """It was recorded wrongly: the release is still to be done. Errors: NotFound, LienReleaseStateRefused."""
    release = _locked(release_no, LienReleaseState.DONE)
    release.state, release.closing_reason = LienReleaseState.OPEN, reason
    release.released_on, release.evidence_no, release.file_id = None, "", None
    release.save()
    return release


def _locked(release_no: str, state: str) -> LienRelease:
    release = LienRelease.objects.select_for_update().filter(release_no=release_no).first()
    if release is None:
        raise NotFound(field="release_no", what="lien_release")
    if release.state != state:
        raise LienReleaseStateRefused(state=release.state)
    return track(release)
