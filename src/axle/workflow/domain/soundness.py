"""Whether a drawn process can always reach an end: tokens are played through every combination of choices.

A parallel join that waits for a branch which an exclusive gateway did not open would wait for ever; a flow
that two tokens can enter would run its tasks twice. Both are found by walking all markings (the sets of
flows that hold a token), which for processes drawn by hand are a few hundred.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from axle.workflow.domain.outline import Node, Outline

Marking = frozenset[str]
"""Ids of the flows that hold a token."""

MAX_MARKINGS = 20_000


@dataclass(frozen=True)
class Fault:
    """``code`` names the fault, ``node_id`` where it shows."""

    code: str
    node_id: str


class _TwoTokens(Exception):
    def __init__(self, node_id: str) -> None:
        super().__init__(node_id)
        self.node_id = node_id


def stuck_markings(outline: Outline) -> list[Fault]:
    """Faults found by playing tokens; each node once. Expects an outline without other findings."""
    start = outline.of_kind("startEvent")[0]
    waiting = [frozenset(flow.id for flow in outline.flows_from(start.id))]
    seen: set[Marking] = set(waiting)
    faults: dict[Fault, None] = {}
    while waiting:
        marking = waiting.pop()
        try:
            following = set(_moves(outline, marking))
        except _TwoTokens as two:
            faults[Fault("flow_runs_twice", two.node_id)] = None
            continue
        if marking and not following:
            faults.update(dict.fromkeys(_starving_joins(outline, marking)))
        waiting += following - seen
        seen |= following
        if len(seen) > MAX_MARKINGS:
            return [Fault("process_too_branched", start.id)]
    return list(faults)


def _moves(outline: Outline, marking: Marking) -> Iterator[Marking]:
    for node in outline.nodes:
        entering = [flow.id for flow in outline.flows_into(node.id)]
        held = [flow for flow in entering if flow in marking]
        if node.kind == "parallelGateway":
            if entering and len(held) == len(entering):
                yield _put(node, marking - set(entering), [flow.id for flow in outline.flows_from(node.id)])
        else:
            for flow in held:
                yield from _pass(outline, node, marking - {flow})


def _pass(outline: Outline, node: Node, rest: Marking) -> Iterator[Marking]:
    if node.kind == "endEvent":
        yield frozenset() if node.is_terminating else rest
    for choice in outline.flows_from(node.id):
        yield _put(node, rest, [choice.id])
    for timer in outline.of_kind("boundaryEvent"):
        if timer.attached_to == node.id:
            yield _put(timer, rest, [flow.id for flow in outline.flows_from(timer.id)])


def _put(node: Node, rest: Marking, flows: list[str]) -> Marking:
    if rest & set(flows):
        raise _TwoTokens(node.id)
    return rest | set(flows)


def _starving_joins(outline: Outline, marking: Marking) -> list[Fault]:
    return [
        Fault("join_waits_for_ever", node.id)
        for node in outline.of_kind("parallelGateway")
        if any(flow.id in marking for flow in outline.flows_into(node.id))
    ]
