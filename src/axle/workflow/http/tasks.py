"""Acting on tasks."""

from pydantic import BaseModel, Field

from axle.platform.public import Actor, Ctx, Input
from axle.workflow import permissions as may
from axle.workflow.domain.tasks import TaskAction, TaskState
from axle.workflow.http.base import api
from axle.workflow.models import HumanTask
from axle.workflow.services.task_claim import task_claim, task_release
from axle.workflow.services.task_complete import task_complete
from axle.workflow.services.task_reassign import task_reassign, task_reassignees


class TaskIn(Input):
    """A task as the person saw it."""

    task_id: int
    version: int


class TaskCompleteIn(TaskIn):
    """What the person decides. ``documents`` names the kinds asked for."""

    action: TaskAction
    opinion: str = Field("", max_length=2000)
    documents: list[str] = Field([], max_length=20)


class TaskReassignIn(TaskIn):
    """The person who shall do it, and why."""

    user_id: int
    reason: str = Field(min_length=1, max_length=500)


class TaskOut(BaseModel):
    """A task after an act."""

    task_id: int
    process_id: int
    node: str
    state: TaskState
    assignee_name: str
    version: int


@api.command("task_claim", permission=may.TASK_WORK, subject="task")
def task_claim_command(ctx: Ctx, data: TaskIn) -> TaskOut:
    """Take an open task."""
    return _task_out(task_claim(actor=ctx.actor, task_id=data.task_id, version=data.version))


@api.command("task_release", permission=may.TASK_WORK, subject="task")
def task_release_command(ctx: Ctx, data: TaskIn) -> TaskOut:
    """Give a task back."""
    return _task_out(task_release(actor=ctx.actor, task_id=data.task_id, version=data.version))


@api.command("task_complete", permission=may.TASK_WORK, subject="task")
def task_complete_command(ctx: Ctx, data: TaskCompleteIn) -> TaskOut:
    """Complete a task that one holds."""
    task = task_complete(
        actor=ctx.actor,
        task_id=data.task_id,
        action=data.action,
        opinion=data.opinion,
        documents=data.documents,
        version=data.version,
    )
    return _task_out(task)


@api.command("task_reassign", permission=may.TASK_REASSIGN, subject="task")
def task_reassign_command(ctx: Ctx, data: TaskReassignIn) -> TaskOut:
    """Hand a task to another person."""
    task = task_reassign(
        actor=ctx.actor, task_id=data.task_id, user_id=data.user_id, reason=data.reason, version=data.version
    )
    return _task_out(task)


def _task_out(task: HumanTask) -> TaskOut:
    return TaskOut(
        task_id=task.pk,
        process_id=task.process_id,
        node=task.node,
        state=TaskState(task.state),
        assignee_name=task.assignee_name,
        version=task.version,
    )


class TaskWorkerOut(BaseModel):
    """A person who may do a task."""

    id: int
    name: str


@api.query("task_workers", "/tasks/{task_id}/workers", permission=may.TASK_REASSIGN)
def task_workers(actor: Actor, task_id: int) -> list[TaskWorkerOut]:
    """The people whom this task may be handed to. Errors: TaskNotFound outside of the actor's supervision."""
    return [TaskWorkerOut(id=pk, name=name) for pk, name in task_reassignees(actor=actor, task_id=task_id)]
