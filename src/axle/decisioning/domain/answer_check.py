"""The check of the engine's answer: it trusts nothing that the engine says.

Each node's output must have the types found at compilation (a null there means a calculation failed in
silence), the response must fulfil the result contract, every rule hit must be in the catalogue, every
characteristic scored exactly once, and the outcome must not contradict the hits.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from axle.decisioning.domain.compiler import Compiled
from axle.decisioning.domain.contract import OUTCOME, InputContract
from axle.decisioning.domain.faults import Fault, FaultCode
from axle.decisioning.domain.fields import Field, FieldType, Missing, as_rate, value_fault
from axle.decisioning.domain.flow_types import Kind, Type
from axle.decisioning.domain.graph import Graph, Switch
from axle.decisioning.domain.rules import Rule, Severity
from axle.decisioning.domain.traces import Made


def answer_faults(
    contract: InputContract, rules: Mapping[str, Rule], compiled: Compiled, result: Any, made: Made
) -> tuple[Fault, ...]:
    """The faults of a response and of what the nodes made on the way, those of the earliest stage only: later checks
    would speak of the same cause."""
    for stage in (
        _fact_faults(compiled, made),
        _shape_faults(result),
        _result_faults(contract, result),
        _hit_faults(rules, result),
        _score_faults(contract, result),
        _contradictions(result),
    ):
        faults = tuple(stage)
        if faults:
            return faults
    return ()


def _fact_faults(compiled: Compiled, made: Made) -> Iterator[Fault]:
    for node in compiled.graph.nodes:
        wanted = compiled.makers[node.id]
        if wanted and node.id not in made:
            yield from _skipped(compiled.graph, node.name)
            continue
        values = made.get(node.id, {})
        for key, kind in wanted.items():
            value = values.get(key)
            if type(value) in _SIMPLE.get(kind.kind, ()):
                continue
            if key not in values or not _value_fits(kind, value):
                yield Fault(FaultCode.FACT_MISSING, f"{node.name}.{key}")


def _skipped(graph: Graph, name: str) -> Iterator[Fault]:
    """A node may be passed over only when a switch stands in the graph."""
    if not any(isinstance(node.content, Switch) for node in graph.nodes):
        yield Fault(FaultCode.FACT_MISSING, name)


_SIMPLE: Mapping[Kind, tuple[type, ...]] = {
    Kind.NUMBER: (int, float),
    Kind.BOOL: (bool,),
    Kind.TEXT: (str,),
    Kind.DATE: (str,),
    Kind.MOMENT: (str,),
}
"""What most values are, so that they fit at a glance."""


def _value_fits(wanted: Type, value: Any) -> bool:
    if value is None:
        return wanted.is_nullable
    if wanted.kind is Kind.LIST:
        return isinstance(value, list) and all(_value_fits(wanted.item, item) for item in value if wanted.item)
    if wanted.kind is Kind.RECORD:
        parts = wanted.fields or {}
        return isinstance(value, Mapping) and all(_value_fits(part, value.get(name)) for name, part in parts.items())
    return _scalar_fits(wanted, value)


def _scalar_fits(wanted: Type, value: Any) -> bool:
    match wanted.kind:
        case Kind.NUMBER:
            return isinstance(value, int | float) and not isinstance(value, bool)
        case Kind.BOOL:
            return isinstance(value, bool)
        case Kind.TEXT | Kind.DATE | Kind.MOMENT:
            return isinstance(value, str)
    return wanted.kind is Kind.ANY


def _shape_faults(result: Any) -> Iterator[Fault]:
    if not isinstance(result, Mapping) or OUTCOME.name not in result:
        yield Fault(FaultCode.RESULT_MISSING, OUTCOME.name)
        return
    if result[OUTCOME.name] not in OUTCOME.choices:
        yield Fault(FaultCode.RESULT_WRONG_TYPE, OUTCOME.name, str(result[OUTCOME.name])[:60])
    for name in ("hits", "points"):
        if not isinstance(result.get(name, []), list) or (name == "hits" and name not in result):
            yield Fault(FaultCode.RESULT_MISSING, name)


def _result_faults(contract: InputContract, result: Mapping[str, Any]) -> Iterator[Fault]:
    for field in contract.results:
        value = result.get(field.name)
        if value is None and field.missing is Missing.REFUSE:
            yield Fault(FaultCode.RESULT_MISSING, field.name)
        elif value is not None and _is_wrong(field, value):
            yield Fault(FaultCode.RESULT_WRONG_TYPE, field.name, str(value)[:60])


def _is_wrong(field: Field, value: Any) -> bool:
    if field.type is FieldType.RATE:
        rate = as_rate(value)
        return rate is None or value_fault(field, rate) is not None
    return value_fault(field, value) is not None


def _hit_faults(rules: Mapping[str, Rule], result: Mapping[str, Any]) -> Iterator[Fault]:
    for hit in result["hits"]:
        rule = rules.get(str(hit.get("code"))) if isinstance(hit, Mapping) else None
        if rule is None or hit.get("severity") != rule.severity:
            yield Fault(FaultCode.RULE_UNKNOWN, "hits", str(hit)[:60])


def _score_faults(contract: InputContract, result: Mapping[str, Any]) -> Iterator[Fault]:
    if not contract.characteristics:
        return
    scored = sorted(str(point.get("characteristic")) for point in result.get("points", ()))
    if scored != sorted(contract.characteristics):
        wrong = sorted(set(contract.characteristics) ^ set(scored))
        yield Fault(FaultCode.SCORE_INCOMPLETE, "points", ", ".join(wrong)[:200])
    score = result.get("score")
    if isinstance(score, bool) or not isinstance(score, int):
        yield Fault(FaultCode.RESULT_WRONG_TYPE, "score", str(score)[:60])


def _contradictions(result: Mapping[str, Any]) -> Iterator[Fault]:
    severities = {hit["severity"] for hit in result["hits"]}
    outcome = result[OUTCOME.name]
    if Severity.KNOCK_OUT in severities and outcome != "decline":
        yield Fault(FaultCode.OUTCOME_CONTRADICTS_RULES, OUTCOME.name, f"{outcome} with a knock-out")
    elif Severity.REFER in severities and outcome == "approve":
        yield Fault(FaultCode.OUTCOME_CONTRADICTS_RULES, OUTCOME.name, "approve with a refer rule")
