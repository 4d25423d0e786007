"""The life of a human task and what completing it asks for.

open → claimed → done; an open or claimed task is cancelled when the process leaves its node another way.
"""

from collections.abc import Sequence
from enum import StrEnum

from axle.workflow.errors import (
    TaskActionNotAllowed,
    TaskDocumentsMissing,
    TaskNotActive,
    TaskNotClaimable,
    TaskNotMine,
    TaskOpinionMissing,
)


class TaskState(StrEnum):
    """The life of a human task."""

    OPEN = "open"
    CLAIMED = "claimed"
    DONE = "done"
    CANCELLED = "cancelled"


class TaskAction(StrEnum):
    """What a person may decide at a node; each node offers some of these."""

    APPROVE = "approve"
    RETURN = "return"
    ASK_FOR_DOCUMENTS = "ask_for_documents"
    DECLINE = "decline"
    SUBMIT = "submit"


class ProcessState(StrEnum):
    """The life of a process."""

    RUNNING = "running"
    COMPLETED = "completed"
    CANCELLED = "cancelled"


OPEN, CLAIMED, DONE, CANCELLED = TaskState
ACTIVE_STATES = (OPEN, CLAIMED)
APPROVE, RETURN, ASK_FOR_DOCUMENTS, DECLINE, SUBMIT = TaskAction
RUNNING, COMPLETED, STOPPED = ProcessState

NEEDS_OPINION = frozenset({RETURN, ASK_FOR_DOCUMENTS, DECLINE})

ORIGINATOR = "originator"
"""In ``axle:notBy`` and ``axle:assignTo``: the person who started the process."""


def claim_check(state: str) -> None:
    """Errors: TaskNotClaimable."""
    if state != OPEN:
        raise TaskNotClaimable(state=state)


def holding_check(*, state: str, assignee_id: int | None, user_id: int | None) -> None:
    """Only the person who claimed a task may release or complete it. Errors: TaskNotActive, TaskNotMine."""
    if state not in ACTIVE_STATES:
        raise TaskNotActive(state=state)
    if state != CLAIMED or assignee_id != user_id:
        raise TaskNotMine()


def completion_check(*, action: str, allowed: Sequence[str], opinion: str, documents: Sequence[str]) -> None:
    """Errors: TaskActionNotAllowed, TaskOpinionMissing, TaskDocumentsMissing."""
    if action not in allowed:
        raise TaskActionNotAllowed(action=action, allowed=list(allowed), field="action")
    if action in NEEDS_OPINION and not opinion.strip():
        raise TaskOpinionMissing(action=action, field="opinion")
    if action == ASK_FOR_DOCUMENTS and not documents:
        raise TaskDocumentsMissing(field="documents")
