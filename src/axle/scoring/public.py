"""What other contexts call on scoring."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from axle.scoring.domain.card import CaseUnscorable, Contribution
from axle.scoring.domain.plan import plan_parse
from axle.scoring.domain.score_scale import ScoreScale
from axle.scoring.live import input_invalid, live_card
from axle.scoring.selectors import version_in_force
from axle.scoring.services.scorecard_develop import scorecard_develop

__all__ = ["ScoreGiven", "ScoreScale", "plan_parse", "score_of", "scorecard_develop"]


@dataclass(frozen=True)
class ScoreGiven:
    """A score with the version that gave it. ``default_rate`` is decimal text with six places."""

    scorecard: str
    version_id: int
    version_no: int
    points: int
    default_rate: str
    contributions: tuple[Contribution, ...]
    reason_codes: tuple[str, ...]

    def stored(self) -> dict[str, Any]:
        """Everything, as it is kept with a decision."""
        return {
            "scorecard": self.scorecard,
            "version_id": self.version_id,
            "version_no": self.version_no,
            "points": self.points,
            "default_rate": self.default_rate,
            "contributions": [part.model_dump(mode="json") for part in self.contributions],
            "reason_codes": list(self.reason_codes),
        }


def score_of(scorecard: str, inputs: Mapping[str, Any], on: date) -> ScoreGiven | None:
    """Score a case with the version in force on a date; None when none is.

    ``inputs`` names every characteristic of the points table; null is a missing value and has a bin of its own.
    Errors: ScoreInputInvalid when one is absent or of the wrong kind, ScorecardVersionChanged.
    """
    version = version_in_force(scorecard, on)
    if version is None:
        return None
    try:
        scored = live_card(version).score(inputs)
    except CaseUnscorable as fault:
        raise input_invalid(fault, field=fault.name) from fault
    return ScoreGiven(
        scorecard=scorecard,
        version_id=version.pk,
        version_no=version.version_no,
        points=scored.points,
        default_rate=str(scored.default_rate),
        contributions=scored.contributions,
        reason_codes=scored.reason_codes(),
    )
