"""Versions ready to score: content checked against its hash, kept per process."""

import hashlib
import json
from functools import lru_cache
from typing import Any

from axle.platform.public import text
from axle.scoring.domain.card import Card, CaseUnscorable, card_parse
from axle.scoring.errors import ScorecardVersionChanged, ScoreInputInvalid
from axle.scoring.models import ScorecardContent, ScorecardVersion


def hash_of(card: Any, report: Any, challenger_sha256: str) -> str:
    """The hash over everything that a version consists of."""
    spelled = json.dumps([card, report, challenger_sha256], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(spelled.encode()).hexdigest()


def content_hash_of(content: ScorecardContent) -> str:
    """The hash of stored content."""
    return hash_of(content.card, content.report, content.challenger_sha256)


def live_card(version: ScorecardVersion) -> Card:
    """The points table of a version. Errors: ScorecardVersionChanged."""
    return _live(version.pk, version.content_hash)


@lru_cache(maxsize=64)
def _live(version_id: int, expected_hash: str) -> Card:
    content = ScorecardContent.objects.get(pk=version_id)
    if content_hash_of(content) != expected_hash:
        raise ScorecardVersionChanged(version_id=version_id)
    return card_parse(content.card)


def input_invalid(fault: CaseUnscorable, *, field: str) -> ScoreInputInvalid:
    """The refusal of a case that cannot be scored, in words."""
    sentence = text("text", f"case_unscorable/{fault.reason}")
    return ScoreInputInvalid(field=field, name=fault.name, reason=fault.reason, sentence=sentence)
