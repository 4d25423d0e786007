"""Conditions on sequence flows: a small, typed, side-effect-free language.

``financed_amount > second_review_above and not is_exception`` — names of declared process data, whole and
decimal numbers, quoted text, ``True``/``False``, comparisons, ``in (...)``, ``and``/``or``/``not``.
No calls, attributes, arithmetic or subscripts exist in it, so nothing can be executed.

Everything is checked when a definition is published: unknown names, comparing text with a number, and a
text value that the name can never have (a typing error there would silently send a case down the default
flow). At run time a missing value is an error, never zero and never false.
"""

import ast
import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from axle.workflow.errors import ConditionInvalid, ConditionValueMissing, ProcessDataMistyped

MAX_LENGTH = 500
"""Characters a condition may have; longer ones belong into data computed by the caller."""

Kind = Literal["number", "text", "boolean"]


@dataclass(frozen=True)
class DataName:
    """A name that conditions may use; ``values`` lists all texts it can have, empty when it is free."""

    name: str
    kind: Kind
    values: tuple[str, ...] = ()


Declared = Mapping[str, DataName]


@dataclass(frozen=True)
class Condition:
    """A compiled condition; ``names`` are those it reads."""

    text: str
    names: frozenset[str]
    _tree: ast.expr

    def holds(self, data: Mapping[str, Any]) -> bool:
        """Whether the condition is true of ``data``. Errors: ConditionValueMissing, ProcessDataMistyped."""
        return bool(_evaluate(self._tree, data))


@dataclass(frozen=True)
class _Typed:
    kind: Kind
    values: tuple[str, ...] = ()
    literals: tuple[str, ...] = ()


_ORDERED: dict[type[ast.cmpop], Callable[[Any, Any], bool]] = {
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
}
_OPERATORS: dict[type[ast.cmpop], Callable[[Any, Any], bool]] = {
    **_ORDERED,
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.In: lambda left, right: left in right,
    ast.NotIn: lambda left, right: left not in right,
}


def condition_compile(text: str, declared: Declared) -> Condition:
    """Check a condition against the declared names. Errors: ConditionInvalid with ``reason`` and ``part``."""
    tree = _parse(text)
    if _check(tree, declared).kind != "boolean":
        raise ConditionInvalid(reason="not_boolean", part=text.strip())
    names = frozenset(node.id for node in ast.walk(tree) if isinstance(node, ast.Name))
    return Condition(text=text.strip(), names=names, _tree=tree)


def value_check(declared: DataName, value: Any) -> None:
    """Refuse a value that does not fit its declaration. Errors: ProcessDataMistyped."""
    fits = {
        "number": isinstance(value, int | Decimal) and not isinstance(value, bool),
        "text": isinstance(value, str) and (not declared.values or value in declared.values),
        "boolean": isinstance(value, bool),
    }
    if not fits[declared.kind]:
        raise ProcessDataMistyped(name=declared.name, kind=declared.kind)


def _parse(text: str) -> ast.expr:
    if len(text) > MAX_LENGTH:
        raise ConditionInvalid(reason="too_long", part=text[:40])
    try:
        return ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise ConditionInvalid(reason="unreadable", part=text.strip()[:80]) from error


def _check(node: ast.expr, declared: Declared) -> _Typed:
    match node:
        case ast.Constant():
            return _check_constant(node)
        case ast.Name(id=name):
            return _check_name(name, declared)
        case ast.BoolOp(values=parts):
            return _check_booleans(parts, declared)
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            return _check_booleans([operand], declared)
        case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int() | float())):
            return _Typed("number")
        case ast.Compare():
            return _check_compare(node, declared)
    raise ConditionInvalid(reason="not_allowed", part=ast.unparse(node)[:80])


def _check_constant(node: ast.Constant) -> _Typed:
    match node.value:
        case bool():
            return _Typed("boolean")
        case int() | float():
            return _Typed("number")
        case str():
            return _Typed("text", literals=(node.value,))
    raise ConditionInvalid(reason="not_allowed", part=repr(node.value)[:80])


def _check_name(name: str, declared: Declared) -> _Typed:
    if name not in declared:
        raise ConditionInvalid(reason="unknown_name", part=name)
    return _Typed(declared[name].kind, declared[name].values)


def _check_booleans(parts: list[ast.expr], declared: Declared) -> _Typed:
    for part in parts:
        if _check(part, declared).kind != "boolean":
            raise ConditionInvalid(reason="not_boolean", part=ast.unparse(part))
    return _Typed("boolean")


def _check_compare(node: ast.Compare, declared: Declared) -> _Typed:
    sides = [node.left, *node.comparators]
    for left, comparison, right in zip(sides, node.ops, sides[1:], strict=False):
        if isinstance(comparison, ast.In | ast.NotIn):
            _check_membership(left, right, declared)
        else:
            _check_pair(left, comparison, right, declared)
    return _Typed("boolean")


def _check_membership(left: ast.expr, right: ast.expr, declared: Declared) -> None:
    if not isinstance(right, ast.Tuple | ast.List) or not right.elts:
        raise ConditionInvalid(reason="not_a_list", part=ast.unparse(right)[:80])
    for element in right.elts:
        _check_pair(left, ast.Eq(), element, declared)


def _check_pair(left: ast.expr, comparison: ast.cmpop, right: ast.expr, declared: Declared) -> None:
    if type(comparison) not in _OPERATORS:
        raise ConditionInvalid(reason="not_allowed", part=type(comparison).__name__)
    first, second = _check(left, declared), _check(right, declared)
    if first.kind != second.kind or (type(comparison) in _ORDERED and first.kind != "number"):
        raise ConditionInvalid(reason="not_comparable", part=f"{ast.unparse(left)}, {ast.unparse(right)}")
    _check_value_possible(first, second)
    _check_value_possible(second, first)


def _check_value_possible(name: _Typed, literal: _Typed) -> None:
    impossible = [text for text in literal.literals if name.values and text not in name.values]
    if impossible:
        raise ConditionInvalid(reason="impossible_value", part=impossible[0])


def _evaluate(node: ast.expr, data: Mapping[str, Any]) -> Any:
    match node:
        case ast.Constant(value=float() as value):
            return Decimal(str(value))
        case ast.Constant(value=value):
            return value
        case ast.Name(id=name):
            return _value(name, data)
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            return not _evaluate(operand, data)
        case ast.UnaryOp(operand=operand):
            return -_evaluate(operand, data)
        case ast.BoolOp(op=ast.And(), values=parts):
            return all(_evaluate(part, data) for part in parts)
        case ast.BoolOp(values=parts):
            return any(_evaluate(part, data) for part in parts)
        case ast.Tuple(elts=elements) | ast.List(elts=elements):
            return [_evaluate(element, data) for element in elements]
        case ast.Compare():
            return _compare(node, data)
    raise ConditionInvalid(reason="not_allowed", part=ast.unparse(node)[:80])


def _value(name: str, data: Mapping[str, Any]) -> Any:
    if data.get(name) is None:
        raise ConditionValueMissing(name=name)
    return data[name]


def _compare(node: ast.Compare, data: Mapping[str, Any]) -> bool:
    left = _evaluate(node.left, data)
    for comparison, comparator in zip(node.ops, node.comparators, strict=True):
        right = _evaluate(comparator, data)
        if not _OPERATORS[type(comparison)](left, right):
            return False
        left = right
    return True
