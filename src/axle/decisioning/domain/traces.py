"""What the nodes of a graph made of a case: kept with the decision, and shown as the editor's simulator reads it.

The engine repeats everything that passes through in every node. What is kept is each value once, in form 2: a value by
node and name. Which rows matched, and the order in which nodes ran, come from the engine's trace when it is looked at
again: they follow from version and case, as the values do, by which they are recognised. Form 1 kept them all, under
each node.
"""

import json
import zlib
from collections.abc import Iterable, Mapping
from typing import Any

from axle.decisioning.domain.canonical import canonical_bytes
from axle.decisioning.domain.compiler import Compiled
from axle.decisioning.domain.engine import Answer
from axle.decisioning.domain.graph import Graph, GraphNode, Switch, Terminal

Trace = dict[str, Any]
Made = Mapping[str, Mapping[str, Any]]
_FORM = 2


def nodes_made(compiled: Compiled, answer: Answer) -> Made:
    """What each visited node made, by name; nothing of a node that gave no names."""
    if answer.trace is None:
        return {node_id: _made(keys, answer.result) for node_id, keys in compiled.makers.items()}
    return {node_id: _made(compiled.makers[node_id], seen.get("output")) for node_id, seen in answer.trace.items()}


def _made(keys: Iterable[str], told: Any) -> Trace:
    return {key: told.get(key) for key in keys} if isinstance(told, Mapping) else {}


def trace_packed(made: Made) -> bytes:
    """What nodes made, as a decision record keeps it."""
    return zlib.compress(canonical_bytes({"form": _FORM, "made": made} if made else {}))


def trace_unpacked(packed: bytes) -> tuple[Made, Trace | None]:
    """What nodes made, out of either form, and the trace where the record keeps one."""
    kept: Trace = json.loads(zlib.decompress(packed))
    if kept.get("form") == _FORM:
        return kept["made"], None
    return {node_id: seen["made"] for node_id, seen in kept.items()}, kept


def trace_compacted(compiled: Compiled, answer: Answer) -> Trace:
    """Out of a traced answer: what each visited node made, its order, and which rows or expressions made it."""
    trace = answer.trace or {}
    return {
        node_id: {"order": trace[node_id].get("order"), "made": made, "data": trace[node_id].get("traceData")}
        for node_id, made in nodes_made(compiled, answer).items()
    }


def trace_bare(graph: Graph, made: Made) -> Trace:
    """A trace of what nodes made, where nobody can tell any more which rows made it."""
    visited = (node.id for node in graph.ordered() if node.id in made)
    return {node_id: {"order": order, "made": made[node_id], "data": None} for order, node_id in enumerate(visited)}


def trace_expanded(graph: Graph, stored: Mapping[str, Any], inputs: Mapping[str, Any]) -> Trace:
    """The stored trace with every node's input and output again, in the simulator's form."""
    handed: dict[str, Trace] = {}
    shown: Trace = {}
    for node in graph.ordered():
        if node.id not in stored:
            continue
        sources = [edge.source for edge in graph.incoming[node.id] if edge.source in handed]
        received: Trace = {} if sources else dict(inputs)
        for source in sources:
            received |= handed[source]
        handed[node.id] = _output(node, received, stored[node.id]["made"])
        shown[node.id] = _shown(node, received, handed[node.id], stored[node.id])
    return shown


def _output(node: GraphNode, received: Trace, made: Trace) -> Trace:
    if isinstance(node.content, Terminal | Switch) or node.content.passes_through:
        return received | made
    return made


def _shown(node: GraphNode, received: Trace, output: Trace, seen: Mapping[str, Any]) -> Trace:
    about = {"id": node.id, "name": node.name, "order": seen["order"], "performance": "", "traceData": seen["data"]}
    return {**about, "input": received, "output": output}
