"""A decision in sentences: the rules that applied with value and limit, and what made the score."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from axle.decisioning.domain.contract import InputContract
from axle.decisioning.domain.evaluation import Hit, Point
from axle.decisioning.domain.fields import Field, FieldType, Words, as_rate
from axle.decisioning.domain.rules import Rule
from axle.kernel.money import yuan

NO_DATA = Words(zh="无数据", en="no data")
_YES, _NO = Words(zh="是", en="yes"), Words(zh="否", en="no")


@dataclass(frozen=True)
class Sentence:
    """One line of an explanation."""

    zh: str
    en: str


def hit_sentence(rule: Rule, hit: Hit, contract: InputContract) -> Sentence:
    """The rule's explanation with the value that it met and the limit that it holds."""
    actual = _shown(hit.actual, rule, contract)
    limit = _shown(hit.limit, rule, contract)
    return Sentence(
        zh=rule.explanation.zh.format(actual=actual.zh, limit=limit.zh),
        en=rule.explanation.en.format(actual=actual.en, limit=limit.en),
    )


def point_sentence(point: Point, contract: InputContract) -> Sentence:
    """``Debt service ratio 32.5%: +61``."""
    label = contract.words(point.characteristic) or _same(point.characteristic)
    value = scored_value(contract, point.characteristic, point.value)
    return Sentence(zh=f"{label.zh} {value.zh}：{point.points:+d} 分", en=f"{label.en} {value.en}: {point.points:+d}")


def field_named(contract: InputContract, name: str) -> Field | None:
    """An input, result or policy field by name."""
    others = (*contract.results, *contract.policy)
    return contract.known.get(name) or next((field for field in others if field.name == name), None)


def field_value(field: Field, value: Any) -> Words:
    """A value as people read it: yuan, percent, an enum's label, yes or no."""
    if value is None:
        return NO_DATA
    if field.type is FieldType.BOOL:
        return _YES if value else _NO
    if field.type is FieldType.ENUM:
        return field.choices.get(str(value), _same(value))
    return _same(_UNITS.get(_UNIT_OF.get(field.type, "number"), str)(value))


def scored_value(contract: InputContract, characteristic: str, value: Any) -> Words:
    """The value of a characteristic: an input's in its own words, anything else as the scorecard was told it."""
    need = contract.scorecard.by_name.get(characteristic) if contract.scorecard else None
    field = contract.known.get(need.value) if need else field_named(contract, characteristic)
    if value is None:
        return NO_DATA
    if field and (need is None or field.type is FieldType.ENUM):
        return field_value(field, value)
    return _same(_number(value) if isinstance(value, int | float) else value)


def _shown(value: Any, rule: Rule, contract: InputContract) -> Words:
    field = contract.known.get(rule.field)
    if rule.unit == "choice" and field:
        return field_value(field, value)
    return NO_DATA if value is None else _same(_UNITS.get(rule.unit, str)(value))


def _same(text: Any) -> Words:
    return Words(zh=str(text), en=str(text))


def _yuan(value: Any) -> str:
    whole, cents = yuan(int(value)).split(".")
    return f"{int(whole):,}.{cents}"


def _percent(value: Any) -> str:
    rate = (as_rate(value) or Decimal(0)) * 100
    return f"{rate.quantize(Decimal('0.01')).normalize():f}%"


def _number(value: Any) -> str:
    number = as_rate(value)
    return str(value) if number is None else f"{number.quantize(Decimal('0.01')).normalize():f}"


_UNITS: Mapping[str, Any] = {"yuan": _yuan, "percent": _percent, "number": _number}
_UNIT_OF = {FieldType.MONEY: "yuan", FieldType.RATE: "percent", FieldType.INTEGER: "number"}
