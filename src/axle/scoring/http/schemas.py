"""What scoring takes and gives over HTTP."""

from datetime import date, datetime
from typing import Any

from pydantic import BaseModel, Field

from axle.platform.http import ActorName, VersionDetailOut, VersionOut
from axle.platform.public import Input
from axle.scoring.models import ScorecardState


class ScorecardVersionSignIn(Input):
    """A signature under the points table and the report as they are shown."""

    scorecard_version_id: int
    opinion: str = Field(min_length=1, max_length=500)


class ScorecardVersionRestoreIn(Input):
    """A version that was in force; a copy of it scores from the date on."""

    scorecard_version_id: int
    effective_from: date


class ScoreTryIn(Input):
    """A case to score; nothing is recorded. A missing value is null, not left out."""

    scorecard_version_id: int
    inputs: dict[str, Any]


class ScorecardVersionOut(VersionOut):
    """A version of a scorecard."""

    scorecard: str
    scorecard_name: str
    state: ScorecardState
    auc: str
    ks: str
    challenger_auc: str | None


class ScorecardSignatureOut(BaseModel):
    """One signature."""

    signed_by: ActorName
    signed_at: datetime
    opinion: str


class ScorecardVersionDetail(ScorecardVersionOut, VersionDetailOut):
    """A version with its points table, its development report and its signatures."""

    content_hash: str
    signatures: list[ScorecardSignatureOut]
    card: dict[str, Any]
    report: dict[str, Any]


class ContributionOut(BaseModel):
    """What a characteristic brought. ``lost_points`` is how far it stays behind its best bin."""

    name: str
    label: str
    value: float | str | None
    points: int
    lost_points: int


class ScoreReasonOut(BaseModel):
    """A reason in the words that the applicant is told."""

    code: str
    text: str


class OpinionOut(BaseModel):
    """What the challenger says of the case; its contributions are to the logarithm of the odds of bad."""

    default_rate: str
    contributions: dict[str, float]
    reasons: list[ScoreReasonOut]


class ScoreOut(BaseModel):
    """A score. Without LightGBM on the server, or without a challenger, ``challenger`` is null."""

    points: int
    default_rate: str
    contributions: list[ContributionOut]
    reasons: list[ScoreReasonOut]
    challenger: OpinionOut | None
