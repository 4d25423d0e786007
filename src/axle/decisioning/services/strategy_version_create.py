"""Storing a new draft version of a strategy."""

from collections.abc import Mapping, Sequence
from typing import Any

from axle.decisioning.domain.contract import InputContract, contract_parse
from axle.decisioning.domain.golden import GoldenCase, cases_whole
from axle.decisioning.domain.graph import GraphRefused, graph_normalise
from axle.decisioning.domain.rules import Rule
from axle.decisioning.errors import StrategyContentInvalid, StrategyUnknown
from axle.decisioning.live import hash_of, policy_parse, rules_parse
from axle.decisioning.models import DecisionRule, Strategy, StrategyContent, StrategyVersion
from axle.decisioning.selectors import VERSIONS
from axle.decisioning.services.policy_parameters_declare import policy_parameters_declare
from axle.platform.public import Actor


def strategy_version_create(
    *,
    actor: Actor,
    strategy: str,
    graph: Mapping[str, Any],
    contract: Mapping[str, Any],
    rules: Sequence[Mapping[str, Any]],
    cases: Sequence[Mapping[str, Any]],
    policy: Mapping[str, Any] | None = None,
    note: str = "",
) -> StrategyVersion:
    """Store a draft with its nulls normalised; nothing is compiled yet.

    ``policy`` holds scenarios, and the policy values that the golden cases are told with.
    Errors: StrategyUnknown, StrategyContentInvalid, PolicyParameterDiffers.
    """
    owner = Strategy.objects.select_for_update().filter(code=strategy).first()
    if owner is None:
        raise StrategyUnknown(field="strategy", code=strategy)
    read, catalogue = _read(contract, rules, cases, policy or {})
    policy_parameters_declare(read.policy)
    content = StrategyContent(
        graph=_normal(graph), contract=dict(contract), rules=list(rules), cases=list(cases), policy=dict(policy or {})
    )
    version = _version(owner, actor, note, content, read.version)
    content.version = version
    content.save(force_insert=True)
    _rules_save(version, catalogue)
    return version


def _read(
    contract: Mapping[str, Any], rules: Sequence[Any], cases: Sequence[Any], policy: Mapping[str, Any]
) -> tuple[InputContract, tuple[Rule, ...]]:
    try:
        read = contract_parse(contract)
        catalogue = rules_parse(rules)
        cases_whole([GoldenCase.model_validate(case) for case in cases])
        policy_parse(policy)
    except ValueError as error:
        raise StrategyContentInvalid(detail=str(error)[:300]) from error
    return read, catalogue


def _normal(graph: Mapping[str, Any]) -> Any:
    try:
        return graph_normalise(graph)
    except GraphRefused as refusal:
        raise StrategyContentInvalid(field="graph", detail=str(refusal)) from refusal


def _version(owner: Strategy, actor: Actor, note: str, content: StrategyContent, contract: str) -> StrategyVersion:
    return VERSIONS.draft(
        actor=actor,
        owner=owner,
        note=note,
        contract_version=contract,
        content_hash=hash_of(content),
        rule_count=len(content.rules),
        case_count=len(content.cases),
    )


def _rules_save(version: StrategyVersion, catalogue: Sequence[Rule]) -> None:
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
