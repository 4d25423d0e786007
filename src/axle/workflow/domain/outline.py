"""What Axle reads out of a BPMN 2.0 file: nodes, flows, declared data, and our ``axle:`` attributes.

Reading keeps faults (a flow to nowhere, a task without permission): ``linting`` reports them. Extension
attributes live in namespace ``urn:axle:bpmn``, which bpmn-js carries along unchanged:

========================  ==================================================================================
``bpmn:userTask``         ``axle:permission`` who may do it · ``axle:slaMinutes`` · ``axle:actions`` (blank
                          separated) · ``axle:notBy`` node ids or ``originator``, whose doers may not do this
                          one · ``axle:assignTo="originator"`` · ``axle:nameEn``
``bpmn:endEvent``         ``axle:outcome`` the word with which the process ends
``axle:data``             in the process's ``extensionElements``: ``name``, ``kind`` (number, text, boolean),
                          ``values`` (blank separated) — what the starter hands over and conditions may read
========================  ==================================================================================
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from lxml import etree

from axle.workflow.domain.conditions import DataName
from axle.workflow.errors import DefinitionUnreadable

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
AXLE = "urn:axle:bpmn"
MAX_BYTES = 512 * 1024
"""Size of a definition file; the largest drawn by hand are a tenth of this."""

_DURATION = re.compile(r"P(?!$)(\d{1,4}D)?(T(?=\d)(\d{1,4}H)?(\d{1,4}M)?)?", re.ASCII)

_FLOW_NODES = frozenset(
    {
        "startEvent", "endEvent", "userTask", "exclusiveGateway", "parallelGateway", "boundaryEvent",
        "scriptTask", "serviceTask", "businessRuleTask", "sendTask", "receiveTask", "manualTask", "task",
        "subProcess", "adHocSubProcess", "transaction", "callActivity", "inclusiveGateway", "complexGateway",
        "eventBasedGateway", "intermediateCatchEvent", "intermediateThrowEvent",
    }
)  # fmt: skip


@dataclass(frozen=True)
class Flow:
    """A sequence flow; ``condition`` is its text, None when it has none."""

    id: str
    name: str
    source: str
    target: str
    condition: str | None


@dataclass(frozen=True)
class Node:
    """A flow node as drawn; attributes are as written, so they may be missing or wrong."""

    id: str
    kind: str
    name: str
    name_en: str
    default_flow: str | None
    permission: str
    sla_minutes: str
    actions: tuple[str, ...]
    not_by: tuple[str, ...]
    assign_to: str
    outcome: str
    attached_to: str | None
    timer: str | None
    has_other_trigger: bool
    is_terminating: bool
    is_repeated: bool


@dataclass(frozen=True)
class Outline:
    """One process: its nodes and flows in file order, and the data names that it declares."""

    process_id: str
    process_ids: tuple[str, ...]
    name: str
    nodes: tuple[Node, ...]
    flows: tuple[Flow, ...]
    data: tuple[DataName, ...]

    def node(self, node_id: str) -> Node:
        """The node with this id. Errors: KeyError."""
        for node in self.nodes:
            if node.id == node_id:
                return node
        raise KeyError(node_id)

    def of_kind(self, *kinds: str) -> list[Node]:
        """Nodes of these BPMN kinds."""
        return [node for node in self.nodes if node.kind in kinds]

    def flows_from(self, node_id: str) -> list[Flow]:
        """Flows that leave a node."""
        return [flow for flow in self.flows if flow.source == node_id]

    def flows_into(self, node_id: str) -> list[Flow]:
        """Flows that enter a node."""
        return [flow for flow in self.flows if flow.target == node_id]

    def names(self) -> dict[str, DataName]:
        """All names a condition may read: declared data and ``<task>_action`` of every user task."""
        actions = [DataName(action_name(node.id), "text", node.actions) for node in self.of_kind("userTask")]
        return {name.name: name for name in (*self.data, *actions)}


def action_name(node_id: str) -> str:
    """The data name that holds how a user task was completed last."""
    return f"{node_id}_action"


def is_duration(text: str) -> bool:
    """Whether the text is an ISO 8601 duration of days, hours and minutes, such as ``P7D`` or ``PT90M``."""
    return _DURATION.fullmatch(text) is not None


def tree_parse(xml: str) -> etree._Element:
    """Parse XML without entities, network or document type. Errors: DefinitionUnreadable."""
    content = xml.encode("utf-8", "surrogatepass")
    if len(content) > MAX_BYTES:
        raise DefinitionUnreadable(reason="too_large")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise DefinitionUnreadable(reason="not_xml") from error
    if root.getroottree().docinfo.doctype:
        raise DefinitionUnreadable(reason="has_doctype")
    return root


@lru_cache(maxsize=32)
def outline_read(xml: str) -> Outline:
    """Read the first process of a BPMN file; a definition is read once for many cases. Errors: DefinitionUnreadable."""
    root = tree_parse(xml)
    processes = root.findall(f"{{{BPMN}}}process")
    if root.tag != f"{{{BPMN}}}definitions" or not processes:
        raise DefinitionUnreadable(reason="no_process")
    process = processes[0]
    return Outline(
        process_id=process.get("id", ""),
        process_ids=tuple(element.get("id", "") for element in processes),
        name=process.get("name", ""),
        nodes=tuple(_nodes(process)),
        flows=tuple(_flow(element) for element in process.iter(f"{{{BPMN}}}sequenceFlow")),
        data=tuple(_data(element) for element in process.iter(f"{{{AXLE}}}data")),
    )


def _nodes(process: etree._Element) -> Iterator[Node]:
    for element in process.iter(f"{{{BPMN}}}*"):
        kind = etree.QName(element).localname
        if kind in _FLOW_NODES:
            yield _node(element, kind)


def _node(element: etree._Element, kind: str) -> Node:
    return Node(
        id=element.get("id", ""),
        kind=kind,
        name=element.get("name", ""),
        name_en=_ours(element, "nameEn"),
        default_flow=element.get("default"),
        permission=_ours(element, "permission"),
        sla_minutes=_ours(element, "slaMinutes"),
        actions=tuple(_ours(element, "actions").split()),
        not_by=tuple(_ours(element, "notBy").split()),
        assign_to=_ours(element, "assignTo"),
        outcome=_ours(element, "outcome"),
        attached_to=element.get("attachedToRef"),
        timer=_timer(element),
        has_other_trigger=_has_other_trigger(element),
        is_terminating=element.find(f"{{{BPMN}}}terminateEventDefinition") is not None,
        is_repeated=any(str(child.tag).endswith("LoopCharacteristics") for child in element),
    )


def _ours(element: etree._Element, name: str) -> str:
    return str(element.get(f"{{{AXLE}}}{name}", "")).strip()


def _timer(element: etree._Element) -> str | None:
    duration = element.find(f"{{{BPMN}}}timerEventDefinition/{{{BPMN}}}timeDuration")
    return None if duration is None else (duration.text or "").strip()


def _has_other_trigger(element: etree._Element) -> bool:
    known = {f"{{{BPMN}}}timerEventDefinition", f"{{{BPMN}}}terminateEventDefinition"}
    return any(str(child.tag).endswith("EventDefinition") and child.tag not in known for child in element)


def _flow(element: etree._Element) -> Flow:
    condition = element.find(f"{{{BPMN}}}conditionExpression")
    return Flow(
        id=element.get("id", ""),
        name=element.get("name", ""),
        source=element.get("sourceRef", ""),
        target=element.get("targetRef", ""),
        condition=None if condition is None else (condition.text or "").strip(),
    )


def _data(element: etree._Element) -> DataName:
    kind: Any = element.get("kind", "")  # a wrong one is reported by linting
    return DataName(
        name=element.get("name", ""),
        kind=kind,
        values=tuple(element.get("values", "").split()),
    )
