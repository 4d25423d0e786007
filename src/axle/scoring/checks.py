"""Invariants of scoring for ``./axle check``."""

from django.db.models import Count, F, Q

from axle.platform.public import invariant
from axle.scoring.live import content_hash_of
from axle.scoring.models import ScorecardContent, ScorecardVersion
from axle.scoring.services.scorecard_version_sign import SIGNATURES


@invariant("scorecard_contents_unchanged")
def scorecard_contents_unchanged() -> list[str]:
    """Every version still consists of what was developed."""
    contents = ScorecardContent.objects.select_related("version__scorecard").iterator(chunk_size=50)
    return [
        f"{content.version.scorecard.code} version {content.version.version_no} changed after it was developed"
        for content in contents
        if content_hash_of(content) != content.version.content_hash
    ]


@invariant("scorecards_signed_by_two")
def scorecards_signed_by_two() -> list[str]:
    """Every version that is or was in force has two people's signatures under its content."""
    under_content = Count("signatures", filter=Q(signatures__content_hash=F("content_hash")))
    versions = ScorecardVersion.objects.exclude(state="draft").select_related("scorecard").annotate(under=under_content)
    return [
        f"{version.scorecard.code} version {version.version_no} has {version.under} signatures"
        for version in versions.iterator(chunk_size=200)
        if version.under < SIGNATURES
    ]
