"""The catalogue of named checks, and the checks of a decision in words."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from axle.decisioning.domain.contract import InputContract
from axle.decisioning.domain.evaluation import Evaluation, Hit
from axle.decisioning.domain.fields import Words
from axle.decisioning.domain.named_checks import CheckStatus, NamedCheck, checks_judged, findings
from axle.decisioning.domain.plain_words import field_named, field_value, hit_sentence
from axle.decisioning.domain.rules import Rule, Severity
from axle.decisioning.explanation import Fact, meaning_of
from axle.decisioning.live import StrategyUnusable, live_strategy
from axle.decisioning.models import DecisionRecord, StrategyVersion
from axle.platform.public import text

_FILE = Path(__file__).parent / "data" / "named_checks.csv"


@dataclass(frozen=True)
class CheckFound:
    """A check of a decision: what it found, in words, and the evidence."""

    code: str
    name: Words
    status: CheckStatus
    severity: Severity
    is_cross: bool
    says: Words
    evidence: tuple[Fact, ...]


@lru_cache(maxsize=1)
def named_checks() -> tuple[NamedCheck, ...]:
    """Every named check, in the order of their codes."""
    with _FILE.open(encoding="utf-8", newline="") as file:
        return tuple(_check(row) for row in csv.DictReader(file))


def checks_of_evaluation(
    version: StrategyVersion | None, inputs: Mapping[str, Any], evaluation: Evaluation
) -> dict[str, str]:
    """What a decision says of each check that its strategy knows, to be kept with it."""
    if version is None:
        return {}
    try:
        strategy = live_strategy(version)
    except StrategyUnusable:
        return {}
    known = _known(strategy.contract, strategy.rules)
    return {code: str(status) for code, status in checks_judged(known, strategy.rules, inputs, evaluation).items()}


def checks_found(record: DecisionRecord) -> tuple[CheckFound, ...]:
    """The checks of a decision in words, with their evidence; none for a decision that has none on record."""
    if record.version is None or not record.checks:
        return ()
    contract, rules = meaning_of(record.version)
    hits = [Hit(**hit) for hit in record.result["hits"]]
    told = {**record.result["results"], **record.inputs}
    by_code = {check.code: check for check in named_checks()}
    return tuple(
        _found(by_code[code], CheckStatus(status), findings(by_code[code], rules, hits), contract, rules, told)
        for code, status in record.checks.items()
        if code in by_code
    )


def _check(row: Mapping[str, str]) -> NamedCheck:
    return NamedCheck(
        code=row["code"],
        severity=Severity(row["severity"]),
        is_cross=row["is_cross"] == "1",
        applies=dict(part.split("=") for part in row["applies"].split()),
        needs=tuple(row["needs"].split()),
        also=tuple(row["also"].split()),
        name=Words(zh=row["zh"], en=row["en"]),
        missing=Words(zh=row["missing_zh"], en=row["missing_en"]),
    )


def _known(contract: InputContract, rules: Mapping[str, Rule]) -> list[NamedCheck]:
    """A strategy that names no check has none; one that names some answers for all of them."""
    return list(named_checks()) if any(rule.check for rule in rules.values()) else []


def _found(
    check: NamedCheck,
    status: CheckStatus,
    hits: list[Hit],
    contract: InputContract,
    rules: Mapping[str, Rule],
    told: Mapping[str, Any],
) -> CheckFound:
    sentences = [hit_sentence(rules[hit.code], hit, contract) for hit in hits]
    return CheckFound(
        code=check.code,
        name=check.name,
        status=status,
        severity=check.severity,
        is_cross=check.is_cross,
        says=Words(
            zh="；".join(one.zh for one in sentences) or _says(status, check.missing.zh, "zh-CN"),
            en="; ".join(one.en for one in sentences) or _says(status, check.missing.en, "en-US"),
        ),
        evidence=tuple(_evidence(check, contract, told)),
    )


def _says(status: CheckStatus, missing: str, locale: str) -> str:
    return text("text", f"check_status/{status}", locale=locale, missing=missing)


def _evidence(check: NamedCheck, contract: InputContract, told: Mapping[str, Any]) -> list[Fact]:
    """What the check looked at and was told; of what it needs, also what nobody told."""
    fields = [(name, field_named(contract, name)) for name in check.reads]
    return [
        Fact(name, field.words, field_value(field, told.get(name)))
        for name, field in fields
        if field is not None and (name in check.needs or told.get(name) is not None)
    ]
