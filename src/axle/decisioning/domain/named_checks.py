"""The named checks (核验项) of a case: each declared once, and what a decision says of it.

A check is the rules that bear its code, and the inputs that it needs. Its result is a pure function of what was told
and of the rules that applied, so that a decision and its checks cannot differ. What is missing is never a pass.
"""

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from axle.decisioning.domain.evaluation import Evaluation, Hit
from axle.decisioning.domain.faults import FaultCode
from axle.decisioning.domain.fields import Words
from axle.decisioning.domain.rules import Rule, Severity

UNAVAILABLE = "unavailable"
"""What an input says when nobody could tell: no finding, and no data either."""


_NOT_TOLD = (None, UNAVAILABLE)


class CheckStatus(StrEnum):
    """What a check found, the gravest first."""

    FAIL = "fail"
    WARN = "warn"
    NO_ANSWER = "no_answer"
    NO_DATA = "no_data"
    NOT_APPLICABLE = "not_applicable"
    PASS = "pass"


@dataclass(frozen=True)
class NamedCheck:
    """One check: ``needs`` must be told for it to pass, ``also`` is looked at where it is told; ``applies`` says of
    which cases, ``missing`` what is missing when nobody brought its data. ``is_cross``: two independent sources are
    held against each other."""

    code: str
    severity: Severity
    is_cross: bool
    applies: Mapping[str, str]
    needs: tuple[str, ...]
    also: tuple[str, ...]
    name: Words
    missing: Words

    @property
    def reads(self) -> tuple[str, ...]:
        """Everything that the check looks at: its evidence."""
        return (*self.needs, *self.also)


def checks_judged(
    checks: Iterable[NamedCheck], rules: Mapping[str, Rule], told: Mapping[str, Any], evaluation: Evaluation
) -> dict[str, CheckStatus]:
    """What a decision says of each check; ``told`` are the inputs and results in stored form."""
    silent = {fault.where for fault in evaluation.faults if fault.code is FaultCode.SOURCE_NO_ANSWER}
    is_answered = all(fault.code is FaultCode.SOURCE_NO_ANSWER for fault in evaluation.faults)
    found: dict[str, list[Hit]] = {}
    for hit in evaluation.hits:
        if hit.actual != UNAVAILABLE:
            found.setdefault(rules[hit.code].check, []).append(hit)
    judged = {check.code: check_judged(check, found.get(check.code, ()), told, silent) for check in checks}
    return judged if is_answered else {code: _undecided(status) for code, status in judged.items()}


def check_judged(check: NamedCheck, found: Sequence[Hit], told: Mapping[str, Any], silent: Set[str]) -> CheckStatus:
    """What was found outweighs what is missing, and what is missing is never a pass."""
    if found:
        is_grave = any(hit.severity == Severity.KNOCK_OUT for hit in found)
        return CheckStatus.FAIL if is_grave else CheckStatus.WARN
    for name, value in check.applies.items():
        if told.get(name) != value:
            return CheckStatus.NOT_APPLICABLE
    if silent and not silent.isdisjoint(check.needs):
        return CheckStatus.NO_ANSWER
    for name in check.needs:
        if told.get(name) in _NOT_TOLD:
            return CheckStatus.NO_DATA
    return CheckStatus.PASS if check.needs else CheckStatus.NO_DATA


def _undecided(status: CheckStatus) -> CheckStatus:
    """What is left of a check when its rules were not asked, because the decision broke."""
    return CheckStatus.NO_ANSWER if status is CheckStatus.PASS else status


def findings(check: NamedCheck, rules: Mapping[str, Rule], hits: Iterable[Hit]) -> list[Hit]:
    """The rules of a check that applied; that nobody could tell is none."""
    return [hit for hit in hits if rules[hit.code].check == check.code and hit.actual != UNAVAILABLE]
