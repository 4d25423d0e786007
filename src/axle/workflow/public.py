"""What other contexts call: start and stop processes, act on tasks, read what happened."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from axle.platform.public import Actor, Subject
from axle.workflow import selectors
from axle.workflow.domain.tasks import CLAIMED, OPEN
from axle.workflow.models import HumanTask, ProcessInstance, TaskStep
from axle.workflow.services.definition_save import definition_install as _definition_install
from axle.workflow.services.process_cancel import process_cancel as _process_cancel
from axle.workflow.services.process_start import Originator
from axle.workflow.services.process_start import process_start as _process_start
from axle.workflow.services.task_claim import task_claim as _task_claim
from axle.workflow.services.task_complete import task_complete as _task_complete
from axle.workflow.services.task_lock import may_do
from axle.workflow.services.task_reassign import tasks_hand_back

__all__ = [
    "ActionableTask",
    "InboxTask",
    "Originator",
    "ProcessView",
    "TaskView",
    "TimelineItem",
    "definition_install",
    "inbox_count",
    "inbox_tasks",
    "open_tasks",
    "process_cancel",
    "process_of",
    "process_start",
    "task_claim",
    "task_complete",
    "tasks_actionable",
    "tasks_hand_back",
    "timeline",
]


@dataclass(frozen=True)
class TaskView:
    """A task; ``actions`` are those that its node offers, ``version`` goes back with an act."""

    task_id: int
    process_id: int
    subject: Subject
    node: str
    name: str
    state: str
    permission: str
    assignee_id: int | None
    assignee_name: str
    actions: tuple[str, ...]
    opened_at: datetime
    due_at: datetime
    is_overdue: bool
    version: int


@dataclass(frozen=True)
class ProcessView:
    """A process with its state (running, completed, cancelled) and, when completed, its outcome."""

    process_id: int
    subject: Subject
    definition: str
    version: int
    state: str
    outcome: str


@dataclass(frozen=True)
class TimelineItem:
    """One step of one task: opened, claimed, released, reassigned, completed or cancelled."""

    at: datetime
    actor_name: str
    role: str
    node: str
    name: str
    step: str
    action: str
    opinion: str
    documents: tuple[str, ...]


@dataclass(frozen=True)
class ActionableTask:
    """A task that an actor can act on: claim it, or complete it because they hold it."""

    task: TaskView
    may_claim: bool
    may_complete: bool


def definition_install(*, actor: Actor, xml: str) -> str:
    """Publish a BPMN file unless exactly it is published; gives the code. Errors: DefinitionFaulty."""
    return _definition_install(actor=actor, xml=xml).code


def process_start(
    *,
    actor: Actor,
    definition: str,
    subject: Subject,
    title: str,
    data: Mapping[str, Any],
    legal_entity_id: int,
    department_id: int,
    owner_id: int | None = None,
    dealer_id: int | None = None,
    originator: Originator | None = None,
) -> ProcessView:
    """Start a process about a subject; the actor is its originator unless another is named.

    Errors: those of ``services.process_start``.
    """
    return _process_view(
        _process_start(
            actor=actor,
            definition=definition,
            subject=subject,
            title=title,
            data=data,
            legal_entity_id=legal_entity_id,
            department_id=department_id,
            owner_id=owner_id,
            dealer_id=dealer_id,
            originator=originator,
        )
    )


def process_cancel(*, actor: Actor, process_id: int) -> ProcessView:
    """Stop a process without an outcome. Errors: ProcessNotFound, ProcessNotRunning."""
    return _process_view(_process_cancel(actor=actor, process_id=process_id))


def process_of(subject: Subject) -> ProcessView | None:
    """The latest process about a subject."""
    rows = ProcessInstance.objects.filter(subject_type=subject.type, subject_id=subject.id)
    latest = rows.select_related("definition").order_by("-pk").first()
    return _process_view(latest) if latest else None


def task_claim(*, actor: Actor, task_id: int, version: int | None = None) -> TaskView:
    """Take an open task; see ``services.task_claim`` for its errors."""
    return _task_view(_task_claim(actor=actor, task_id=task_id, version=version))


def task_complete(
    *,
    actor: Actor,
    task_id: int,
    action: str,
    opinion: str = "",
    documents: Sequence[str] = (),
    data: Mapping[str, Any] | None = None,
    version: int | None = None,
) -> TaskView:
    """Complete a task that the actor holds; see ``services.task_complete`` for its errors."""
    return _task_view(
        _task_complete(
            actor=actor,
            task_id=task_id,
            action=action,
            opinion=opinion,
            documents=documents,
            data=data,
            version=version,
        )
    )


def open_tasks(subject: Subject) -> list[TaskView]:
    """Active tasks about a subject, oldest first."""
    return [_task_view(task) for task in selectors.active_tasks_of(subject).select_related("process")]


def tasks_actionable(actor: Actor, subject: Subject) -> list[ActionableTask]:
    """Of the active tasks about a subject, those that the actor can claim or complete now."""
    rows = selectors.active_tasks_of(subject).select_related("process")
    found = [_actionable(actor, task) for task in rows]
    return [task for task in found if task.may_claim or task.may_complete]


def timeline(subject: Subject) -> list[TimelineItem]:
    """Everything that people did to tasks about a subject, oldest first."""
    return [_timeline_item(step) for step in selectors.steps_of(subject)]


def _actionable(actor: Actor, task: HumanTask) -> ActionableTask:
    is_fit = may_do(actor, task) and actor.user_id not in task.barred_user_ids
    return ActionableTask(
        task=_task_view(task),
        may_claim=is_fit and task.state == OPEN,
        may_complete=is_fit and task.state == CLAIMED and task.assignee_id == actor.user_id,
    )


def _process_view(process: ProcessInstance) -> ProcessView:
    return ProcessView(
        process_id=process.pk,
        subject=Subject(process.subject_type, process.subject_id),
        definition=process.definition_code,
        version=process.definition.version,
        state=process.state,
        outcome=process.outcome,
    )


def _task_view(task: HumanTask) -> TaskView:
    return TaskView(
        task_id=task.pk,
        process_id=task.process_id,
        subject=Subject(task.process.subject_type, task.process.subject_id),
        node=task.node,
        name=selectors.name_shown(task),
        state=task.state,
        permission=task.permission,
        assignee_id=task.assignee_id,
        assignee_name=task.assignee_name,
        actions=tuple(task.actions),
        opened_at=task.opened_at,
        due_at=task.due_at,
        is_overdue=task.ended_at is None and task.due_at < timezone.now(),
        version=task.version,
    )


def _timeline_item(step: TaskStep) -> TimelineItem:
    return TimelineItem(
        at=step.at,
        actor_name=step.actor_name,
        role=step.role,
        node=step.task.node,
        name=selectors.name_shown(step.task),
        step=step.step,
        action=step.action,
        opinion=step.opinion,
        documents=tuple(step.documents),
    )


@dataclass(frozen=True)
class InboxTask:
    """A task that waits for a person."""

    task_id: int
    title: str
    node: str
    due_at: datetime
    is_late: bool
    subject: Subject


def inbox_count(actor: Actor) -> int:
    """How many tasks an actor holds or may claim."""
    return selectors.inbox(actor).count()


def inbox_tasks(actor: Actor, *, limit: int = 20) -> tuple[InboxTask, ...]:
    """The tasks that an actor holds or may claim, the most urgent first."""
    now = timezone.now()
    rows = selectors.inbox(actor).select_related("process").order_by("due_at", "pk")[:limit]
    return tuple(
        InboxTask(
            task.pk,
            task.process.title,
            task.node,
            task.due_at,
            task.due_at < now,
            Subject(task.process.subject_type, task.process.subject_id),
        )
        for task in rows
    )
