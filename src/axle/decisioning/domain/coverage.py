"""Rows that no case can reach, or that an earlier row takes all cases of: warnings of publishing.

A condition is read as far as it is a conjunction of plain comparisons with numbers, choices and policy values (as
the golden cases are told with them); what it says beside that is left aside, so that a warning is never wrong for what
it did not read.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

from axle.decisioning.domain.findings import Finding
from axle.decisioning.domain.graph import Column, Graph, GraphNode, Table
from axle.decisioning.domain.syntax import SyntaxFault, parse_condition, parse_expression
from axle.decisioning.domain.syntax_tree import Binary, ListOf, Literal, Member, Name, Node, Subject

Known: TypeAlias = Mapping[str, Decimal]
_TURNED = {">": "<", "<": ">", ">=": "<=", "<=": ">=", "==": "=="}


@dataclass(frozen=True)
class Range:
    """Numbers between two ends; an end that is open is not itself inside."""

    low: Decimal | None = None
    low_is_open: bool = False
    high: Decimal | None = None
    high_is_open: bool = False

    @property
    def is_empty(self) -> bool:
        if self.low is None or self.high is None:
            return False
        return self.low > self.high or (self.low == self.high and (self.low_is_open or self.high_is_open))

    def within(self, other: "Range") -> "Range":
        """What lies in both."""
        low, low_is_open = max(
            [(self.low, self.low_is_open), (other.low, other.low_is_open)],
            key=lambda end: (end[0] is not None, end[0] or Decimal(0), end[1]),
        )
        high, high_is_open = min(
            [(self.high, self.high_is_open), (other.high, other.high_is_open)],
            key=lambda end: (end[0] is None, end[0] or Decimal(0), not end[1]),
        )
        return Range(low, low_is_open, high, high_is_open)


@dataclass(frozen=True)
class Claims:
    """What a condition asks of names; ``is_whole`` when it asks for nothing else."""

    ranges: Mapping[str, Range]
    choices: Mapping[str, frozenset[object]]
    is_whole: bool = True

    def both(self, other: "Claims") -> "Claims":
        ranges = dict(self.ranges)
        for name, one in other.ranges.items():
            ranges[name] = ranges[name].within(one) if name in ranges else one
        choices = dict(self.choices)
        for name, listed in other.choices.items():
            choices[name] = choices[name] & listed if name in choices else listed
        return Claims(ranges, choices, self.is_whole and other.is_whole)

    @property
    def is_impossible(self) -> bool:
        return any(one.is_empty for one in self.ranges.values()) or any(not listed for listed in self.choices.values())

    def covers(self, other: "Claims") -> bool:
        """Whether every case of another condition fulfils this one."""
        if not self.is_whole:
            return False
        ranges = all(
            name in other.ranges and other.ranges[name].within(one) == other.ranges[name]
            for name, one in self.ranges.items()
        )
        return ranges and all(
            name in other.choices and other.choices[name] <= listed for name, listed in self.choices.items()
        )


_NOTHING = Claims({}, {})
_UNREAD = Claims({}, {}, is_whole=False)


def coverage_warnings(graph: Graph, policy: Mapping[str, object]) -> tuple[Finding, ...]:
    """Rows that cannot be reached, rows that an earlier one shadows, and rows that say the same twice."""
    known = {
        name: Decimal(str(value))
        for name, value in policy.items()
        if not isinstance(value, bool) and isinstance(value, int | str)
    }
    return tuple(
        finding
        for node in graph.nodes
        if isinstance(node.content, Table)
        for finding in _table(node, node.content, known)
    )


def _table(node: GraphNode, table: Table, known: Known) -> Iterator[Finding]:
    read: list[Claims] = []
    texts: dict[tuple[str, ...], int] = {}
    for number, row in enumerate(table.rules, start=1):
        claims = _row(table, row, known)
        text = tuple(row.get(column.id, "").strip() for column in table.inputs)
        if claims.is_impossible:
            yield Finding("row_impossible", node.name, "its conditions exclude each other", number)
        elif table.hit_policy == "first":
            earlier = next((place for place, one in enumerate(read, start=1) if one.covers(claims)), None)
            if earlier is not None and number < len(table.rules):
                yield Finding("row_shadowed", node.name, str(earlier), number)
        elif any(text) and text in texts:
            yield Finding("row_repeated", node.name, str(texts[text]), number)
        texts.setdefault(text, number)
        read.append(claims)


def _row(table: Table, row: Mapping[str, str], known: Known) -> Claims:
    claims = _NOTHING
    for column in table.inputs:
        text = row.get(column.id, "").strip()
        if text:
            claims = claims.both(_cell(column, text, known))
    return claims


def _cell(column: Column, text: str, known: Known) -> Claims:
    try:
        tree = parse_condition(text) if column.field else parse_expression(text)
    except SyntaxFault:
        return _UNREAD
    return _claims(tree, column.field, known)


def _claims(node: Node, subject: str, known: Known) -> Claims:
    match node:
        case Binary("and", left, right):
            return _claims(left, subject, known).both(_claims(right, subject, known))
        case Binary("!=", _, Literal(None)):
            return _NOTHING
        case Binary("in", left, ListOf(items)):
            name = _named(left, subject)
            values = [item.value for item in items if isinstance(item, Literal)]
            if name and len(values) == len(items):
                return Claims({}, {name: frozenset(values)})
        case Binary(sign, left, right) if sign in _TURNED:
            return _compared(sign, left, right, subject, known)
    return _UNREAD


def _compared(sign: str, left: Node, right: Node, subject: str, known: Known) -> Claims:
    if isinstance(left, Literal):
        sign, left, right = _TURNED[sign], right, left
    name = _named(left, subject)
    if not name:
        return _UNREAD
    if sign == "==" and isinstance(right, Literal) and not isinstance(right.value, Decimal):
        return Claims({}, {name: frozenset([right.value])})
    number = _number(right, known)
    if number is None:
        return _UNREAD
    return Claims({name: _range(sign, number)}, {})


def _range(sign: str, number: Decimal) -> Range:
    match sign:
        case ">" | ">=":
            return Range(low=number, low_is_open=sign == ">")
        case "<" | "<=":
            return Range(high=number, high_is_open=sign == "<")
    return Range(low=number, high=number)


def _number(node: Node, known: Known) -> Decimal | None:
    match node:
        case Literal(Decimal() as value):
            return value
        case Member(Name("policy"), name):
            return known.get(name)
    return None


def _named(node: Node, subject: str) -> str:
    match node:
        case Name(name):
            return name
        case Subject():
            return subject
    return ""
