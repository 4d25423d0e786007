"""What must be right before a process definition may be published.

Each rule yields findings whose codes have plain sentences in the locale catalogues. A definition without
findings can neither run code, nor get lost on a flow to nowhere, nor wait for a person nobody is, nor reach
a gateway that has no way out.
"""

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from typing import Any

from axle.workflow.domain.conditions import DataName, condition_compile
from axle.workflow.domain.outline import Flow, Node, Outline, is_duration, outline_read
from axle.workflow.domain.soundness import stuck_markings
from axle.workflow.domain.tasks import ORIGINATOR, TaskAction
from axle.workflow.errors import ConditionInvalid, DefinitionUnreadable

SUPPORTED = frozenset({"startEvent", "endEvent", "userTask", "exclusiveGateway", "parallelGateway", "boundaryEvent"})
"""Kinds of node that a definition may use; everything that runs code or calls out is left out on purpose."""

RESERVED_IDS = frozenset({"Start", "End", "Root"})
"""Ids that the token interpreter uses for itself."""

_IDENTIFIER = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,59}", re.ASCII)
_OUTCOME = re.compile(r"[a-z][a-z_]{0,39}", re.ASCII)
_SLA_MAX_MINUTES = 60 * 24 * 90
_KINDS = frozenset({"number", "text", "boolean"})
_ACTION_LIST = ", ".join(TaskAction)


@dataclass(frozen=True)
class Finding:
    """One fault: ``code`` keys the sentence, ``element`` is the id to highlight, ``params`` fill it in."""

    code: str
    element: str
    params: dict[str, Any] = field(default_factory=dict)


def lint(xml: str, permissions: Collection[str]) -> list[Finding]:
    """All faults of a definition, in file order by rule; empty means that it may be published."""
    try:
        outline = outline_read(xml)
    except DefinitionUnreadable as error:
        return [Finding("definition_unreadable", "", dict(error.params))]
    findings = [finding for rule in _RULES for finding in rule(outline)]
    findings += _unknown_permissions(outline, permissions)
    return findings or list(_stuck(outline))


def _one_process(outline: Outline) -> Iterator[Finding]:
    if len(outline.process_ids) != 1:
        yield Finding("process_not_single", outline.process_id, {"count": len(outline.process_ids)})
    starts = outline.of_kind("startEvent")
    if len(starts) != 1:
        yield Finding("start_not_single", outline.process_id, {"count": len(starts)})
    if not outline.of_kind("endEvent"):
        yield Finding("end_missing", outline.process_id)


def _ids(outline: Outline) -> Iterator[Finding]:
    seen: set[str] = set()
    for node in outline.nodes:
        if node.id in RESERVED_IDS:
            yield Finding("node_id_reserved", node.id, {"id": node.id})
        elif not _IDENTIFIER.fullmatch(node.id):
            yield Finding("node_id_malformed", node.id, {"id": node.id})
        if node.id in seen:
            yield Finding("node_id_twice", node.id, {"id": node.id})
        seen.add(node.id)


def _supported(outline: Outline) -> Iterator[Finding]:
    for node in outline.nodes:
        if node.kind not in SUPPORTED:
            yield Finding("node_kind_not_allowed", node.id, {"name": _label(node), "kind": node.kind})
        elif node.is_repeated:
            yield Finding("node_repetition_not_allowed", node.id, {"name": _label(node)})
        elif node.has_other_trigger or (node.timer is not None and node.kind != "boundaryEvent"):
            yield Finding("event_trigger_not_allowed", node.id, {"name": _label(node)})


def _declared_data(outline: Outline) -> Iterator[Finding]:
    for name in outline.data:
        if not _IDENTIFIER.fullmatch(name.name) or name.kind not in _KINDS:
            params = {"name": name.name, "kind": name.kind}
            yield Finding("data_declaration_malformed", outline.process_id, params)


def _user_tasks(outline: Outline) -> Iterator[Finding]:
    for node in outline.of_kind("userTask"):
        if not node.permission:
            yield Finding("task_without_permission", node.id, {"name": _label(node)})
        if not node.sla_minutes.isdecimal() or not 0 < int(node.sla_minutes) <= _SLA_MAX_MINUTES:
            yield Finding("task_without_sla", node.id, {"name": _label(node)})
        if not node.actions or set(node.actions) - set(TaskAction):
            yield Finding("task_actions_wrong", node.id, {"name": _label(node), "allowed": _ACTION_LIST})
        if node.assign_to not in ("", ORIGINATOR):
            yield Finding("task_assignment_unknown", node.id, {"name": _label(node), "value": node.assign_to})


