"""The trace of an evaluation: stored as what each node made, shown as the editor's simulator reads it.

The engine repeats everything that passes through in every node; the stored form keeps each value once and
no timings, so that it is small and a replay gives the same bytes.
"""

from collections.abc import Mapping
from typing import Any

from axle.decisioning.domain.compiler import Compiled
from axle.decisioning.domain.graph import Graph, GraphNode, Switch, Terminal

Trace = dict[str, Any]


def trace_compacted(compiled: Compiled, trace: Mapping[str, Any]) -> Trace:
    """What each visited node made, its order, and which rows or expressions made it."""
    return {node_id: _compacted(compiled, node_id, seen) for node_id, seen in trace.items()}


def _compacted(compiled: Compiled, node_id: str, seen: Mapping[str, Any]) -> Trace:
    output = seen.get("output")
    keys = () if isinstance(compiled.graph.by_id[node_id].content, Terminal) else compiled.made.get(node_id, ())
    made = {key: output.get(key) for key in keys} if isinstance(output, Mapping) else {}
    return {"order": seen.get("order"), "made": made, "data": seen.get("traceData")}


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
