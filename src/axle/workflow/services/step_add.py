"""Append one step to a task's history."""

from collections.abc import Sequence
from datetime import datetime

from axle.platform.public import Actor
from axle.workflow.models import HumanTask, TaskStep


def step_add(
    task: HumanTask,
    step: str,
    *,
    actor: Actor,
    at: datetime,
    action: str = "",
    opinion: str = "",
    documents: Sequence[str] = (),
) -> TaskStep:
    """Keep who did what to the task; steps are never changed."""
    return TaskStep.objects.create(
        task=task,
        at=at,
        step=step,
        actor_name=actor.name,
        role=",".join(actor.roles)[:40],
        action=action,
        opinion=opinion,
        documents=list(documents),
    )
