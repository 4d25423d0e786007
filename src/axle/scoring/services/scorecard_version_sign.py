"""Signing a draft: two people have looked at what was developed."""

from django.utils import timezone

from axle.platform.public import Actor, created, track
from axle.scoring.errors import NothingToSign, ScorecardVersionChanged, SignedAlready
from axle.scoring.live import content_hash_of
from axle.scoring.models import ScorecardSignature, ScorecardState, ScorecardVersion
from axle.scoring.selectors import VERSIONS

SIGNATURES = 2


def scorecard_version_sign(*, actor: Actor, version_id: int, opinion: str) -> ScorecardVersion:
    """Sign a draft with an opinion; the second person's signature makes it ready to come into force.

    Errors: NotFound, NothingToSign, SignedAlready, ScorecardVersionChanged.
    """
    version = track(VERSIONS.locked(version_id))
    if version.state != ScorecardState.DRAFT:
        raise NothingToSign(version_no=version.version_no)
    if content_hash_of(version.content) != version.content_hash:
        raise ScorecardVersionChanged(version_id=version.pk)
    signer_id = actor.user_id or 0
    signed = version.signatures.filter(content_hash=version.content_hash)
    if signed.filter(user_id=signer_id).exists():
        raise SignedAlready(version_no=version.version_no)
    created(
        ScorecardSignature.objects.create(
            version=version,
            user_id=signer_id,
            signed_by=actor.name,
            opinion=opinion,
            content_hash=version.content_hash,
            signed_at=timezone.now(),
        )
    )
    if signed.count() >= SIGNATURES:
        version.state = ScorecardState.SIGNED
        version.save(update_fields=["state"])
    return version
