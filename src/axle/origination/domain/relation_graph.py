"""The relations of applications as nodes and edges, for a reader who may look at some of them."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from axle.origination.domain.relations import Related, Ring, Tie
from axle.origination.domain.traits import BOND_OF, Bond, TraitKind


class NodeKind(StrEnum):
    """What a node is: an application, or what applications have in common."""

    APPLICATION = "application"
    PERSON = "person"
    PHONE = "phone"
    CARD = "card"
    ADDRESS = "address"
    EMPLOYER = "employer"
    VEHICLE = "vehicle"
    DEVICE = "device"
    PLACE = "place"
    DEALER = "dealer"
    GUARANTOR = "guarantor"


_NODE_OF: Mapping[Bond, NodeKind] = {bond: NodeKind(bond.value) for bond in Bond}


@dataclass(frozen=True)
class ShownApplication:
    """An application that the reader may look at; ``said`` are its values, masked where they are personal."""

    application_id: int
    application_no: str
    state: str
    name: str
    customer_id: int | None
    dealer_id: int | None
    dealer_name: str
    said: Mapping[UUID, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Node:
    """``applications_hidden`` are those beyond the reader's scope that share the value."""

    key: str
    kind: NodeKind
    label: str
    application: ShownApplication | None = None
    step: int = 0
    is_in_ring: bool = False
    applications_hidden: int = 0


@dataclass(frozen=True)
class Edge:
    """An application, what of it, and to which node."""

    application: str
    node: str
    role: str


@dataclass(frozen=True)
class RelationGraph:
    """Nodes and edges; ``applications_hidden`` counts the applications within two steps that the reader may not see."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    applications_hidden: int


def graph_of(
    related: Related,
    shown: Mapping[int, ShownApplication],
    *,
    hidden: Collection[int],
    ring: Ring,
    key_of: Callable[[UUID], str],
) -> RelationGraph:
    """Draw what the shown applications share: with each other, and how often with hidden ones.

    ``shown`` holds the one that is looked at and begins with the nearest. What only hidden applications share is not
    told at all. ``key_of`` names a value the same way in every drawing, so that the next step is drawn into this one.
    """
    drawing = _Drawing(related, shown, frozenset(hidden))
    for tie in related.ties:
        drawing.tie(tie)
    return drawing.graph(ring, key_of)


class _Drawing:
    def __init__(self, related: Related, shown: Mapping[int, ShownApplication], hidden: frozenset[int]) -> None:
        self._related, self._shown, self._hidden = related, shown, hidden
        self._kinds: dict[UUID, TraitKind] = {}
        self._edges: dict[tuple[int, UUID], TraitKind] = {}
        self._beyond: dict[UUID, set[int]] = defaultdict(set)
        self._near = {tie.other_id for tie in related.near}

    def tie(self, tie: Tie) -> None:
        """Note a value that a shown application shares."""
        if tie.application_id not in self._shown:
            return
        self._kinds.setdefault(tie.value, tie.kind)
        self._edges[tie.application_id, tie.value] = tie.kind
        if tie.other_id in self._shown:
            self._edges[tie.other_id, tie.value] = tie.other_kind
        elif tie.other_id in self._hidden:
            self._beyond[tie.value].add(tie.other_id)

    def graph(self, ring: Ring, key_of: Callable[[UUID], str]) -> RelationGraph:
        applications = [
            Node(
                _key(one.application_id),
                NodeKind.APPLICATION,
                one.application_no,
                one,
                self._step(one),
                _is_of(one, ring),
            )
            for one in self._shown.values()
        ]
        values = {value: key_of(value) for value in self._kinds}
        nodes = [self._value(value, key) for value, key in values.items()]
        edges = [Edge(_key(one), values[value], kind.value) for (one, value), kind in self._edges.items()]
        dealers, sold = _dealers(self._shown.values())
        return RelationGraph((*applications, *nodes, *dealers), (*edges, *sold), len(self._hidden))

    def _value(self, value: UUID, key: str) -> Node:
        roles = {role for (_one, said), role in self._edges.items() if said == value}
        kind = NodeKind.GUARANTOR if TraitKind.GUARANTOR in roles else _NODE_OF[BOND_OF[self._kinds[value]]]
        label = next((one.said[value] for one in self._shown.values() if value in one.said), "")
        return Node(key, kind, label, applications_hidden=len(self._beyond[value]))

    def _step(self, one: ShownApplication) -> int:
        if one.application_id == self._related.application_id:
            return 0
        return 1 if one.application_id in self._near else 2


def _key(application_id: int) -> str:
    return f"a{application_id}"


def _is_of(one: ShownApplication, ring: Ring) -> bool:
    return one.application_id in ring.application_ids


def _dealers(shown: Iterable[ShownApplication]) -> tuple[list[Node], list[Edge]]:
    """Who brought the applications."""
    brought = [one for one in shown if one.dealer_id is not None]
    names = {one.dealer_id: one.dealer_name for one in brought}
    nodes = [Node(f"d{dealer_id}", NodeKind.DEALER, name) for dealer_id, name in names.items()]
    return nodes, [Edge(_key(one.application_id), f"d{one.dealer_id}", NodeKind.DEALER.value) for one in brought]
