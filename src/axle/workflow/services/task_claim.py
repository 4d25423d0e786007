"""Take a task, or give it back."""

from django.utils import timezone

from axle.platform.public import Actor
from axle.workflow.domain.tasks import CLAIMED, OPEN, claim_check, holding_check
from axle.workflow.models import HumanTask
from axle.workflow.services.step_add import step_add
from axle.workflow.services.task_lock import doer_check, task_lock


def task_claim(*, actor: Actor, task_id: int, version: int | None = None) -> HumanTask:
    """Take an open task. Errors: TaskNotFound, TaskNotClaimable, TaskForbiddenByFourEyes, TaskChanged."""
    task = task_lock(task_id, version=version)
    doer_check(actor, task)
    claim_check(task.state)
    task.state, task.assignee_id, task.assignee_name = CLAIMED, actor.user_id, actor.name
    task.version += 1
    task.save()
    step_add(task, "claimed", actor=actor, at=timezone.now())
    return task


def task_release(*, actor: Actor, task_id: int, version: int | None = None) -> HumanTask:
    """Give a task back to all who may do it. Errors: TaskNotFound, TaskNotMine, TaskChanged."""
    task = task_lock(task_id, version=version)
    holding_check(state=task.state, assignee_id=task.assignee_id, user_id=actor.user_id)
    task.state, task.assignee_id, task.assignee_name = OPEN, None, ""
    task.version += 1
    task.save()
    step_add(task, "released", actor=actor, at=timezone.now())
    return task
