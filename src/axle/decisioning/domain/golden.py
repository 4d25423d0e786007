"""Golden cases: inputs with the answer that a version must give before it may be used."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from axle.decisioning.domain.evaluation import Evaluation, LiveStrategy, evaluate
from axle.decisioning.domain.rules import RuleCode
from axle.decisioning.domain.score_stage import ScoreBlock

CASE_DEADLINE_SECONDS = 10.0


class GoldenCase(BaseModel):
    """One case: its inputs, the outcome and exactly the rules that it must hit; ``results`` may name some results.

    ``like`` names a case whose inputs it shares but for its own. It is told with the policy values of its version,
    whatever the institution has set since, and where a scorecard scores, with the ``score`` that it would give.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    like: str = ""
    inputs: Mapping[str, Any]
    outcome: Literal["approve", "refer", "decline"]
    rules: tuple[RuleCode, ...] = ()
    faults: tuple[str, ...] = ()
    results: Mapping[str, Any] = {}
    score: int | None = None


@dataclass(frozen=True)
class CaseFailure:
    """A golden case that came out differently, both sides in words; or, as ``rule_unproven``, a rule that none hits."""

    name: str
    expected: str
    found: str
    code: str = "golden_case"


def cases_run(strategy: LiveStrategy, cases: Sequence[GoldenCase]) -> tuple[CaseFailure, ...]:
    """The cases that fail, and the rules that no case hits (a rule nobody tested may not be published)."""
    failures: list[CaseFailure] = []
    unproven = set(strategy.rules)
    for case in cases_whole(cases):
        told = None if case.score is None else ScoreBlock.told(case.score)
        evaluation = evaluate(strategy, case.inputs, deadline_seconds=CASE_DEADLINE_SECONDS, score=told)
        unproven -= {hit.code for hit in evaluation.hits}
        failures.extend(_failure(case, evaluation))
    never = (CaseFailure(code, "hit by a golden case", "never hit", "rule_unproven") for code in sorted(unproven))
    return (*failures, *never)


def cases_whole(cases: Sequence[GoldenCase]) -> list[GoldenCase]:
    """Cases with all their inputs and their score.

    Errors: ValueError when one is like a case that does not stand before it.
    """
    told: dict[str, tuple[Mapping[str, Any], int | None]] = {"": ({}, None)}
    whole = []
    for case in cases:
        if case.like not in told:
            raise ValueError(f"{case.name}: no case {case.like} stands before it")
        inputs, score = told[case.like]
        told[case.name] = ({**inputs, **case.inputs}, score if case.score is None else case.score)
        inputs, score = told[case.name]
        whole.append(case.model_copy(update={"inputs": inputs, "score": score}))
    return whole


def _failure(case: GoldenCase, evaluation: Evaluation) -> list[CaseFailure]:
    expected = _words(case.outcome, case.rules, case.faults, case.results)
    results = {name: evaluation.results.get(name, getattr(evaluation, name, None)) for name in case.results}
    codes = [hit.code for hit in evaluation.hits]
    found = _words(evaluation.outcome, codes, [fault.code for fault in evaluation.faults], results)
    return [] if expected == found else [CaseFailure(case.name, expected, found)]


def _words(outcome: str, codes: Sequence[str], faults: Sequence[str], results: Mapping[str, Any]) -> str:
    facts = [f"{name}={results[name]}" for name in sorted(results)]
    return " ".join([outcome, *sorted(codes), *sorted(faults), *facts])
