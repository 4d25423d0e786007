"""Processes and timelines."""

from datetime import datetime

from pydantic import BaseModel

from axle.platform.errors import NotFound
from axle.platform.http import ActorName
from axle.platform.public import Actor, Subject
from axle.workflow import permissions as may
from axle.workflow import selectors
from axle.workflow.domain.tasks import ProcessState
from axle.workflow.errors import ProcessNotFound
from axle.workflow.http.base import api
from axle.workflow.public import TimelineItem, open_tasks, timeline


class TimelineItemOut(BaseModel):
    """One step of one task."""

    at: datetime
    actor_name: ActorName
    role: str
    node: str
    name: str
    state: str
    action: str
    opinion: str
    documents: list[str]


class TimelineOut(BaseModel):
    """Everything that people did to tasks about a subject, oldest first."""

    items: list[TimelineItemOut]


class ProcessOut(BaseModel):
    """A process with its diagram and the nodes where it waits."""

    process_id: int
    title: str
    definition_id: int
    definition_name: str
    version: int
    state: ProcessState
    outcome: str
    started_by_name: ActorName
    started_at: datetime
    ended_at: datetime | None
    waiting_nodes: list[str]
    xml: str
    items: list[TimelineItemOut]


@api.query("process_get", "/processes/{process_id}", permission=may.PROCESS_VIEW)
def process_get(actor: Actor, process_id: int) -> ProcessOut:
    """A process: where it waits and what happened in it."""
    process = selectors.processes_visible(actor).filter(pk=process_id).first()
    if process is None:
        raise ProcessNotFound()
    subject = Subject(process.subject_type, process.subject_id)
    return ProcessOut(
        process_id=process.pk,
        title=process.title,
        definition_id=process.definition_id,
        definition_name=process.definition.name,
        version=process.definition.version,
        state=ProcessState(process.state),
        outcome=process.outcome,
        started_by_name=process.started_by_name,
        started_at=process.started_at,
        ended_at=process.ended_at,
        waiting_nodes=[task.node for task in open_tasks(subject) if task.process_id == process.pk],
        xml=process.definition.xml,
        items=[_item_out(item) for item in timeline(subject)],
    )


@api.query("timeline", "/timeline", permission=may.PROCESS_VIEW)
def timeline_get(actor: Actor, subject: str) -> TimelineOut:
    """The timeline of ``application:12`` or another subject with a process in sight."""
    kind, _colon, number = subject.partition(":")
    if not number.isascii() or not number.isdigit() or len(number) > 18:
        raise NotFound(what="subject")
    found = Subject(kind, int(number))
    if not selectors.processes_visible(actor).filter(subject_type=kind, subject_id=found.id).exists():
        return TimelineOut(items=[])
    return TimelineOut(items=[_item_out(item) for item in timeline(found)])


def _item_out(item: TimelineItem) -> TimelineItemOut:
    return TimelineItemOut(
        at=item.at,
        actor_name=item.actor_name,
        role=item.role,
        node=item.node,
        name=item.name,
        state=item.step,
        action=item.action,
        opinion=item.opinion,
        documents=list(item.documents),
    )
