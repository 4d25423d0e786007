"""A decision graph in GoRules JDM form: reading, normalising, and the order in which its nodes run."""

from collections import defaultdict
from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

MAX_NODES = 200
MAX_ROWS = 5000
INPUT, OUTPUT = "inputNode", "outputNode"
TABLE, EXPRESSIONS, SWITCH = "decisionTableNode", "expressionNode", "switchNode"

Key = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,59}$")]
Id = Annotated[str, Field(min_length=1, max_length=80)]


class GraphRefused(Exception):
    """The graph cannot be read; the message says why."""


class _Part(BaseModel):
    """A part of a graph; what the editor adds for itself (positions, notes) is ignored."""

    model_config = ConfigDict(frozen=True, extra="ignore", populate_by_name=True)


class Column(_Part):
    """A column of a decision table; a condition column without ``field`` holds whole conditions."""

    id: Id
    name: str = ""
    field: str = ""


class Table(_Part):
    """A decision table. ``first`` takes the first matching row, ``collect`` lists all of them."""

    hit_policy: Literal["first", "collect"] = Field("first", alias="hitPolicy")
    inputs: tuple[Column, ...]
    outputs: tuple[Column, ...] = Field(min_length=1)
    rules: tuple[Mapping[str, str], ...] = Field(min_length=1, max_length=MAX_ROWS)
    passes_through: bool = Field(False, alias="passThrough")
    output_path: Key | Literal[""] = Field("", alias="outputPath")
    input_field: Literal[""] = Field("", alias="inputField")
    execution_mode: Literal["single"] = Field("single", alias="executionMode")


class NamedExpression(_Part):
    """One ``key = value`` line of an expression node."""

    id: str = ""
    key: Key
    value: str


class Expressions(_Part):
    """An expression node: lines computed in order; a later line reads an earlier one as ``$.key``."""

    expressions: tuple[NamedExpression, ...] = Field(min_length=1, max_length=MAX_ROWS)
    passes_through: bool = Field(False, alias="passThrough")
    output_path: Literal[""] = Field("", alias="outputPath")
    input_field: Literal[""] = Field("", alias="inputField")
    execution_mode: Literal["single"] = Field("single", alias="executionMode")


class Statement(_Part):
    """One way out of a switch."""

    id: Id
    condition: str = ""
    is_default: bool = Field(False, alias="isDefault")


class Switch(_Part):
    """A switch node: the first statement that holds, else the default."""

    hit_policy: Literal["first"] = Field("first", alias="hitPolicy")
    statements: tuple[Statement, ...] = Field(min_length=1)


class Terminal(_Part):
    """The content of the request and response nodes: nothing that we use."""


class GraphNode(_Part):
    """A node and its content, read by its type."""

    id: Id
    type: str
    name: Annotated[str, Field(min_length=1, max_length=80)]
    content: Table | Expressions | Switch | Terminal


class Edge(_Part):
    """An arrow; ``handle`` names the switch statement that it leaves from."""

    source: Id = Field(alias="sourceId")
    target: Id = Field(alias="targetId")
    handle: str = Field("", alias="sourceHandle")


class Graph(_Part):
    """Nodes and arrows of one strategy."""

    nodes: tuple[GraphNode, ...] = Field(min_length=2, max_length=MAX_NODES)
    edges: tuple[Edge, ...]

    @cached_property
    def by_id(self) -> Mapping[str, GraphNode]:
        return {node.id: node for node in self.nodes}

    @cached_property
    def incoming(self) -> Mapping[str, list[Edge]]:
        arrows: defaultdict[str, list[Edge]] = defaultdict(list)
        for edge in self.edges:
            arrows[edge.target].append(edge)
        return arrows

    def ordered(self) -> list[GraphNode]:
        """Nodes so that each follows all it reads from. Errors: GraphRefused for a circle."""
        waiting = {node.id: {edge.source for edge in self.incoming[node.id]} for node in self.nodes}
        order: list[GraphNode] = []
        while waiting:
            ready = [node_id for node_id, sources in waiting.items() if not sources & waiting.keys()]
            if not ready:
                raise GraphRefused("the arrows form a circle")
            order.extend(self.by_id[node_id] for node_id in ready)
            waiting = {node_id: sources for node_id, sources in waiting.items() if node_id not in ready}
        return order


_CONTENTS: Mapping[str, type[Table | Expressions | Switch | Terminal]] = {
    INPUT: Terminal,
    OUTPUT: Terminal,
    TABLE: Table,
    EXPRESSIONS: Expressions,
    SWITCH: Switch,
}


def graph_normalise(value: Any) -> Any:
    """A saved graph without its nulls: the editor writes ``_description: null``, which the engine refuses.

    Errors: GraphRefused when it nests too deep.
    """
    try:
        return _without_nulls(value)
    except RecursionError:
        raise GraphRefused("nested too deep") from None


def _without_nulls(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(key): _without_nulls(part) for key, part in value.items() if part is not None}
    if isinstance(value, list):
        return [_without_nulls(part) for part in value if part is not None]
    return value


def graph_parse(data: Any) -> Graph:
    """Read a normalised graph. Errors: GraphRefused with the first fault in words."""
    if not isinstance(data, Mapping):
        raise GraphRefused("not a graph")
    nodes = data.get("nodes")
    try:
        parsed = [_node(node) for node in nodes] if isinstance(nodes, list) else []
        graph = Graph(nodes=tuple(parsed), edges=data.get("edges", ()))
    except ValidationError as error:
        first = error.errors()[0]
        raise GraphRefused(f"{'.'.join(map(str, first['loc']))}: {first['msg']}") from error
    _shape_check(graph)
    return graph


def _node(data: Any) -> GraphNode:
    kind = data.get("type") if isinstance(data, Mapping) else None
    if not isinstance(kind, str) or kind not in _CONTENTS:
        raise GraphRefused(f"nodes of type {kind} cannot be published")
    content = _CONTENTS[kind].model_validate(data.get("content") or {})
    return GraphNode(id=data.get("id", ""), type=kind, name=data.get("name", ""), content=content)


def _shape_check(graph: Graph) -> None:
    for values in ([node.id for node in graph.nodes], [node.name for node in graph.nodes]):
        if len(set(values)) != len(values):
            raise GraphRefused("two nodes have the same id or name")
    for kind in (INPUT, OUTPUT):
        if sum(node.type == kind for node in graph.nodes) != 1:
            raise GraphRefused("exactly one request and one response node are needed")
    for edge in graph.edges:
        _edge_check(graph, edge)
    for node in graph.nodes:
        _ends_check(graph, node)


def _edge_check(graph: Graph, edge: Edge) -> None:
    source, target = graph.by_id.get(edge.source), graph.by_id.get(edge.target)
    if source is None or target is None or target.type == INPUT or source.type == OUTPUT:
        raise GraphRefused("an arrow leads to or from nowhere")
    if isinstance(source.content, Switch) and edge.handle not in {way.id for way in source.content.statements}:
        raise GraphRefused(f"an arrow from {source.name} leaves from no statement")


def _ends_check(graph: Graph, node: GraphNode) -> None:
    """A node that leads nowhere would be skipped without a word, so it is refused."""
    leaving = {edge.handle for edge in graph.edges if edge.source == node.id}
    if node.type != INPUT and not graph.incoming[node.id]:
        raise GraphRefused(f"nothing leads to {node.name}")
    if node.type != OUTPUT and not leaving:
        raise GraphRefused(f"{node.name} leads nowhere")
    if isinstance(node.content, Switch) and leaving != {way.id for way in node.content.statements}:
        raise GraphRefused(f"a way out of {node.name} leads nowhere")
