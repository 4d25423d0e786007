"""Deciding past cases again: what previews of calibrations, back-tests and shadows have in common.

Whatever a case was decided with counts again as long as the version asks for the same: the policy values and the score
that were kept with it. What the case does not have counts as of a date.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import QuerySet

from axle.decisioning.domain.evaluation import Evaluation, Hit, LiveStrategy, evaluate
from axle.decisioning.domain.policy import Resolver, place_of
from axle.decisioning.domain.policy_block import PolicyBlock, block_chosen, block_of
from axle.decisioning.domain.score_stage import ScoreBlock, Scorer
from axle.decisioning.live import live_strategy
from axle.decisioning.models import DecisionRecord, StrategyVersion
from axle.decisioning.parameters import DEADLINE_MS
from axle.decisioning.score_live import scorer_in_force
from axle.platform.public import parameter_value

_CHUNK = 500
_BLOCKS = 500
"""How many policy blocks are remembered."""
_COLUMNS = (
    "pk",
    "record_no",
    "subject_id",
    "strategy_code",
    "version_id",
    "inputs",
    "policy",
    "score_given",
    "result",
    "calibration_id",
)


def cases_streamed(rows: QuerySet[DecisionRecord]) -> Iterator[DecisionRecord]:
    """Decisions with what it takes to decide them again, a chunk at a time."""
    return rows.only(*_COLUMNS).iterator(chunk_size=_CHUNK)


@dataclass(frozen=True)
class Again:
    """A version that decides past cases anew."""

    version_id: int
    strategy: LiveStrategy
    deadline_seconds: float
    score: Scorer | ScoreBlock | None
    _blocks: dict[Any, PolicyBlock] = field(default_factory=dict, repr=False)

    def inputs(self, record: DecisionRecord) -> dict[str, Any]:
        """The inputs of a case as far as the version asks for them."""
        known = self.strategy.contract.known
        return {name: value for name, value in record.inputs.items() if name in known}

    def told(self, record: DecisionRecord) -> dict[str, Any] | None:
        """The inputs of a case; None when the version cannot decide by them."""
        inputs = self.inputs(record)
        return None if self.strategy.contract.check(inputs) else inputs

    def decide(self, record: DecisionRecord, inputs: dict[str, Any], policy: Resolver | PolicyBlock) -> Evaluation:
        """What the version answers with policy values."""
        return evaluate(
            self.strategy, inputs, deadline_seconds=self.deadline_seconds, policy=policy, score=self._score(record)
        )

    def decided(self, record: DecisionRecord, policy: PolicyBlock) -> Evaluation | None:
        """What is on record already, when the version decided the case with these policy values and without a fault: to
        decide it again would give the same."""
        result = record.result
        if record.version_id != self.version_id or record.policy != policy.stored() or result["faults"]:
            return None
        hits = tuple(Hit(**hit) for hit in result["hits"])
        return Evaluation(result["outcome"], hits=hits, results=result["results"], policy=policy)

    def policy_kept(self, record: DecisionRecord, inputs: dict[str, Any], others: Resolver) -> PolicyBlock:
        """The policy values that a case was decided with; those that it does not have come from others, and last from
        what the version ships."""
        path, kept = self.strategy.scenarios.path(inputs), record.policy.get("values", {})
        names = [one.name for one in self.strategy.contract.policy]
        if any(name not in kept for name in names):
            place = place_of(inputs, path)
            kept = {**self.strategy.reference.resolve(place), **others.resolve(place), **kept}
        return self._shared(block_chosen(path, kept, self.strategy.contract.policy))

    def policy_found(self, inputs: dict[str, Any], resolver: Resolver) -> PolicyBlock:
        """The policy values that a resolver finds for a case."""
        return block_of(inputs, self.strategy.contract.policy, self.strategy.scenarios, resolver)

    def _shared(self, block: PolicyBlock) -> PolicyBlock:
        """The same block for all cases with the same values, so that it is judged and turned once."""
        key = (block.path, tuple(block.values.items()))
        if len(self._blocks) >= _BLOCKS:
            self._blocks.clear()
        return self._blocks.setdefault(key, block)

    def _score(self, record: DecisionRecord) -> Scorer | ScoreBlock | None:
        stage, given = self.strategy.contract.scorecard, record.score_given
        return ScoreBlock.read(given) if stage and given.get("scorecard") == stage.code else self.score


def again_with(version: StrategyVersion, on: date) -> Again:
    """A version, ready to decide past cases. Errors: StrategyUnusable."""
    strategy = live_strategy(version)
    return Again(version.pk, strategy, parameter_value(DEADLINE_MS, on=on) / 1000, scorer_in_force(strategy, on))
