"""Find and lock the task that a person acts on: its process first, then the row."""

from axle.platform.public import Actor, track
from axle.workflow.domain.tasks import ACTIVE_STATES
from axle.workflow.errors import TaskChanged, TaskForbiddenByFourEyes, TaskNotActive, TaskNotFound
from axle.workflow.models import HumanTask, ProcessInstance


def task_lock(task_id: int, *, version: int | None) -> HumanTask:
    """The active task, locked together with its process.

    ``version`` is the one that the person saw; None skips the comparison (calls from inside the system).
    Errors: TaskNotFound, TaskNotActive, TaskChanged.
    """
    process_id = HumanTask.objects.filter(pk=task_id).values_list("process_id", flat=True).first()
    if process_id is None:
        raise TaskNotFound()
    process = ProcessInstance.objects.select_for_update(of=("self",)).select_related("definition").get(pk=process_id)
    task = track(HumanTask.objects.select_for_update().get(pk=task_id))
    task.process = process
    if task.state not in ACTIVE_STATES:
        raise TaskNotActive(state=task.state)
    if version is not None and version != task.version:
        raise TaskChanged()
    return task


def may_do(actor: Actor, task: HumanTask) -> bool:
    """Whether the actor has the node's permission in a scope that covers the case."""
    process = task.process
    return actor.may(task.permission) and actor.scope(task.permission).covers(
        department=process.department_id, owner=process.owner_id, channel=process.dealer_id
    )


def doer_check(actor: Actor, task: HumanTask) -> None:
    """Errors: TaskNotFound when the case is none of the actor's, TaskForbiddenByFourEyes."""
    if not may_do(actor, task):
        raise TaskNotFound()
    if actor.user_id in task.barred_user_ids:
        raise TaskForbiddenByFourEyes(name=task.name)
