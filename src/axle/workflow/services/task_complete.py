"""Complete a task: the one way in which people move a process."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils import timezone

from axle.platform.public import Actor, track
from axle.workflow.domain.conditions import value_check
from axle.workflow.domain.engine import Run
from axle.workflow.domain.outline import Outline, action_name, outline_read
from axle.workflow.domain.tasks import DONE, completion_check, holding_check
from axle.workflow.errors import ProcessDataUnknown
from axle.workflow.events import TaskCompleted
from axle.workflow.models import HumanTask, ProcessInstance
from axle.workflow.services.process_advance import process_advance, subject_of
from axle.workflow.services.step_add import step_add
from axle.workflow.services.task_lock import doer_check, task_lock


def task_complete(
    *,
    actor: Actor,
    task_id: int,
    action: str,
    opinion: str = "",
    documents: Sequence[str] = (),
    data: Mapping[str, Any] | None = None,
    version: int | None = None,
) -> HumanTask:
    """Complete a task that the actor holds, and advance its process.

    ``documents`` names the kinds asked for; ``data`` replaces declared values of the process.
    Errors: TaskNotFound, TaskNotMine, TaskNotActive, TaskChanged, TaskForbiddenByFourEyes,
    TaskActionNotAllowed, TaskOpinionMissing, TaskDocumentsMissing, ProcessDataUnknown, ProcessDataMistyped,
    ConditionValueMissing, and whatever a handler of TaskCompleted refuses.
    """
    task = task_lock(task_id, version=version)
    doer_check(actor, task)
    holding_check(state=task.state, assignee_id=task.assignee_id, user_id=actor.user_id)
    completion_check(action=action, allowed=task.actions, opinion=opinion, documents=documents)
    process = track(task.process)
    outline = outline_read(process.definition.xml)
    run = Run.load(bytes(process.engine_state))
    process.data = _new_data(process, outline, data or {}) | {action_name(task.node): action}
    run.complete(task.token, outline.names(), process.data)
    _end(task, action=action, opinion=opinion.strip(), documents=documents)
    step_add(
        task, "completed", actor=actor, at=task.ended_at or timezone.now(),
        action=action, opinion=task.opinion, documents=documents,
    )  # fmt: skip
    process_advance(process, run, actor=actor, told=[_completed(task, process, actor)])
    return task


def _end(task: HumanTask, *, action: str, opinion: str, documents: Sequence[str]) -> None:
    task.state, task.action, task.opinion, task.documents = DONE, action, opinion, list(documents)
    task.ended_at = timezone.now()
    task.version += 1
    task.save()


def _new_data(process: ProcessInstance, outline: Outline, data: Mapping[str, Any]) -> dict[str, Any]:
    declared = {name.name: name for name in outline.data}
    for name, value in data.items():
        if name not in declared:
            raise ProcessDataUnknown(name=name)
        value_check(declared[name], value)
    return {**process.data, **data}


def _completed(task: HumanTask, process: ProcessInstance, actor: Actor) -> TaskCompleted:
    return TaskCompleted(
        task_id=task.pk,
        process_id=process.pk,
        subject=subject_of(process),
        node=task.node,
        action=task.action,
        opinion=task.opinion,
        documents=tuple(task.documents),
        user_id=actor.user_id,
    )
