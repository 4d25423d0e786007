"""Hand a task to another person (转派)."""

from django.utils import timezone

from axle.platform.public import Actor, users_granted
from axle.workflow.domain.tasks import CLAIMED, OPEN
from axle.workflow.errors import TaskAssigneeUnfit, TaskNotFound
from axle.workflow.models import HumanTask
from axle.workflow.permissions import TASK_REASSIGN
from axle.workflow.selectors import tasks_supervised
from axle.workflow.services.person_find import person_find
from axle.workflow.services.step_add import step_add
from axle.workflow.services.task_lock import may_do, task_lock


def task_reassign(*, actor: Actor, task_id: int, user_id: int, reason: str, version: int | None = None) -> HumanTask:
    """Give an active task to a person who may do it; the reason stays in the task's history.

    Errors: TaskNotFound outside of the actor's supervision, TaskAssigneeUnfit, TaskChanged, TaskNotActive.
    """
    task = task_lock(task_id, version=version)
    if not tasks_supervised(actor, TASK_REASSIGN).filter(pk=task.pk).exists():
        raise TaskNotFound()
    assignee = _fit_person(task, user_id)
    task.state, task.assignee_id, task.assignee_name = CLAIMED, user_id, assignee.name
    task.version += 1
    task.save()
    step_add(task, "reassigned", actor=actor, at=timezone.now(), opinion=f"→ {assignee.name} {reason}".strip())
    return task


def task_reassignees(*, actor: Actor, task_id: int) -> list[tuple[int, str]]:
    """Id and name of everybody who may do a task and does not hold it. Errors: TaskNotFound as above."""
    task = tasks_supervised(actor, TASK_REASSIGN).filter(pk=task_id).select_related("process").first()
    if task is None:
        raise TaskNotFound()
    granted = [person for person in users_granted(task.permission) if person[0] != task.assignee_id]
    return [(user_id, name) for user_id, name in granted if _is_fit(task, user_id, person_find(user_id))]


def tasks_hand_back(*, actor: Actor, user_id: int) -> int:
    """Give back everything that a person holds, when they leave; gives the number of tasks."""
    held = HumanTask.objects.filter(assignee_id=user_id, state=CLAIMED).values_list("pk", flat=True)
    for task_id in list(held):
        task = task_lock(task_id, version=None)
        task.state, task.assignee_id, task.assignee_name = OPEN, None, ""
        task.version += 1
        task.save()
        step_add(task, "released", actor=actor, at=timezone.now())
    return len(held)


def _fit_person(task: HumanTask, user_id: int) -> Actor:
    person = person_find(user_id)
    if person is None or not _is_fit(task, user_id, person):
        raise TaskAssigneeUnfit(field="user_id")
    return person


def _is_fit(task: HumanTask, user_id: int, person: Actor | None) -> bool:
    return person is not None and may_do(person, task) and user_id not in task.barred_user_ids
