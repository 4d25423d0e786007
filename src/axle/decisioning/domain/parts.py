"""Sub-decisions: graphs inside a version (``parts``), put in the place of the nodes that call them.

A part reads and makes the same names as if its nodes were drawn where it is called, so that it is typed, covered by
golden cases and traced like everything else. Whoever compiles, evaluates or shows a graph sees it so.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from axle.decisioning.domain.graph import INPUT, MAX_NODES, OUTPUT, GraphRefused

PART = "decisionNode"
Json: TypeAlias = Mapping[str, Any]


@dataclass(frozen=True)
class _Drawn:
    """Nodes and arrows."""

    nodes: Sequence[Json]
    edges: Sequence[Json]


def graph_inlined(data: Any) -> Any:
    """A graph with its sub-decisions in their places; one without any as it is. Errors: GraphRefused."""
    if not isinstance(data, Mapping) or not any(_is_call(node) for node in data.get("nodes") or ()):
        return data
    parts = data.get("parts")
    drawn = _whole(data, parts if isinstance(parts, Mapping) else {}, ())
    return {**{key: value for key, value in data.items() if key != "parts"}, "nodes": drawn.nodes, "edges": drawn.edges}


def _is_call(node: Any) -> bool:
    return isinstance(node, Mapping) and node.get("type") == PART


def _whole(data: Any, parts: Json, inside: tuple[str, ...]) -> _Drawn:
    drawn = _read(data)
    for call in [node for node in drawn.nodes if _is_call(node)]:
        key = str((call.get("content") or {}).get("key") or "")
        if key in inside:
            raise GraphRefused(f"the sub-decision {key} calls itself")
        if key not in parts:
            raise GraphRefused(f"there is no sub-decision {key}")
        drawn = _placed(drawn, call, _whole(parts[key], parts, (*inside, key)))
        if len(drawn.nodes) > MAX_NODES:
            raise GraphRefused(f"more than {MAX_NODES} nodes")
    return drawn


def _read(data: Any) -> _Drawn:
    nodes, edges = (data.get("nodes"), data.get("edges", [])) if isinstance(data, Mapping) else (None, None)
    if not isinstance(nodes, list) or not isinstance(edges, list):
        raise GraphRefused("not a graph")
    if not all(isinstance(one, Mapping) for one in [*nodes, *edges]):
        raise GraphRefused("not a graph")
    return _Drawn(nodes, edges)


def _placed(around: _Drawn, call: Json, part: _Drawn) -> _Drawn:
    """The drawing with a part in the place of its call: what led to the call leads to the part's first nodes, and what
    led to the part's response leads on from the call."""
    ends = [[node.get("id") for node in part.nodes if node.get("type") == kind] for kind in (INPUT, OUTPUT)]
    if [len(found) for found in ends] != [1, 1]:
        raise GraphRefused(f"{call.get('name')}: exactly one request and one response node are needed")
    (request,), (response,) = ends
    own = call.get("id")
    entering = [edge for edge in around.edges if edge.get("targetId") == own]
    leaving = [edge for edge in around.edges if edge.get("sourceId") == own]
    if not entering or not leaving:
        raise GraphRefused(f"{call.get('name')} leads nowhere" if entering else f"nothing leads to {call.get('name')}")
    edges = [edge for edge in around.edges if own not in (edge.get("targetId"), edge.get("sourceId"))]
    for edge in part.edges:
        starts = (
            entering if edge.get("sourceId") == request else [{**edge, "sourceId": _id(call, edge.get("sourceId"))}]
        )
        targets = (
            [one.get("targetId") for one in leaving]
            if edge.get("targetId") == response
            else [_id(call, edge.get("targetId"))]
        )
        edges += [_edge(start, target) for start in starts for target in targets]
    nodes = [
        {**node, "id": _id(call, node.get("id")), "name": f"{call.get('name')} · {node.get('name')}"}
        for node in part.nodes
        if node.get("id") not in (request, response)
    ]
    return _Drawn([*(node for node in around.nodes if node is not call), *nodes], edges)


def _id(call: Json, node_id: Any) -> str:
    return f"{call.get('id')}/{node_id}"


def _edge(start: Json, target: Any) -> Json:
    source, handle = start.get("sourceId"), start.get("sourceHandle")
    arrow = {"id": f"{source}>{target}{handle or ''}", "type": "edge", "sourceId": source, "targetId": target}
    return arrow | ({"sourceHandle": handle} if handle else {})
