"""Developing a version on data and keeping it as a draft."""

import hashlib

from axle.platform.public import Actor, created, file_made
from axle.scoring.development.develop import develop
from axle.scoring.domain.plan import Plan
from axle.scoring.live import hash_of
from axle.scoring.models import Scorecard, ScorecardContent, ScorecardVersion
from axle.scoring.selectors import VERSIONS

_JSON = "application/json"


def scorecard_develop(
    *, actor: Actor, code: str, name_zh: str, name_en: str, content: bytes, plan: Plan, note: str = ""
) -> ScorecardVersion:
    """Fit a scorecard on a file and store it as the next draft of ``code``, which is registered when it is new.

    The data itself is not kept: its hash, the counts and the points table are.
    Errors: SampleRefused, NothingTellsGoodFromBad, FileStoreUnavailable.
    """
    found = develop(content, plan)
    card, report = found.card.model_dump(mode="json"), found.report
    sha256 = hashlib.sha256(found.challenger).hexdigest() if found.challenger else ""
    version = VERSIONS.draft(
        actor=actor,
        owner=_scorecard(code, name_zh, name_en),
        note=note,
        content_hash=hash_of(card, report, sha256),
        characteristic_count=len(found.card.characteristics),
        row_count=report["sample"]["rows"],
        bad_rate=report["sample"]["bad_rate"],
        auc=report["holdout"]["auc"],
        ks=report["holdout"]["ks"],
        challenger_auc=report["challenger"]["holdout"]["auc"] if report["challenger"] else None,
    )
    ScorecardContent.objects.create(
        version=version,
        card=card,
        report=report,
        challenger_id=_kept(found.challenger, f"{code}-{version.version_no}.json", actor),
        challenger_sha256=sha256,
    )
    return version


def _scorecard(code: str, name_zh: str, name_en: str) -> Scorecard:
    scorecard, is_new = Scorecard.objects.select_for_update().get_or_create(
        code=code, defaults={"name_zh": name_zh, "name_en": name_en}
    )
    return created(scorecard) if is_new else scorecard


def _kept(model: bytes | None, name: str, actor: Actor) -> int | None:
    return file_made(content=model, name=name, content_type=_JSON, actor=actor).pk if model else None
