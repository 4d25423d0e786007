"""The trace of a decision as the console's simulator reads it."""

from typing import Any

from axle.decisioning.domain.canonical import canonical_bytes
from axle.decisioning.domain.evaluation import LiveStrategy
from axle.decisioning.domain.faults import EngineFailed, EngineTimedOut
from axle.decisioning.domain.graph import graph_parse
from axle.decisioning.domain.parts import graph_inlined
from axle.decisioning.domain.policy_block import PolicyBlock
from axle.decisioning.domain.score_stage import ScoreBlock
from axle.decisioning.domain.traces import Made, Trace, trace_bare, trace_compacted, trace_expanded, trace_unpacked
from axle.decisioning.live import StrategyUnusable, live_strategy
from axle.decisioning.models import DecisionRecord, StrategyVersion
from axle.decisioning.parameters import DEADLINE_MS
from axle.platform.public import parameter_value


def trace_of(record: DecisionRecord) -> dict[str, Any]:
    """What each node read and made and which rows made it; of a record that keeps only what nodes made, the engine
    tells the rest again."""
    made, trace = trace_unpacked(bytes(record.trace))
    if record.version is None or not made:
        return {}
    graph = graph_parse(graph_inlined(record.version.content.graph))
    told = record.inputs | PolicyBlock.read(record.policy).told() | ScoreBlock.read(record.score_given).engine_inputs()
    return trace_expanded(graph, trace or _again(record, record.version, made) or trace_bare(graph, made), told)


def _again(record: DecisionRecord, version: StrategyVersion, made: Made) -> Trace | None:
    """The trace of the same case with the same version; None unless every node makes what is on record."""
    deadline_seconds = parameter_value(DEADLINE_MS, on=record.business_on) / 1000
    try:
        trace = _traced(live_strategy(version), record, deadline_seconds)
    except (StrategyUnusable, EngineFailed, EngineTimedOut):
        return None
    again = {node_id: seen["made"] for node_id, seen in trace.items()}
    return trace if canonical_bytes(again) == canonical_bytes(made) else None


def _traced(strategy: LiveStrategy, record: DecisionRecord, deadline_seconds: float) -> Trace:
    policy, given = PolicyBlock.read(record.policy), ScoreBlock.read(record.score_given)
    contract = strategy.contract
    told = contract.engine_inputs(record.inputs) | policy.engine_inputs(contract.policy) | given.engine_inputs()
    return trace_compacted(strategy.compiled, strategy.evaluator(told, deadline_seconds, is_traced=True))
