"""The relations of applications and customers over HTTP."""

from typing import Annotated

from ninja import Query
from pydantic import BaseModel

from axle.origination import permissions as may
from axle.origination.domain.lifecycle import ApplicationState
from axle.origination.domain.relation_graph import Edge, Node, NodeKind
from axle.origination.domain.traits import Bond
from axle.origination.http.application_detail import application_visible
from axle.origination.http.base import api
from axle.origination.models import Application
from axle.origination.selectors import applications_related
from axle.origination.services.relation_graph_draw import relations_draw, relations_step
from axle.platform.errors import NotFound
from axle.platform.public import Actor


class RelationNodeOut(BaseModel):
    """A node: an application that the reader may look at, or a value that it shares, personal ones masked.

    ``applications_hidden`` is how many applications beyond the reader's scope share the value.
    """

    key: str
    node_kind: NodeKind
    label: str
    step: int
    is_in_ring: bool
    applications_hidden: int
    application_id: int | None
    application_state: ApplicationState | None
    applicant_name: str


class RelationEdgeOut(BaseModel):
    """What a value is of an application."""

    application: str
    node: str
    trait_role: str


class RelationGraphOut(BaseModel):
    """The relations of an application to two steps. Counts tell of all applications, also of those that the reader may
    not look at; ``ring_people`` is zero when it belongs to no ring."""

    application_id: int
    application_no: str
    nodes: list[RelationNodeOut]
    edges: list[RelationEdgeOut]
    applications_hidden: int
    applications_not_drawn: int
    people_near: int
    borrowers_near: int
    defaulters_near: int
    ring_people: int
    ring_applications: int
    ring_bonds: list[Bond]


class RelationStepOut(BaseModel):
    """A page of what an application shares directly, with keys as in every other drawing; ``step`` counts from it.
    ``next_offset`` is null where no more come."""

    application_id: int
    nodes: list[RelationNodeOut]
    edges: list[RelationEdgeOut]
    applications_hidden: int
    next_offset: int | None


@api.query("application_relations", "/applications/{application_id}/relations", permission=may.RELATION_VIEW)
def application_relations(actor: Actor, application_id: int) -> RelationGraphOut:
    """Whom and what an application is related with. Errors: NotFound."""
    return _graph(actor, application_visible(actor, application_id))


@api.query("application_relations_step", "/applications/{application_id}/relations/step", permission=may.RELATION_VIEW)
def application_relations_step(
    actor: Actor,
    application_id: int,
    value_key: Annotated[str, Query(max_length=17)] = "",
    offset: Annotated[int, Query(ge=0, le=10_000)] = 0,
) -> RelationStepOut:
    """One step further from an application of a drawing, or from one value of it: what is drawn into it next.

    Errors: NotFound.
    """
    application = applications_related(actor).filter(pk=application_id).first()
    if application is None:
        raise NotFound(what="application")
    found = relations_step(actor, application, value_key=value_key, offset=offset)
    return RelationStepOut(
        application_id=application_id,
        nodes=[_node(node) for node in found.graph.nodes],
        edges=[_edge(edge) for edge in found.graph.edges],
        applications_hidden=found.graph.applications_hidden,
        next_offset=found.next_offset,
    )


@api.query("customer_relations", "/customers/{customer_id}/relations", permission=may.RELATION_VIEW)
def customer_relations(actor: Actor, customer_id: int) -> RelationGraphOut:
    """The relations of a customer's latest application that the reader may look at. Errors: NotFound."""
    submitted = applications_related(actor).filter(customer_id=customer_id, submitted_at__isnull=False)
    latest = submitted.order_by("-submitted_at", "-pk").first()
    if latest is None:
        raise NotFound(what="application")
    return _graph(actor, latest)


def _graph(actor: Actor, application: Application) -> RelationGraphOut:
    found = relations_draw(actor, application)
    return RelationGraphOut(
        application_id=application.pk,
        application_no=application.application_no,
        nodes=[_node(node) for node in found.graph.nodes],
        edges=[_edge(edge) for edge in found.graph.edges],
        applications_hidden=found.graph.applications_hidden,
        applications_not_drawn=found.not_drawn,
        people_near=found.people,
        borrowers_near=found.borrowers,
        defaulters_near=found.defaulters,
        ring_people=found.ring.people,
        ring_applications=len(found.ring.application_ids),
        ring_bonds=sorted(found.ring.bonds),
    )


def _node(node: Node) -> RelationNodeOut:
    one = node.application
    return RelationNodeOut(
        key=node.key,
        node_kind=node.kind,
        label=node.label,
        step=node.step,
        is_in_ring=node.is_in_ring,
        applications_hidden=node.applications_hidden,
        application_id=one.application_id if one else None,
        application_state=ApplicationState(one.state) if one else None,
        applicant_name=one.name if one else "",
    )


def _edge(edge: Edge) -> RelationEdgeOut:
    return RelationEdgeOut(application=edge.application, node=edge.node, trait_role=edge.role)
