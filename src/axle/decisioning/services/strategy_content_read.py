"""Reading what a version of a strategy shall consist of, and keeping its rules as rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from axle.decisioning.domain.contract import InputContract, contract_parse
from axle.decisioning.domain.golden import GoldenCase, cases_whole
from axle.decisioning.domain.graph import GraphRefused, graph_normalise
from axle.decisioning.domain.rules import Rule
from axle.decisioning.errors import StrategyContentInvalid
from axle.decisioning.live import hash_of, policy_parse, rules_parse
from axle.decisioning.models import DecisionRule, StrategyContent, StrategyVersion
from axle.decisioning.services.policy_parameters_declare import policy_parameters_declare


@dataclass(frozen=True)
class ContentRead:
    """Content that can be read, with what its version says of it."""

    content: StrategyContent
    contract: InputContract
    catalogue: tuple[Rule, ...]

    @cached_property
    def facts(self) -> dict[str, Any]:
        """The columns of the version that follow from its content."""
        return {
            "contract_version": self.contract.version,
            "content_hash": hash_of(self.content),
            "rule_count": len(self.content.rules),
            "case_count": len(self.content.cases),
        }


def strategy_content_read(
    *,
    graph: Mapping[str, Any],
    contract: Mapping[str, Any],
    rules: Sequence[Mapping[str, Any]],
    cases: Sequence[Mapping[str, Any]],
    policy: Mapping[str, Any],
) -> ContentRead:
    """Read it with its nulls normalised, and declare the policy parameters that it reads; nothing is compiled yet.

    Errors: StrategyContentInvalid, PolicyParameterDiffers.
    """
    try:
        read, catalogue = contract_parse(contract), rules_parse(rules)
        cases_whole([GoldenCase.model_validate(case) for case in cases])
        policy_parse(policy)
    except ValueError as error:
        raise StrategyContentInvalid(detail=str(error)[:300]) from error
    content = StrategyContent(
        graph=_normal(graph), contract=dict(contract), rules=list(rules), cases=list(cases), policy=dict(policy)
    )
    policy_parameters_declare(read.policy)
    return ContentRead(content, read, catalogue)


def rules_keep(version: StrategyVersion, catalogue: Sequence[Rule]) -> None:
    """Keep the catalogue of a draft as its only rows."""
    DecisionRule.objects.filter(version=version).delete()
    DecisionRule.objects.bulk_create(
        DecisionRule(
            version=version,
            code=rule.code,
            severity=rule.severity,
            reason_code=rule.reason,
            owner=rule.owner,
            scenario=rule.scenario,
            check_code=rule.check,
            name_zh=rule.name.zh,
            name_en=rule.name.en,
            explanation_zh=rule.explanation.zh,
            explanation_en=rule.explanation.en,
        )
        for rule in catalogue
    )


def _normal(graph: Mapping[str, Any]) -> Any:
    try:
        return graph_normalise(graph)
    except GraphRefused as refusal:
        raise StrategyContentInvalid(field="graph", detail=str(refusal)) from refusal
