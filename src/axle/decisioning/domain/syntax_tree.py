"""The syntax tree of the expression language: one class per form, and what a tree reads."""

from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias


@dataclass(frozen=True)
class Literal:
    value: Decimal | str | bool | None


@dataclass(frozen=True)
class Name:
    name: str


@dataclass(frozen=True)
class Element:
    """``#``: the item of the list that a closure runs over."""


@dataclass(frozen=True)
class Subject:
    """``$``: the column's value in a condition cell."""


@dataclass(frozen=True)
class Member:
    owner: "Node"
    name: str


@dataclass(frozen=True)
class Call:
    function: str
    arguments: tuple["Node", ...]


@dataclass(frozen=True)
class Unary:
    sign: str
    operand: "Node"


@dataclass(frozen=True)
class Binary:
    sign: str
    left: "Node"
    right: "Node"


@dataclass(frozen=True)
class Choice:
    condition: "Node"
    then: "Node"
    other: "Node"


@dataclass(frozen=True)
class ListOf:
    items: tuple["Node", ...]


@dataclass(frozen=True)
class Interval:
    low: "Node"
    high: "Node"


Node: TypeAlias = Literal | Name | Element | Subject | Member | Call | Unary | Binary | Choice | ListOf | Interval


def children(node: Node) -> tuple[Node, ...]:
    """The direct parts of a node."""
    match node:
        case Member(owner, _):
            return (owner,)
        case Call(_, arguments):
            return arguments
        case Unary(_, operand):
            return (operand,)
        case Binary(_, left, right):
            return (left, right)
        case Choice(condition, then, other):
            return (condition, then, other)
        case ListOf(items):
            return items
        case Interval(low, high):
            return (low, high)
    return ()


def names_in(node: Node) -> frozenset[str]:
    """The root names that an expression reads."""
    own = frozenset([node.name]) if isinstance(node, Name) else frozenset[str]()
    return own.union(*(names_in(part) for part in children(node)))
