"""The type of an expression in a scope; refuses what the engine would fail on or silently skip."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from axle.decisioning.domain.flow_types import BOOL, NULL, NUMBER, TEXT, Kind, Scope, Type, TypeFault, unified
from axle.decisioning.domain.functions import CLOSURES, FUNCTIONS
from axle.decisioning.domain.syntax_tree import (
    Binary,
    Call,
    Choice,
    Element,
    Interval,
    ListOf,
    Literal,
    Member,
    Name,
    Node,
    Subject,
    Unary,
    children,
)


@dataclass(frozen=True)
class Surroundings:
    """What an expression may read: names, ``$`` and ``#`` when there are any, and what is known not to be
    null."""

    scope: Scope
    subject: Type | None = None
    element: Type | None = None
    not_null: frozenset[Node] = frozenset()

    def knowing(self, nodes: frozenset[Node]) -> "Surroundings":
        return replace(self, not_null=self.not_null | nodes)


def infer(node: Node, around: Surroundings) -> Type:
    """The type of a tree. Errors: TypeFault."""
    found = _RULES[type(node)](node, around)
    return replace(found, is_nullable=False) if node in around.not_null else found


def require(node: Node, around: Surroundings, kind: Kind) -> Type:
    """The type of a tree that must be of a kind and not null. Errors: TypeFault."""
    found = infer(node, around)
    if found.kind is not kind:
        raise TypeFault(f"{kind} wanted, {found} found")
    if found.is_nullable:
        raise TypeFault(f"may be null: test it first ({kind} wanted)")
    return found


def proven(node: Node, outcome: bool) -> frozenset[Node]:
    """What is known not to be null once a condition turned out true (or false)."""
    match node:
        case Binary("!=", tested, Literal(None)) if outcome:
            return frozenset([tested])
        case Binary("==", tested, Literal(None)) if not outcome:
            return frozenset([tested])
        case Binary("and", left, right) if outcome:
            return proven(left, True) | proven(right, True)
        case Binary("or", left, right) if not outcome:
            return proven(left, False) | proven(right, False)
        case Unary("not", operand):
            return proven(operand, not outcome)
    return frozenset()


def _literal(node: Literal, around: Surroundings) -> Type:
    value = node.value
    if value is None:
        return NULL
    if isinstance(value, bool):
        return BOOL
    return NUMBER if isinstance(value, Decimal) else Type(Kind.TEXT, choices=frozenset([value]))


def _name(node: Name, around: Surroundings) -> Type:
    found = around.scope.get(node.name)
    if found is None:
        raise TypeFault(f"unknown name {node.name}")
    return found


def _element(node: Element, around: Surroundings) -> Type:
    if around.element is None:
        raise TypeFault("# stands outside a list function")
    return around.element


def _subject(node: Subject, around: Surroundings) -> Type:
    if around.subject is None:
        raise TypeFault("$ stands outside a condition cell")
    return around.subject


def _member(node: Member, around: Surroundings) -> Type:
    owner = require(node.owner, around, Kind.RECORD)
    found = (owner.fields or {}).get(node.name)
    if found is None:
        raise TypeFault(f"unknown name {node.name}")
    return found


def _unary(node: Unary, around: Surroundings) -> Type:
    return require(node.operand, around, Kind.BOOL if node.sign == "not" else Kind.NUMBER)


def _choice(node: Choice, around: Surroundings) -> Type:
    require(node.condition, around, Kind.BOOL)
    then = infer(node.then, around.knowing(proven(node.condition, True)))
    other = infer(node.other, around.knowing(proven(node.condition, False)))
    return unified(then, other)


def _list(node: ListOf, around: Surroundings) -> Type:
    item: Type | None = None
    for part in node.items:
        found = infer(part, around)
        item = found if item is None else unified(item, found)
    return Type(Kind.LIST, item=item)


def _interval(node: Interval, around: Surroundings) -> Type:
    require(node.low, around, Kind.NUMBER)
    require(node.high, around, Kind.NUMBER)
    return Type(Kind.LIST, item=NUMBER)


def _binary(node: Binary, around: Surroundings) -> Type:
    if node.sign in ("and", "or"):
        require(node.left, around, Kind.BOOL)
        require(node.right, around.knowing(proven(node.left, node.sign == "and")), Kind.BOOL)
        return BOOL
    if node.sign in ("==", "!="):
        return _equality(infer(node.left, around), infer(node.right, around))
    if node.sign in ("in", "not in"):
        return _membership(infer(node.left, around), require(node.right, around, Kind.LIST))
    if node.sign in (">", ">=", "<", "<="):
        return _ordering(node, around)
    return _arithmetic(node, around)


def _equality(left: Type, right: Type) -> Type:
    if Kind.NULL in (left.kind, right.kind):
        return BOOL
    if left.kind in (Kind.LIST, Kind.RECORD, Kind.MOMENT):
        raise TypeFault(f"{left.kind} is never equal in the engine")
    unified(left, right)
    if left.choices is not None and right.choices is not None and not left.choices & right.choices:
        raise TypeFault(f"{_listed(left)} is never one of {_listed(right)}")
    return BOOL


def _membership(left: Type, right: Type) -> Type:
    if right.item is None:
        raise TypeFault("an empty list matches nothing")
    if left.kind is not right.item.kind:
        raise TypeFault(f"{left.kind} in a list of {right.item.kind}")
    if left.choices is not None and right.item.choices is not None and not right.item.choices <= left.choices:
        raise TypeFault(f"not a choice: {', '.join(sorted(right.item.choices - left.choices))}")
    return BOOL


def _ordering(node: Binary, around: Surroundings) -> Type:
    left = infer(node.left, around)
    if left.kind not in (Kind.NUMBER, Kind.MOMENT):
        raise TypeFault(f"{left.kind} cannot be ordered")
    require(node.left, around, left.kind)
    require(node.right, around, left.kind)
    return BOOL


def _arithmetic(node: Binary, around: Surroundings) -> Type:
    left = infer(node.left, around)
    kind = Kind.TEXT if node.sign == "+" and left.kind is Kind.TEXT else Kind.NUMBER
    require(node.left, around, kind)
    require(node.right, around, kind)
    return TEXT if kind is Kind.TEXT else NUMBER


def _listed(found: Type) -> str:
    return ", ".join(sorted(found.choices or ()))


def _call(node: Call, around: Surroundings) -> Type:
    if node.function in CLOSURES:
        return _closure(node, around)
    function = FUNCTIONS.get(node.function)
    if function is None:
        raise TypeFault(f"unknown function {node.function}")
    arguments = [infer(argument, around) for argument in node.arguments]
    if any(argument.is_nullable for argument in arguments):
        raise TypeFault(f"{node.function}: an argument may be null, test it first")
    return function(node.function, arguments)


def _closure(node: Call, around: Surroundings) -> Type:
    if len(node.arguments) != 2:
        raise TypeFault(f"{node.function} takes a list and an expression")
    listed = require(node.arguments[0], around, Kind.LIST)
    if listed.item is None:
        raise TypeFault(f"{node.function}: the list is always empty")
    body = infer(node.arguments[1], replace(around, element=listed.item))
    return CLOSURES[node.function](node.function, listed, body)


_RULES: Mapping[type, Callable[..., Type]] = {
    Literal: _literal,
    Name: _name,
    Element: _element,
    Subject: _subject,
    Member: _member,
    Call: _call,
    Unary: _unary,
    Binary: _binary,
    Choice: _choice,
    ListOf: _list,
    Interval: _interval,
}


def calculates_unsafely(node: Node) -> bool:
    """Whether a condition calculates in a way that may fail in the engine, which then skips the row in
    silence.

    Dividing by a value (zero gives null) and multiplying two values (overflow) belong in an expression
    node, where a failure stops the evaluation.
    """
    if isinstance(node, Binary) and not _is_safe(node):
        return True
    return any(calculates_unsafely(part) for part in children(node))


def _is_safe(node: Binary) -> bool:
    if node.sign in ("/", "%"):
        return isinstance(node.right, Literal) and bool(node.right.value)
    if node.sign == "*":
        return isinstance(node.right, Literal) or isinstance(node.left, Literal)
    return node.sign != "^"
