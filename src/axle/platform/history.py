"""What was done to one thing, as the operation log has it."""

from dataclasses import dataclass
from datetime import datetime

from axle.platform.log_reading import Change, changes_read
from axle.platform.models import OperationLog
from axle.platform.scope import Subject

_LATEST = 200


@dataclass(frozen=True)
class HistoryItem:
    """One operation: who did what, when, why, and the fields that it changed (personal data masked)."""

    at: datetime
    operation: str
    actor_name: str
    checker_name: str
    note: str
    changes: list[Change]


def history(subject: Subject) -> list[HistoryItem]:
    """The latest operations on a thing, newest first. No scope: callers have found the subject in theirs."""
    types = {subject.type, subject.type.replace("_", "")}
    rows = OperationLog.objects.filter(subject_type__in=types, subject_id=str(subject.id)).order_by("-at", "-pk")
    return [
        HistoryItem(row.at, row.operation, row.actor_name, row.checker_name, row.note, changes_read(row.changes))
        for row in rows[:_LATEST]
    ]
