"""Reads of scoring. Scorecards belong to the institution: whoever may view them sees all."""

from datetime import date

from django.db.models import QuerySet

from axle.platform.public import Actor
from axle.platform.versions import Versioned
from axle.scoring.models import Scorecard, ScorecardState, ScorecardVersion

VERSIONS = Versioned(ScorecardVersion, owner="scorecard", what="scorecard_version", ready=ScorecardState.SIGNED)


def scorecards(actor: Actor) -> QuerySet[Scorecard]:
    """All scorecards."""
    return Scorecard.objects.all()


def scorecard_versions(actor: Actor) -> QuerySet[ScorecardVersion]:
    """Versions of all scorecards."""
    return ScorecardVersion.objects.all()


def version_get(version_id: int) -> ScorecardVersion:
    """A version. Errors: NotFound."""
    return VERSIONS.get(version_id)


def version_in_force(scorecard: str, on: date) -> ScorecardVersion | None:
    """The version that scores on a date, or None."""
    return VERSIONS.in_force(on).filter(scorecard__code=scorecard).order_by("-effective_from", "-pk").first()
