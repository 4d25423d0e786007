"""Putting a signed version into force, taking one out of it, going back to one that was."""

from datetime import date

from axle.platform.public import Actor
from axle.scoring.errors import ScorecardNeverInForce, ScorecardVersionChanged
from axle.scoring.live import content_hash_of
from axle.scoring.models import ScorecardContent, ScorecardState, ScorecardVersion
from axle.scoring.selectors import VERSIONS

_COPIED = ("content_hash", "characteristic_count", "row_count", "bad_rate", "auc", "ks", "challenger_auc")


def scorecard_version_activate(
    *, actor: Actor, version_id: int, effective_from: date, business_on: date
) -> ScorecardVersion:
    """Let a signed version score from ``effective_from``; its predecessor is retired on that day.

    Errors: those of ``Versioned.activate``, ScorecardVersionChanged.
    """
    return VERSIONS.activate(
        actor=actor,
        version_id=version_id,
        effective_from=effective_from,
        business_on=business_on,
        check=_is_as_signed,
    )


def scorecard_version_retire(*, actor: Actor, version_id: int, retired_on: date, business_on: date) -> ScorecardVersion:
    """Stop a version from scoring from ``retired_on``; without a successor nothing scores.

    Errors: those of ``Versioned.retire``.
    """
    return VERSIONS.retire(version_id=version_id, retired_on=retired_on, business_on=business_on)


def scorecard_version_restore(
    *, actor: Actor, version_id: int, effective_from: date, business_on: date
) -> ScorecardVersion:
    """Go back to a version that was in force: its next copy, with its signatures, scores from ``effective_from``.

    Errors: NotFound, ScorecardNeverInForce, those of ``scorecard_version_activate``.
    """
    old = VERSIONS.locked(version_id)
    if old.state != ScorecardState.RETIRED:
        raise ScorecardNeverInForce(version_no=old.version_no)
    values = {name: getattr(old, name) for name in _COPIED}
    copy = VERSIONS.draft(
        actor=actor, owner=old.scorecard, note=f"↩ {old.version_no}", state=ScorecardState.SIGNED, **values
    )
    content = old.content
    ScorecardContent.objects.create(
        version=copy,
        card=content.card,
        report=content.report,
        challenger_id=content.challenger_id,
        challenger_sha256=content.challenger_sha256,
    )
    for signature in old.signatures.filter(content_hash=old.content_hash):
        signature.pk, signature.version = None, copy
        signature.save(force_insert=True)
    return scorecard_version_activate(
        actor=actor, version_id=copy.pk, effective_from=effective_from, business_on=business_on
    )


def _is_as_signed(version: ScorecardVersion) -> None:
    if content_hash_of(version.content) != version.content_hash:
        raise ScorecardVersionChanged(version_id=version.pk)
