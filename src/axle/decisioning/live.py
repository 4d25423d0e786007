"""Strategy versions ready to decide: content checked against its hash, compiled again, kept per process."""

from functools import lru_cache
from typing import Any

from axle.decisioning.domain.canonical import content_hash
from axle.decisioning.domain.compiler import Compiled, compile_graph
from axle.decisioning.domain.contract import InputContract, contract_parse
from axle.decisioning.domain.engine import ZenEvaluator
from axle.decisioning.domain.evaluation import LiveStrategy
from axle.decisioning.domain.faults import EngineFailed, Fault, FaultCode
from axle.decisioning.domain.findings import Finding
from axle.decisioning.domain.rules import Rule
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
    return content_hash([content.graph, content.contract, content.rules, content.cases])


def strategy_compiled(content: StrategyContent) -> tuple[LiveStrategy | None, tuple[Finding, ...]]:
    """The compiled strategy, or the findings that forbid it. Errors: ValueError for unreadable content."""
    contract, rules = contract_parse(content.contract), rules_parse(content.rules)
    compiled, findings = compile_graph(content.graph, contract, rules)
    if compiled is None:
        return None, findings
    try:
        return _assembled(content, contract, rules, compiled), ()
    except EngineFailed as error:
        return None, (Finding("graph_refused", "", str(error)),)


def _assembled(
    content: StrategyContent, contract: InputContract, rules: tuple[Rule, ...], compiled: Compiled
) -> LiveStrategy:
    return LiveStrategy(contract, {rule.code: rule for rule in rules}, compiled, ZenEvaluator(content.graph))


def rules_parse(data: Any) -> tuple[Rule, ...]:
    """A rule catalogue from JSON data. Errors: ValueError."""
    return tuple(Rule.model_validate(rule) for rule in data)
