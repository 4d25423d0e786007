"""Facts of the workflow context, all told in the same transaction."""

from dataclasses import dataclass
from datetime import datetime

from axle.platform.public import Subject


@dataclass(frozen=True)
class TaskOpened:
    """A process reached a user task; ``assignee_id`` is the user it went to, None when it is up for claim."""

    task_id: int
    process_id: int
    subject: Subject
    node: str
    permission: str
    assignee_id: int | None
    due_at: datetime


@dataclass(frozen=True)
class TaskCompleted:
    """A person completed a task. A handler that raises refuses the completion."""

    task_id: int
    process_id: int
    subject: Subject
    node: str
    action: str
    opinion: str
    documents: tuple[str, ...]
    user_id: int | None


@dataclass(frozen=True)
class ProcessCompleted:
    """A process reached an end event; ``outcome`` is that event's word. Cancelling tells nothing."""

    process_id: int
    subject: Subject
    definition: str
    outcome: str
