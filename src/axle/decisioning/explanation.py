"""A recorded decision in words: reasons for staff, wording for outside, score contributions, facts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from axle.decisioning.domain.contract import InputContract, contract_parse
from axle.decisioning.domain.evaluation import Hit, Point
from axle.decisioning.domain.fields import Field, Words
from axle.decisioning.domain.plain_words import (
    Sentence,
    field_named,
    field_value,
    hit_sentence,
    point_sentence,
    scored_value,
)
from axle.decisioning.domain.rules import Rule, Severity
from axle.decisioning.live import policy_parse, rules_parse
from axle.decisioning.models import DecisionRecord, StrategyContent, StrategyVersion
from axle.platform.public import text

FAULT_REASON = "R08"
"""What is told outside when something went wrong."""


@dataclass(frozen=True)
class Reason:
    """Why a case was not simply approved. ``code`` is the rule or fault; ``reason_code`` is what is told
    outside, ``demands`` what a condition asks for before money leaves, ``field`` what the rule looks at."""

    code: str
    severity: str
    reason_code: str
    text_zh: str
    text_en: str
    external_zh: str
    external_en: str
    demands: str = ""
    field: str = ""


@dataclass(frozen=True)
class Fact:
    """One input or result with its label and value as people read them."""

    name: str
    label: Words
    value: Words


@dataclass(frozen=True)
class ScorePart:
    """What a characteristic brought to a score; ``lost`` is how far it stays behind its best bin."""

    name: str
    label: Words
    value: Words
    points: int
    lost: int


@dataclass(frozen=True)
class ScoreTold:
    """A score by a scorecard, with the version that gave it, what made it, and the reasons that are told outside."""

    scorecard: str
    version_no: int
    points: int
    default_rate: str
    parts: tuple[ScorePart, ...]
    reason_codes: tuple[str, ...]


def meaning_of(version: StrategyVersion) -> tuple[InputContract, Mapping[str, Rule]]:
    """The contract and the rules of a version, by which its decisions are read."""
    return _meaning_kept(version.pk, version.content_hash)


@lru_cache(maxsize=64)
def _meaning_kept(version_id: int, content_hash: str) -> tuple[InputContract, Mapping[str, Rule]]:
    """By hash too: the content of a draft may change."""
    content = StrategyContent.objects.only("contract", "rules").get(pk=version_id)
    return contract_parse(content.contract), {rule.code: rule for rule in rules_parse(content.rules)}


def reasons_of(record: DecisionRecord) -> tuple[Reason, ...]:
    """The rules that applied (knock-outs first, conditions last), then the faults."""
    faults = tuple(_fault_reason(record, fault) for fault in record.result["faults"])
    if record.version is None:
        return faults
    contract, rules = meaning_of(record.version)
    hits = [Hit(**hit) for hit in record.result["hits"]]
    hits.sort(key=lambda hit: (list(Severity).index(Severity(hit.severity)), hit.code))
    return (*(_rule_reason(rules[hit.code], hit, contract) for hit in hits), *faults)


def contributions_of(record: DecisionRecord) -> tuple[Sentence, ...]:
    """What each characteristic brought to the score, largest first."""
    if record.version is None:
        return ()
    contract, _ = meaning_of(record.version)
    points = sorted((Point(**point) for point in record.result["points"]), key=lambda point: -point.points)
    return tuple(point_sentence(point, contract) for point in points)


def score_told(record: DecisionRecord) -> ScoreTold | None:
    """The score that a scorecard gave; None when none did."""
    given = record.score_given
    if "contributions" not in given:
        return None
    return ScoreTold(
        scorecard=given["scorecard"],
        version_no=given["version_no"],
        points=given["points"],
        default_rate=given["default_rate"],
        parts=tuple(_score_part(record, part) for part in given["contributions"]),
        reason_codes=tuple(given["reason_codes"]),
    )


def inputs_of(record: DecisionRecord) -> tuple[Fact, ...]:
    """The case as it was put to the strategy."""
    return _facts(record, record.inputs)


def results_of(record: DecisionRecord) -> tuple[Fact, ...]:
    """What the strategy found besides the outcome."""
    return _facts(record, record.result["results"])


def policy_of(record: DecisionRecord) -> tuple[Fact, ...]:
    """The policy values that counted for the case."""
    return _facts(record, record.policy.get("values", {}))


def scenario_of(record: DecisionRecord) -> Words | None:
    """The scenario that the case was decided in, in words; None for a strategy that knows none."""
    path = record.policy.get("path")
    if not path or record.version is None:
        return None
    return policy_parse(record.version.content.policy)[0].by_code[path[0]].name


def fault_text(fault: Mapping[str, Any], label: Words, locale: str) -> str:
    """A fault in words: what is wrong, and where."""
    where = label.zh if locale == "zh-CN" else label.en
    return text("text", f"decision_fault/{fault['code']}", locale=locale, where=where, detail=fault["detail"])


def _facts(record: DecisionRecord, values: Mapping[str, Any]) -> tuple[Fact, ...]:
    if record.version is None:
        return ()
    contract, _ = meaning_of(record.version)
    named = ((name, field_named(contract, name)) for name in values)
    fields: Sequence[tuple[str, Field]] = [(name, field) for name, field in named if field is not None]
    return tuple(Fact(name, field.words, field_value(field, values[name])) for name, field in fields)


def _score_part(record: DecisionRecord, part: Mapping[str, Any]) -> ScorePart:
    assert record.version is not None  # nothing else gives a score
    contract, _ = meaning_of(record.version)
    value = scored_value(contract, part["name"], part["value"])
    return ScorePart(part["name"], _label(record, part["name"]), value, part["points"], part["lost"])


def _rule_reason(rule: Rule, hit: Hit, contract: InputContract) -> Reason:
    sentence = hit_sentence(rule, hit, contract)
    told = _reason(rule.code, rule.severity.value, rule.reason, sentence.zh, sentence.en)
    return replace(told, demands=rule.demands, field=rule.field)


def _fault_reason(record: DecisionRecord, fault: Mapping[str, Any]) -> Reason:
    label = _label(record, fault["where"])
    words = [fault_text(fault, label, locale) for locale in ("zh-CN", "en-US")]
    return _reason(fault["code"], Severity.REFER.value, FAULT_REASON, words[0], words[1])


def _label(record: DecisionRecord, where: str) -> Words:
    words = meaning_of(record.version)[0].words(where) if record.version else None
    return words or Words(zh=where, en=where)


def _reason(code: str, severity: str, reason_code: str, zh: str, en: str) -> Reason:
    external = [text("enum", f"ReasonCode/{reason_code}", locale=locale) for locale in ("zh-CN", "en-US")]
    return Reason(code, severity, reason_code, zh, en, external[0], external[1])
