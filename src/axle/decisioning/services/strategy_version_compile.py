"""Compiling a draft: every cell, every expression, then its golden cases."""

from dataclasses import asdict
from typing import Any

from django.utils import timezone

from axle.decisioning.domain.coverage import coverage_warnings
from axle.decisioning.domain.evaluation import LiveStrategy
from axle.decisioning.domain.findings import Finding
from axle.decisioning.domain.golden import GoldenCase, cases_run
from axle.decisioning.domain.graph import GraphRefused, graph_parse
from axle.decisioning.domain.parts import graph_inlined
from axle.decisioning.domain.policy import Resolver, place_of
from axle.decisioning.domain.policy_block import PolicyBlock
from axle.decisioning.errors import StrategyVersionNotDraft
from axle.decisioning.live import hash_of, policy_parse, strategy_compiled
from axle.decisioning.models import StrategyContent, StrategyState, StrategyVersion
from axle.decisioning.selectors import VERSIONS
from axle.platform.public import Actor, track

_PROVEN: set[str] = set()
"""Hashes of contents in which this process found nothing: what that depends on stays while it runs."""


def strategy_version_compile(*, actor: Actor, version_id: int) -> StrategyVersion:
    """Compile a draft and run its golden cases; with any finding it stays a draft and keeps the findings.

    Errors: NotFound, StrategyVersionNotDraft.
    """
    version = track(VERSIONS.locked(version_id))
    if version.state != StrategyState.DRAFT:
        raise StrategyVersionNotDraft(version_no=version.version_no)
    for name, found in content_examine(version.content, version.content_hash).items():
        setattr(version, name, found)
    if not version.findings:
        version.state = StrategyState.COMPILED
        version.compiled_at = timezone.now()
    version.save(update_fields=["findings", "warnings", "state", "compiled_at"])
    return version


def content_examine(content: StrategyContent, expected_hash: str) -> dict[str, list[dict[str, Any]]]:
    """What forbids publishing, and what is said in vain, as columns of the version; a draft tells it too."""
    return {
        "findings": [asdict(finding) for finding in findings_of(content, expected_hash)],
        "warnings": [asdict(warning) for warning in warnings_of(content)],
    }


def findings_of(content: StrategyContent, expected_hash: str) -> tuple[Finding, ...]:
    """Everything that forbids publishing: changed content, compiler findings, else golden cases that fail."""
    if hash_of(content) != expected_hash:
        return (Finding("content_changed", "", "the stored content is not what was uploaded"),)
    if expected_hash in _PROVEN:
        return ()
    strategy, findings = strategy_compiled(content)
    if strategy is None:
        return findings
    if not content.cases:
        return (Finding("golden_cases_missing", "", "a version is published with golden cases only"),)
    lacking = _values_lacking(strategy)
    if lacking:
        return lacking
    failures = cases_run(strategy, [GoldenCase.model_validate(case) for case in content.cases])
    if not failures:
        _PROVEN.add(expected_hash)
    return tuple(Finding(failure.code, failure.name, f"{failure.expected} ≠ {failure.found}") for failure in failures)


def warnings_of(content: StrategyContent) -> tuple[Finding, ...]:
    """What a version says in vain: rows that no case reaches, or that others take all cases of."""
    try:
        graph = graph_parse(graph_inlined(content.graph))
    except GraphRefused:
        return ()
    _, values = policy_parse(content.policy)
    return coverage_warnings(graph, Resolver(values).resolve(place_of({}, ())))


def _values_lacking(strategy: LiveStrategy) -> tuple[Finding, ...]:
    """Every policy parameter needs a value that counts everywhere: the golden cases are told with it."""
    everywhere = strategy.reference.resolve(place_of({}, ()))
    faults = PolicyBlock((), everywhere).faults(strategy.contract.policy)
    return tuple(
        Finding(fault.code, "policy", "no value that counts everywhere", column=fault.where) for fault in faults
    )
