"""Compiling a draft: every cell, every expression, then its golden cases."""

from dataclasses import asdict

from django.utils import timezone

from axle.decisioning.domain.findings import Finding
from axle.decisioning.domain.golden import GoldenCase, cases_run
from axle.decisioning.errors import StrategyVersionNotDraft
from axle.decisioning.live import hash_of, strategy_compiled
from axle.decisioning.models import StrategyContent, StrategyState, StrategyVersion
from axle.decisioning.selectors import VERSIONS
from axle.platform.public import Actor, track


def strategy_version_compile(*, actor: Actor, version_id: int) -> StrategyVersion:
    """Compile a draft and run its golden cases; with any finding it stays a draft and keeps the findings.

    Errors: NotFound, StrategyVersionNotDraft.
    """
    version = track(VERSIONS.locked(version_id))
    if version.state != StrategyState.DRAFT:
        raise StrategyVersionNotDraft(version_no=version.version_no)
    findings = findings_of(version.content, version.content_hash)
    version.findings = [asdict(finding) for finding in findings]
    if not findings:
        version.state = StrategyState.COMPILED
        version.compiled_at = timezone.now()
    version.save(update_fields=["findings", "state", "compiled_at"])
    return version


def findings_of(content: StrategyContent, expected_hash: str) -> tuple[Finding, ...]:
    """Everything that forbids publishing: changed content, compiler findings, else golden cases that fail."""
    if hash_of(content) != expected_hash:
        return (Finding("content_changed", "", "the stored content is not what was uploaded"),)
    strategy, findings = strategy_compiled(content)
    if strategy is None:
        return findings
    if not content.cases:
        return (Finding("golden_cases_missing", "", "a version is published with golden cases only"),)
    failures = cases_run(strategy, [GoldenCase.model_validate(case) for case in content.cases])
    return tuple(Finding("golden_case", failure.name, f"{failure.expected} ≠ {failure.found}") for failure in failures)
