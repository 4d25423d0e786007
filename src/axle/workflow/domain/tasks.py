"""The life of a human task and what completing it asks for.

open → claimed → done; an open or claimed task is cancelled when the process leaves its node another way.
"""

from collections.abc import Sequence

from axle.workflow.errors import (
    TaskActionNotAllowed,
    TaskDocumentsMissing,
    TaskNotActive,
    TaskNotClaimable,
    TaskNotMine,
    TaskOpinionMissing,
)

OPEN, CLAIMED, DONE, CANCELLED = "open", "claimed", "done", "cancelled"
TASK_STATES = (OPEN, CLAIMED, DONE, CANCELLED)
ACTIVE_STATES = (OPEN, CLAIMED)

APPROVE, RETURN, DECLINE, SUBMIT = "approve", "return", "decline", "submit"
ASK_FOR_DOCUMENTS = "ask_for_documents"
ACTIONS = (APPROVE, RETURN, ASK_FOR_DOCUMENTS, DECLINE, SUBMIT)
NEEDS_OPINION = frozenset({RETURN, ASK_FOR_DOCUMENTS, DECLINE})

ORIGINATOR = "originator"
"""In ``axle:notBy`` and ``axle:assignTo``: the person who started the process."""

RUNNING, COMPLETED, STOPPED = "running", "completed", "cancelled"
PROCESS_STATES = (RUNNING, COMPLETED, STOPPED)


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
