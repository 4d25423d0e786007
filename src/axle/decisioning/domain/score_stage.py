"""The stage "score" (评分): what a strategy tells a scorecard of a case, and what came back, kept with the decision.

A scorecard is named by its code; which of its versions scores is a matter of the date. The contract says how each
characteristic follows from the inputs, in which unit, and what it means when it is missing. Whatever goes wrong is a
fault, so that the case goes to a person.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from dataclasses import field as kept
from functools import cached_property, lru_cache
from typing import Annotated, Any, Literal, Self

import zen
from pydantic import BaseModel, ConfigDict, StringConstraints, model_validator

from axle.decisioning.domain.faults import Fault, FaultCode
from axle.decisioning.domain.fields import Field, FieldName, Words
from axle.decisioning.domain.flow_types import Kind, field_type
from axle.decisioning.domain.inference import Surroundings, infer
from axle.decisioning.domain.syntax import parse_expression
from axle.decisioning.domain.syntax_tree import names_in

SCORE = "score"
"""The name by which rules read the points."""
SCORED_KINDS = (Kind.NUMBER, Kind.TEXT, Kind.BOOL)
Told = Mapping[str, Any]


class ScoreNeed(BaseModel):
    """A characteristic of the scorecard. ``value`` is an expression over the inputs, in ``unit``; where something that
    it reads is missing, ``missing`` says whether that is a fault or the points table's own bin for it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: FieldName
    words: Words
    value: Annotated[str, StringConstraints(min_length=1, max_length=500)]
    unit: str = ""
    missing: Literal["refuse", "bin"] = "refuse"


class ScoreStage(BaseModel):
    """The scorecard that a strategy reads, and everything that it is told."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: FieldName
    needs: tuple[ScoreNeed, ...]

    @model_validator(mode="after")
    def _needs_are_unique(self) -> Self:
        if not self.needs or len(self.by_name) != len(self.needs):
            raise ValueError("a scorecard is told its characteristics, each once")
        return self

    @cached_property
    def by_name(self) -> Mapping[str, ScoreNeed]:
        return {need.name: need for need in self.needs}

    def kinds(self, inputs: Sequence[Field]) -> Mapping[str, Kind]:
        """What kind of value each characteristic is told as. Errors: SyntaxFault, TypeFault."""
        around = Surroundings({field.name: field_type(field) for field in inputs})
        return {need.name: infer(parse_expression(need.value), around).kind for need in self.needs}


class ScoreFailed(Exception):
    """A scorecard gave no score; ``fault`` says why."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.detail)
        self.fault = fault


Scorer = Callable[[Told], Mapping[str, Any]]
"""Scores a case that is told by characteristic; the answer is kept as it is. Errors: ScoreFailed."""


@dataclass(frozen=True)
class ScoreBlock:
    """The score that a case was given: ``given`` as the scorecard told it, or the faults for which there is none."""

    given: Mapping[str, Any] = kept(default_factory=dict)
    faults: tuple[Fault, ...] = ()

    @classmethod
    def told(cls, points: int) -> Self:
        """A score of which only the points are known."""
        return cls({"points": points})

    @classmethod
    def read(cls, stored: Mapping[str, Any]) -> Self:
        """What ``stored`` kept."""
        if "faults" in stored:
            read = (Fault(FaultCode(fault["code"]), fault["where"], fault["detail"]) for fault in stored["faults"])
            return cls(faults=tuple(read))
        return cls(stored)

    def stored(self) -> dict[str, Any]:
        """As a decision record keeps it; empty for a strategy that reads no scorecard."""
        faults = [asdict(fault) | {"code": fault.code.value} for fault in self.faults]
        return {"faults": faults} if faults else dict(self.given)

    @property
    def points(self) -> int | None:
        return self.given.get("points")

    def engine_inputs(self) -> dict[str, Any]:
        """As the engine takes it beside the inputs of the case."""
        return {} if self.points is None else {SCORE: self.points}


def score_of(stage: ScoreStage | None, inputs: Told, score: "Scorer | ScoreBlock | None") -> ScoreBlock:
    """The score of a case whose inputs are as the engine takes them; ``score`` gives it, or is what was given."""
    if stage is None:
        return ScoreBlock()
    if isinstance(score, ScoreBlock):
        is_told = score.faults or score.points is not None
        return score if is_told else ScoreBlock(faults=(_not_in_force(stage),))
    if score is None:
        return ScoreBlock(faults=(_not_in_force(stage),))
    told, faults = _told(stage, inputs)
    if faults:
        return ScoreBlock(faults=faults)
    try:
        return ScoreBlock(score(told))
    except ScoreFailed as failed:
        return ScoreBlock(faults=(failed.fault,))


def _not_in_force(stage: ScoreStage) -> Fault:
    return Fault(FaultCode.SCORECARD_NOT_IN_FORCE, "scorecard", stage.code)


def _told(stage: ScoreStage, inputs: Told) -> tuple[dict[str, Any], tuple[Fault, ...]]:
    told, faults = {}, []
    for need in stage.needs:
        try:
            told[need.name] = _value(need, inputs)
        except ScoreFailed as failed:
            faults.append(failed.fault)
    return told, tuple(faults)


def _value(need: ScoreNeed, inputs: Told) -> Any:
    """Null stands for what is missing, never for a calculation that failed in silence."""
    names, ask = _expression(need.value)
    read = {name: inputs[name] for name in names}
    try:
        value = ask(read)
    except RuntimeError as error:
        raise ScoreFailed(Fault(FaultCode.SCORE_INPUT_WRONG, need.name, str(error).split("\n", 1)[0][:200])) from error
    if value is None:
        is_missing = any(part is None for part in read.values())
        if not is_missing or need.missing == "refuse":
            code = FaultCode.SCORE_INPUT_MISSING if is_missing else FaultCode.SCORE_INPUT_WRONG
            raise ScoreFailed(Fault(code, need.name))
    return value


@lru_cache(maxsize=1024)
def _expression(text: str) -> tuple[frozenset[str], Callable[[dict[str, Any]], Any]]:
    return names_in(parse_expression(text)), zen.compile_expression(text).evaluate


def lacking(stage: ScoreStage, kinds: Mapping[str, Kind], asked: Mapping[str, str]) -> Iterator[str]:
    """The characteristics of a points table (``number`` or ``category``) that a strategy does not tell, or not so."""
    for name, kind in asked.items():
        told = kinds.get(name)
        if told is None or (kind == "number" and told is not Kind.NUMBER):
            yield name
