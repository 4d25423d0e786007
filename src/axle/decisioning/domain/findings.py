"""What the compiler found wrong with a strategy, and where."""

from dataclasses import dataclass, field

import zen

from axle.decisioning.domain.flow_types import Kind, Type, TypeFault
from axle.decisioning.domain.inference import Surroundings, calculates_unsafely, infer
from axle.decisioning.domain.syntax import SyntaxFault, parse_condition, parse_expression
from axle.decisioning.domain.syntax_tree import Node


@dataclass(frozen=True)
class Finding:
    """One fault: its kind, the node, the row (from 1) and column of a table, and what was met."""

    code: str
    node: str
    detail: str
    row: int = 0
    column: str = ""


@dataclass(frozen=True)
class Place:
    """Where the compiler is looking."""

    node: str
    row: int = 0
    column: str = ""


@dataclass
class Findings:
    """Collects findings while a graph is walked."""

    found: list[Finding] = field(default_factory=list)

    def add(self, code: str, place: Place, detail: str) -> None:
        self.found.append(Finding(code, place.node, detail, place.row, place.column))

    def expression(self, text: str, around: Surroundings, place: Place) -> Type | None:
        """The type of an expression, or None after noting why it cannot be published."""
        tree = self._tree(text, place, is_cell=False)
        return None if tree is None else self._type(tree, around, place)

    def condition(self, text: str, around: Surroundings, place: Place) -> None:
        """Note why a condition cannot be published; with a subject in ``around`` it is a column's cell."""
        tree = self._tree(text, place, is_cell=around.subject is not None)
        found = None if tree is None else self._type(tree, around, place)
        if found and (found.kind is not Kind.BOOL or found.is_nullable):
            self.add("cell_wrong_type", place, f"a condition is {found}")
        if tree is not None and calculates_unsafely(tree):
            self.add("condition_calculates", place, "move the calculation into an expression node")

    def _tree(self, text: str, place: Place, *, is_cell: bool) -> Node | None:
        try:
            tree = parse_condition(text) if is_cell else parse_expression(text)
            (zen.compile_unary_expression if is_cell else zen.compile_expression)(text)
        except SyntaxFault as fault:
            self.add("cell_unreadable", place, str(fault))
        except RuntimeError as error:
            self.add("cell_not_compiled", place, str(error).split("\n", 1)[0])
        else:
            return tree
        return None

    def _type(self, tree: Node, around: Surroundings, place: Place) -> Type | None:
        try:
            return infer(tree, around)
        except TypeFault as fault:
            self.add("cell_wrong_type", place, str(fault))
            return None