def _four_eyes(outline: Outline) -> Iterator[Finding]:
    tasks = {node.id for node in outline.of_kind("userTask")} | {ORIGINATOR}
    for node in outline.nodes:
        for other in node.not_by:
            if other not in tasks or other == node.id:
                yield Finding("task_four_eyes_unknown", node.id, {"name": _label(node), "value": other})


def _ends(outline: Outline) -> Iterator[Finding]:
    for node in outline.of_kind("endEvent"):
        if not _OUTCOME.fullmatch(node.outcome):
            yield Finding("end_without_outcome", node.id, {"name": _label(node)})


def _timers(outline: Outline) -> Iterator[Finding]:
    for node in outline.of_kind("boundaryEvent"):
        if not is_duration(node.timer or ""):
            yield Finding("timer_malformed", node.id, {"name": _label(node), "value": node.timer or ""})
        if node.attached_to not in {task.id for task in outline.of_kind("userTask")}:
            yield Finding("timer_not_attached", node.id, {"name": _label(node)})


def _flow_ends(outline: Outline) -> Iterator[Finding]:
    ids = {node.id for node in outline.nodes}
    for flow in outline.flows:
        for side, node_id in (("flow_from_nowhere", flow.source), ("flow_to_nowhere", flow.target)):
            if node_id not in ids:
                yield Finding(side, flow.id, {"id": flow.id, "other": _other_end(outline, flow, side)})


def _dangling_nodes(outline: Outline) -> Iterator[Finding]:
    for node in outline.nodes:
        if node.kind not in ("startEvent", "boundaryEvent") and not outline.flows_into(node.id):
            yield Finding("node_never_reached", node.id, {"name": _label(node)})
        if node.kind != "endEvent" and not outline.flows_from(node.id):
            yield Finding("node_leads_nowhere", node.id, {"name": _label(node)})
        if "Gateway" not in node.kind and len(outline.flows_from(node.id)) > 1:
            yield Finding("node_splits_without_gateway", node.id, {"name": _label(node)})


def _gateways(outline: Outline) -> Iterator[Finding]:
    names = outline.names()
    for node in outline.of_kind("exclusiveGateway"):
        flows = outline.flows_from(node.id)
        if len(flows) > 1:
            yield from _choice(node, flows, names)
    choices = {node.id for node in outline.of_kind("exclusiveGateway")}
    for flow in outline.flows:
        if flow.condition is not None and flow.source not in choices:
            yield Finding("condition_without_gateway", flow.id, {"id": flow.id})


def _choice(node: Node, flows: list[Flow], names: dict[str, DataName]) -> Iterator[Finding]:
    if node.default_flow not in {flow.id for flow in flows}:
        yield Finding("gateway_without_default", node.id, {"name": _label(node)})
    for flow in flows:
        if flow.id == node.default_flow:
            if flow.condition:
                yield Finding("default_flow_with_condition", flow.id, {"name": _label(node)})
        elif not flow.condition:
            params = {"name": _label(node), "flow": _flow_label(flow)}
            yield Finding("gateway_flow_without_condition", flow.id, params)
        else:
            yield from _condition(node, flow, names)


def _condition(node: Node, flow: Flow, names: dict[str, DataName]) -> Iterator[Finding]:
    try:
        condition_compile(flow.condition or "", names)
    except ConditionInvalid as error:
        params = {"name": _label(node), "flow": _flow_label(flow), **error.params}
        yield Finding(f"condition_{error.params['reason']}", flow.id, params)


def _unknown_permissions(outline: Outline, permissions: Collection[str]) -> Iterator[Finding]:
    for node in outline.of_kind("userTask"):
        if node.permission and node.permission not in permissions:
            params = {"name": _label(node), "value": node.permission}
            yield Finding("task_permission_unknown", node.id, params)


def _stuck(outline: Outline) -> Iterator[Finding]:
    for fault in stuck_markings(outline):
        node = outline.node(fault.node_id)
        yield Finding(fault.code, node.id, {"name": _label(node)})


def _label(node: Node) -> str:
    return node.name or node.id


def _flow_label(flow: Flow) -> str:
    return flow.name or flow.id


def _other_end(outline: Outline, flow: Flow, side: str) -> str:
    known = flow.target if side == "flow_from_nowhere" else flow.source
    return next((_label(node) for node in outline.nodes if node.id == known), known)


_RULES: tuple[Callable[[Outline], Iterator[Finding]], ...] = (
    _one_process,
    _ids,
    _supported,
    _declared_data,
    _user_tasks,
    _four_eyes,
    _ends,
    _timers,
    _flow_ends,
    _dangling_nodes,
    _gateways,
)
