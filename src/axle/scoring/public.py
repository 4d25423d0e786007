"""What other contexts call on scoring."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from axle.scoring.domain.card import Card, CaseUnscorable, Contribution
from axle.scoring.domain.plan import plan_parse
from axle.scoring.domain.score_scale import ScoreScale
from axle.scoring.live import input_invalid, live_card
from axle.scoring.selectors import version_in_force
from axle.scoring.services.scorecard_develop import scorecard_develop

__all__ = [
    "ScoreGiven",
    "ScoreScale",
    "ScorecardInForce",
    "plan_parse",
    "score_of",
    "scorecard_develop",
    "scorecard_in_force",
]


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


@dataclass(frozen=True)
class ScorecardInForce:
    """A version of a scorecard, ready to score any number of cases."""

    scorecard: str
    version_id: int
    version_no: int
    card: Card

    def asked(self) -> dict[str, str]:
        """The characteristics that a case must tell, each with its kind: ``number`` or ``category``."""
        return {one.name: one.kind for one in self.card.characteristics}

    def score(self, inputs: Mapping[str, Any]) -> ScoreGiven:
        """Score a case that names every characteristic; null is a missing value and has a bin of its own.

        Errors: ScoreInputInvalid when one is absent or of the wrong kind.
        """
        try:
            scored = self.card.score(inputs)
        except CaseUnscorable as fault:
            raise input_invalid(fault, field=fault.name) from fault
        return ScoreGiven(
            scorecard=self.scorecard,
            version_id=self.version_id,
            version_no=self.version_no,
            points=scored.points,
            default_rate=str(scored.default_rate),
            contributions=scored.contributions,
            reason_codes=scored.reason_codes(),
        )


def scorecard_in_force(scorecard: str, on: date) -> ScorecardInForce | None:
    """The version that scores on a date; None when none does. Errors: ScorecardVersionChanged."""
    version = version_in_force(scorecard, on)
    return ScorecardInForce(scorecard, version.pk, version.version_no, live_card(version)) if version else None


def score_of(scorecard: str, inputs: Mapping[str, Any], on: date) -> ScoreGiven | None:
    """Score one case with the version in force on a date; None when none is.

    Errors: ScoreInputInvalid, ScorecardVersionChanged.
    """
    found = scorecard_in_force(scorecard, on)
    return found.score(inputs) if found else None
