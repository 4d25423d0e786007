"""Strategy versions ready to decide: content checked against its hash, compiled again, kept per process."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from axle.decisioning.domain.canonical import content_hash
from axle.decisioning.domain.compiler import compile_graph
from axle.decisioning.domain.contract import contract_parse
from axle.decisioning.domain.engine import ZenEvaluator
from axle.decisioning.domain.evaluation import LiveStrategy
from axle.decisioning.domain.faults import EngineFailed, Fault, FaultCode
from axle.decisioning.domain.findings import Finding
from axle.decisioning.domain.graph import GraphRefused
from axle.decisioning.domain.parts import graph_inlined
from axle.decisioning.domain.policy import PolicyValue, Resolver, values_parse
from axle.decisioning.domain.rules import Rule
from axle.decisioning.domain.scenarios import ScenarioTree
from axle.decisioning.models import StrategyContent, StrategyVersion


class StrategyUnusable(Exception):
    """A stored version that may not decide; ``fault`` says why."""

    def __init__(self, code: FaultCode, detail: str) -> None:
        super().__init__(detail)
        self.fault = Fault(code, "strategy", detail[:300])


def live_strategy(version: StrategyVersion) -> LiveStrategy:
    """The version, ready to decide. Errors: StrategyUnusable when its content changed or no longer
    compiles."""
    return _live(version.pk, version.content_hash)


@lru_cache(maxsize=64)
def _live(version_id: int, expected_hash: str) -> LiveStrategy:
    content = StrategyContent.objects.get(pk=version_id)
    if hash_of(content) != expected_hash:
        raise StrategyUnusable(FaultCode.STRATEGY_CHANGED, f"version {version_id} is not as it was compiled")
    strategy, findings = strategy_compiled(content)
    if strategy is None:
        raise StrategyUnusable(FaultCode.STRATEGY_BROKEN, f"{findings[0].code}: {findings[0].detail}")
    return strategy


def hash_of(content: StrategyContent) -> str:
    """The hash over everything that a version consists of."""
    parts = [content.graph, content.contract, content.rules, content.cases]
    return content_hash([*parts, content.policy] if content.policy else parts)


def strategy_compiled(content: StrategyContent) -> tuple[LiveStrategy | None, tuple[Finding, ...]]:
    """The compiled strategy, or the findings that forbid it. Errors: ValueError for unreadable content."""
    contract, rules = contract_parse(content.contract), rules_parse(content.rules)
    scenarios, values = policy_parse(content.policy)
    try:
        graph = graph_inlined(content.graph)
        compiled, findings = compile_graph(graph, contract, rules, scenarios)
        if compiled is None:
            return None, findings
        evaluator = ZenEvaluator(graph)
    except (EngineFailed, GraphRefused) as error:
        return None, (Finding("graph_refused", "", str(error)),)
    by_code = {rule.code: rule for rule in rules}
    return LiveStrategy(contract, by_code, compiled, evaluator, scenarios, Resolver(values)), ()


def policy_parse(data: Mapping[str, Any]) -> tuple[ScenarioTree, tuple[PolicyValue, ...]]:
    """A version's scenarios, and the policy values of its golden cases, from JSON data. Errors: ValueError."""
    return ScenarioTree(scenarios=data.get("scenarios", ())), values_parse(data.get("values", ()))


def rules_parse(data: Any) -> tuple[Rule, ...]:
    """A rule catalogue from JSON data. Errors: ValueError."""
    return tuple(Rule.model_validate(rule) for rule in data)
