"""One evaluation of a case, safe by construction: whatever is not an explicit, consistent answer becomes
refer."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from axle.decisioning.domain.answer_check import answer_faults
from axle.decisioning.domain.canonical import stored_record
from axle.decisioning.domain.compiler import Compiled
from axle.decisioning.domain.contract import Excuses, InputContract
from axle.decisioning.domain.engine import Answer, Evaluator
from axle.decisioning.domain.faults import EngineFailed, EngineTimedOut, Fault, FaultCode
from axle.decisioning.domain.policy import Resolver
from axle.decisioning.domain.policy_block import PolicyBlock, block_of
from axle.decisioning.domain.rules import Rule
from axle.decisioning.domain.scenarios import ScenarioTree
from axle.decisioning.domain.score_stage import ScoreBlock, Scorer, score_of
from axle.decisioning.domain.traces import Made, nodes_made

APPROVE, REFER, DECLINE = "approve", "refer", "decline"


@dataclass(frozen=True)
class LiveStrategy:
    """A compiled strategy version with its engine, ready to decide; ``reference`` holds the policy values that its
    golden cases are told with."""

    contract: InputContract
    rules: Mapping[str, Rule]
    compiled: Compiled
    evaluator: Evaluator
    scenarios: ScenarioTree = field(default_factory=ScenarioTree)
    reference: Resolver = field(default_factory=lambda: Resolver(()))


@dataclass(frozen=True)
class Hit:
    """A rule that applied, with the value it met and the limit it holds."""

    code: str
    severity: str
    actual: Any = None
    limit: Any = None


@dataclass(frozen=True)
class Point:
    """The points that one characteristic brought to the score."""

    characteristic: str
    points: int
    value: Any = None


@dataclass(frozen=True)
class Evaluation:
    """The answer of a strategy. ``results`` are in stored form (money in fen, rates as text); ``policy`` is what was
    found for the case, ``calibration_id`` where its values come from, ``given`` the score by a scorecard.
    ``inputs`` are those of the case in stored form, None when they were refused; ``made`` is what each node made of
    them."""

    outcome: str
    hits: tuple[Hit, ...] = ()
    points: tuple[Point, ...] = ()
    score: int | None = None
    results: Mapping[str, Any] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()
    made: Made = field(default_factory=dict)
    policy: PolicyBlock = field(default_factory=PolicyBlock)
    calibration_id: int | None = None
    given: ScoreBlock = field(default_factory=ScoreBlock)
    inputs: Mapping[str, Any] | None = None

    def stored(self) -> dict[str, Any]:
        """Everything but what was found on the way, as it is recorded and compared on replay."""
        return {
            "outcome": self.outcome,
            "hits": [dict(vars(hit)) for hit in self.hits],
            "points": [dict(vars(point)) for point in self.points],
            "score": self.score,
            "results": dict(self.results),
            "faults": [dict(vars(fault)) for fault in self.faults],
        }


def referred(*faults: Fault, made: Made | None = None) -> Evaluation:
    """The answer when there is none: a person decides, and the faults say why."""
    return Evaluation(REFER, faults=faults, made=made or {})


def evaluate(
    strategy: LiveStrategy,
    values: Mapping[str, Any],
    *,
    deadline_seconds: float,
    policy: Resolver | PolicyBlock | None = None,
    score: Scorer | ScoreBlock | None = None,
) -> Evaluation:
    """Decide one case. Never raises for bad input, a failing engine or a wrong answer: those end in refer.

    ``policy`` finds the case's policy values, or is what was found for it before; without it those count that the
    golden cases are told with. ``score`` gives the score of a scorecard, or is what was given before.
    Money and rates: integers of fen and decimal fractions in, the same in ``results``.
    """
    excused = Excuses(strategy.contract, values)
    faults = strategy.contract.check(values, excused)
    if faults:
        return referred(*faults)
    stored = strategy.contract.stored(values)
    found = strategy.reference if policy is None else policy
    block = _block(strategy, stored, found)
    calibration_id = found.calibration_id if isinstance(found, Resolver) and strategy.contract.policy else None
    told = strategy.contract.engine_inputs(stored)
    given = score_of(strategy.contract.scorecard, told, score)
    faults = [*block.faults(strategy.contract.policy), *given.faults]
    if faults:
        answer = referred(*faults)
    else:
        told |= block.engine_inputs(strategy.contract.policy) | given.engine_inputs()
        answer = _answered(strategy, excused, told, deadline_seconds)
    answer = replace(answer, policy=block, calibration_id=calibration_id, given=given, inputs=stored)
    return answer if given.points is None else _scored(answer, given)


def _scored(answer: Evaluation, given: ScoreBlock) -> Evaluation:
    """The answer with the score of a scorecard; what a graph scores by itself is in the answer already."""
    parts = given.given.get("contributions", ())
    points = tuple(Point(part["name"], part["points"], part["value"]) for part in parts)
    return replace(answer, score=given.points, points=points)


def _block(strategy: LiveStrategy, stored: Mapping[str, Any], policy: Resolver | PolicyBlock) -> PolicyBlock:
    if isinstance(policy, PolicyBlock):
        return policy
    return block_of(stored, strategy.contract.policy, strategy.scenarios, policy)


def _answered(
    strategy: LiveStrategy,
    excused: Excuses,
    told: dict[str, Any],
    deadline_seconds: float,
) -> Evaluation:
    try:
        answer = strategy.evaluator(told, deadline_seconds, is_traced=not strategy.compiled.is_told_whole)
    except EngineTimedOut as error:
        return referred(Fault(FaultCode.ENGINE_TIMED_OUT, "engine", str(error)))
    except EngineFailed as error:
        return referred(Fault(FaultCode.ENGINE_ERROR, "engine", str(error)))
    return _concluded(strategy, excused, answer)


def _concluded(strategy: LiveStrategy, excused: Excuses, answer: Answer) -> Evaluation:
    result, made = answer.result, nodes_made(strategy.compiled, answer)
    faults = answer_faults(strategy.contract, strategy.rules, strategy.compiled, result, made)
    if faults:
        return referred(*faults, made=made)
    unanswered = tuple(strategy.contract.unanswered(excused.values, excused))
    outcome = REFER if unanswered and result["outcome"] == APPROVE else result["outcome"]
    return Evaluation(
        outcome=outcome,
        hits=tuple(Hit(hit["code"], hit["severity"], hit.get("actual"), hit.get("limit")) for hit in result["hits"]),
        points=tuple(_point(point) for point in result.get("points", ())),
        score=_whole(result.get("score")),
        results=stored_record(strategy.contract.results, result),
        faults=unanswered,
        made=made,
    )


def _point(point: Mapping[str, Any]) -> Point:
    return Point(point["characteristic"], int(point["points"]), point.get("value"))


def _whole(score: Any) -> int | None:
    return None if score is None else int(score)
