"""What other contexts call on scoring."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from axle.scoring.domain.card import Card, CaseUnscorable, Contribution, card_parse
from axle.scoring.domain.distribution import Distribution
from axle.scoring.domain.plan import plan_parse
from axle.scoring.domain.score_scale import ScoreScale
from axle.scoring.live import input_invalid, live_card
from axle.scoring.models import ScorecardContent
from axle.scoring.selectors import version_in_force
from axle.scoring.services.scorecard_develop import scorecard_develop

__all__ = [
    "Developed",
    "Distribution",
    "ScoreGiven",
    "ScoreScale",
    "ScorecardInForce",
    "developed",
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


@dataclass(frozen=True)
class Developed:
    """A version of a scorecard with how the cases lay that it was developed on: by score, and by characteristic in the
    places of its bins. ``labels`` names the characteristics in both languages."""

    name_zh: str
    name_en: str
    score: Distribution | None
    characteristics: Mapping[str, Distribution]
    labels: Mapping[str, tuple[str, str]]


def developed(version_ids: Iterable[int]) -> dict[int, Developed]:
    """What some versions were developed on, by version; one statement."""
    rows = ScorecardContent.objects.filter(version_id__in=list(version_ids)).select_related("version__scorecard")
    return {row.version_id: _developed(row) for row in rows}


def _developed(content: ScorecardContent) -> Developed:
    card, scorecard = card_parse(content.card), content.version.scorecard
    return Developed(
        name_zh=scorecard.name_zh,
        name_en=scorecard.name_en,
        score=_score_bands(content.report),
        characteristics={
            one.name: Distribution({place: found.good + found.bad for place, found in enumerate(one.bins)})
            for one in card.characteristics
        },
        labels={one.name: (one.zh, one.en) for one in card.characteristics},
    )


def _score_bands(report: Mapping[str, Any]) -> Distribution | None:
    counts = report.get("development_bands")
    if not counts:
        return None
    bounds = tuple(band["below"] for band in report["bands"] if band["below"] is not None)
    return Distribution(dict(enumerate(counts)), bounds)
