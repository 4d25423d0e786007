"""What every step of a process does afterwards: store tokens, open and cancel tasks, end, tell.

Callers hold the lock on the process row.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.utils import timezone

from axle.platform.public import Actor, Subject, created, publish, track
from axle.workflow.domain.engine import OpenNode, Run
from axle.workflow.domain.outline import Node, outline_read
from axle.workflow.domain.tasks import ACTIVE_STATES, CANCELLED, CLAIMED, COMPLETED, DONE, OPEN, ORIGINATOR
from axle.workflow.events import ProcessCompleted, TaskOpened
from axle.workflow.models import HumanTask, ProcessInstance
from axle.workflow.services.person_find import person_find
from axle.workflow.services.step_add import step_add

Tasks = Sequence[HumanTask]
"""Tasks of a process that are done, in their order."""


def subject_of(process: ProcessInstance) -> Subject:
    """What the process is about."""
    return Subject(process.subject_type, process.subject_id)


def process_advance(process: ProcessInstance, run: Run, *, actor: Actor, told: Sequence[object] = ()) -> None:
    """Make rows agree with the tokens of ``run``, then tell ``told`` and what else happened."""
    now = timezone.now()
    waiting = {node.token: node for node in run.open_nodes()}
    before = list(process.tasks.filter(state__in=[*ACTIVE_STATES, DONE]).order_by("pk"))
    active = {task.token: task for task in before if task.state in ACTIVE_STATES}
    done = [task for task in before if task.state == DONE]
    _store(process, run, now)
    for token, task in active.items():
        if token not in waiting:
            _cancel(task, actor, now)
        else:
            _bar(task, process, done)
    fresh = [node for token, node in waiting.items() if token not in active]
    opened = _open_all(process, fresh, done, actor, now)
    for event in [*told, *(_opened(process, task) for task in opened), *_ended(process)]:
        publish(event)


def tasks_cancel(process: ProcessInstance, *, actor: Actor, at: datetime) -> None:
    """Cancel all active tasks of a process."""
    for task in process.tasks.filter(state__in=ACTIVE_STATES):
        _cancel(task, actor, at)


def _store(process: ProcessInstance, run: Run, now: datetime) -> None:
    track(process)
    process.engine_state = run.save()
    process.next_timer_at = run.next_timer_at
    end = run.ended_at
    if end is not None:
        process.state, process.ended_at = COMPLETED, now
        process.outcome = outline_read(process.definition.xml).node(end).outcome
    process.save()


def _open_all(
    process: ProcessInstance, fresh: Sequence[OpenNode], done: Tasks, actor: Actor, now: datetime
) -> list[HumanTask]:
    if not fresh:
        return []
    outline = outline_read(process.definition.xml)
    return [_open(process, outline.node(waiting.node_id), waiting.token, done, actor, now) for waiting in fresh]


def _open(process: ProcessInstance, node: Node, token: str, done: Tasks, actor: Actor, now: datetime) -> HumanTask:
    barred = _barred(process, node.not_by, done)
    assignee = _assignee(process, node, barred, done)
    task = HumanTask.objects.create(
        process=process,
        token=token,
        node=node.id,
        name=node.name or node.id,
        name_en=node.name_en,
        permission=node.permission,
        actions=list(node.actions),
        not_by=list(node.not_by),
        barred_user_ids=barred,
        state=CLAIMED if assignee else OPEN,
        assignee_id=assignee.user_id if assignee else None,
        assignee_name=assignee.name if assignee else "",
        opened_at=now,
        due_at=now + timedelta(minutes=int(node.sla_minutes)),
    )
    step_add(created(task), "opened", actor=actor, at=now)
    return task


def _cancel(task: HumanTask, actor: Actor, now: datetime) -> None:
    track(task)
    task.state, task.ended_at, task.version = CANCELLED, now, task.version + 1
    task.save()
    step_add(task, "cancelled", actor=actor, at=now)


def _bar(task: HumanTask, process: ProcessInstance, done: Tasks) -> None:
    barred = _barred(process, task.not_by, done)
    if barred != task.barred_user_ids:
        task.barred_user_ids = barred
        task.save(update_fields=["barred_user_ids"])


def _barred(process: ProcessInstance, not_by: Sequence[str], done: Tasks) -> list[int]:
    users = {task.assignee_id for task in done if task.node in not_by and task.assignee_id}
    if ORIGINATOR in not_by and process.started_by_id:
        users.add(process.started_by_id)
    return sorted(users)


def _assignee(process: ProcessInstance, node: Node, barred: Sequence[int], done: Tasks) -> Actor | None:
    """Who did this node before in the same process, else the originator where the node says so."""
    user_id = next((task.assignee_id for task in reversed(done) if task.node == node.id), None)
    if user_id is None and node.assign_to == ORIGINATOR:
        user_id = process.started_by_id
    if user_id is None or user_id in barred:
        return None
    return person_find(user_id)


def _ended(process: ProcessInstance) -> list[ProcessCompleted]:
    if process.state != COMPLETED:
        return []
    return [ProcessCompleted(process.pk, subject_of(process), process.definition_code, process.outcome)]


def _opened(process: ProcessInstance, task: HumanTask) -> TaskOpened:
    return TaskOpened(
        task_id=task.pk,
        process_id=process.pk,
        subject=subject_of(process),
        node=task.node,
        permission=task.permission,
        assignee_id=task.assignee_id,
        due_at=task.due_at,
    )
