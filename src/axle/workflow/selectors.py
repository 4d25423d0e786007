"""Reads of workflow; every one that serves a person takes their actor."""

from typing import TypeVar

from django.db.models import Model, Q, QuerySet

from axle.platform.public import Actor, DataScope, Subject, current_locale
from axle.workflow.domain.tasks import ACTIVE_STATES, CLAIMED, DONE, OPEN
from axle.workflow.models import HumanTask, ProcessDefinition, ProcessInstance, TaskStep
from axle.workflow.permissions import PROCESS_VIEW

Row = TypeVar("Row", bound=Model)


def _in_scope(rows: QuerySet[Row], scope: DataScope, prefix: str = "") -> QuerySet[Row]:
    return scope.filter(
        rows,
        department=f"{prefix}department_id",
        owner=f"{prefix}owner_id",
        channel=f"{prefix}dealer_id",
    )


def definitions() -> QuerySet[ProcessDefinition]:
    """All versions of all definitions; they hold no case data, so no scope applies."""
    return ProcessDefinition.objects.all()


def processes_visible(actor: Actor) -> QuerySet[ProcessInstance]:
    """Processes that the actor may look at."""
    return _in_scope(ProcessInstance.objects.select_related("definition"), actor.scope(PROCESS_VIEW))


def tasks_reachable(actor: Actor) -> QuerySet[HumanTask]:
    """Tasks whose permission the actor has, in the permission's scope, without those four-eyes bars."""
    reachable = HumanTask.objects.none()
    for scope, permissions in _permissions_by_scope(actor).items():
        rows = HumanTask.objects.filter(permission__in=permissions)
        reachable = reachable | _in_scope(rows, scope, "process__")
    return reachable.exclude(barred_user_ids__contains=[actor.user_id or 0])


def inbox(actor: Actor) -> QuerySet[HumanTask]:
    """Active tasks that the actor holds, and open ones that they may claim."""
    mine = HumanTask.objects.filter(assignee_id=actor.user_id, state=CLAIMED)
    return mine | tasks_reachable(actor).filter(state=OPEN)


def tasks_done_by(actor: Actor) -> QuerySet[HumanTask]:
    """Tasks that the actor completed."""
    return HumanTask.objects.filter(assignee_id=actor.user_id, state=DONE)


def tasks_supervised(actor: Actor, permission: str) -> QuerySet[HumanTask]:
    """Active tasks of processes in the scope of a supervising permission."""
    rows = HumanTask.objects.filter(state__in=ACTIVE_STATES)
    return _in_scope(rows, actor.scope(permission), "process__")


def active_tasks_of(subject: Subject) -> QuerySet[HumanTask]:
    """Active tasks about a subject, oldest first. No scope: callers have found the subject in theirs."""
    return HumanTask.objects.filter(_of(subject), state__in=ACTIVE_STATES).order_by("pk")


def steps_of(subject: Subject) -> QuerySet[TaskStep]:
    """Everything that happened to tasks about a subject, oldest first. No scope, as above."""
    rows = TaskStep.objects.filter(_of(subject, "task__")).select_related("task")
    return rows.order_by("at", "pk")


def name_shown(task: HumanTask) -> str:
    """The name of a task's node in the reader's language; the drawing need not have an English one."""
    is_english = current_locale.get() == "en-US"
    return task.name_en if is_english and task.name_en else task.name


def _of(subject: Subject, prefix: str = "") -> Q:
    process = f"{prefix}process__"
    return Q(**{f"{process}subject_type": subject.type, f"{process}subject_id": subject.id})


def _permissions_by_scope(actor: Actor) -> dict[DataScope, list[str]]:
    if actor.kind == "system":
        return {}
    found: dict[DataScope, list[str]] = {}
    for permission, scope in actor.grants.items():
        found.setdefault(scope, []).append(permission)
    return found
