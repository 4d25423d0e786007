"""What decisioning takes and gives over HTTP."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from pydantic import BaseModel, Field

from axle.decisioning.domain.graph_changes import ChangeKind
from axle.decisioning.models import StrategyState
from axle.platform.http import VersionDetailOut, VersionOut
from axle.platform.public import Input


class DecisionOutcome(StrEnum):
    """What a strategy answers."""

    APPROVE = "approve"
    REFER = "refer"
    DECLINE = "decline"


class RuleSeverity(StrEnum):
    """What a rule does to a case."""

    KNOCK_OUT = "knock_out"
    REFER = "refer"
    CONDITION = "condition"


class StrategyCreateIn(Input):
    code: str = Field(pattern=r"^[a-z][a-z0-9_]{2,59}$")
    name_zh: str = Field(min_length=1, max_length=80)
    name_en: str = Field(min_length=1, max_length=80)
    owner_team: str = Field(min_length=1, max_length=60)


class StrategyContentIn(Input):
    """A graph as the editor saves it, with its input contract, rule catalogue and golden cases."""

    graph: dict[str, Any]
    input_contract: dict[str, Any]
    rules: list[dict[str, Any]]
    cases: list[dict[str, Any]]
    policy: dict[str, Any] = {}
    note: str = Field("", max_length=200)


class StrategyVersionCreateIn(StrategyContentIn):
    strategy: str


class StrategyVersionIn(Input):
    strategy_version_id: int


class StrategyVersionUpdateIn(StrategyContentIn, StrategyVersionIn):
    """A draft as it shall be; ``revision`` is the one that it was opened with."""

    revision: int


class StrategyVersionRestoreIn(StrategyVersionIn):
    """A version that was in force; a copy of it answers from the date on."""

    effective_from: date


class DecisionTryIn(StrategyVersionIn):
    """A case to try; nothing is recorded."""

    inputs: dict[str, Any]


class StrategyOut(BaseModel):
    id: int
    code: str


class FindingOut(BaseModel):
    """What forbids publishing, or is said in vain: the node, the row (from 1) and column, what was met, and all of it
    in words."""

    code: str
    node: str
    row: int
    column: str
    detail: str
    text: str


class GraphChangeOut(BaseModel):
    """One change of the graph; ``row`` counts from 1, and is 0 when it is not about a row."""

    kind: ChangeKind
    node: str
    row: int
    text: str
    before: str
    after: str


class GraphChangesOut(BaseModel):
    """What a version changed in the graph of another one."""

    version_no: int
    against_no: int | None
    changes: list[GraphChangeOut]


class StrategyVersionOut(VersionOut):
    """A version of a strategy."""

    strategy: str
    strategy_name: str
    state: StrategyState
    revision: int
    compile_findings: list[FindingOut]
    compile_warnings: list[FindingOut]


class StrategyVersionDetail(StrategyVersionOut, VersionDetailOut):
    """A version with everything that it consists of."""

    compiled_at: datetime | None
    content_hash: str
    graph: dict[str, Any]
    input_contract: dict[str, Any]
    rules: list[dict[str, Any]]
    cases: list[dict[str, Any]]
    policy: dict[str, Any]


class ReasonOut(BaseModel):
    """``text`` is for staff; ``external`` is what the applicant is told."""

    code: str
    rule_severity: RuleSeverity
    reason_code: str
    text: str
    external: str


class FactOut(BaseModel):
    name: str
    label: str
    value: str


class ScorePartOut(BaseModel):
    """What a characteristic brought. ``lost_points`` is how far it stays behind its best bin."""

    name: str
    label: str
    value: str
    points: int
    lost_points: int


class ScoreGivenOut(BaseModel):
    """A score by a scorecard: the version that gave it, the points of each characteristic, the reasons told outside."""

    scorecard: str
    scorecard_version_no: int
    points: int
    default_rate: str
    parts: list[ScorePartOut]
    reason_codes: list[str]


class DecisionAnswer(BaseModel):
    """A decision in plain words, with the trace that the simulator draws."""

    outcome: DecisionOutcome
    score: int | None
    reasons: list[ReasonOut]
    contributions: list[str]
    score_given: ScoreGivenOut | None
    results: list[FactOut]
    inputs: list[FactOut]
    scenario_name: str | None
    policy: list[FactOut]
    trace: dict[str, Any]


class DecisionDetail(DecisionAnswer):
    id: int
    record_no: str
    strategy: str
    strategy_name: str
    strategy_version_id: int | None
    strategy_version_no: int | None
    contract_version: str
    calibration_no: str | None
    trial_no: str | None
    subject_type: str
    subject_id: int
    business_on: date
    decided_at: datetime
    duration_us: int
    content_hash: str
    actions: list[str]


class ReplayOut(BaseModel):
    """Whether the record is intact and gives the same bytes again."""

    is_same: bool
    is_record_intact: bool
    stored: str
    replayed: str
