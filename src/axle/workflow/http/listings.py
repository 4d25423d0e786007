"""Lists: the inbox, tasks done and supervised, processes, definitions."""

from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, F, Q, QuerySet
from django.utils import timezone

from axle.platform.listing import Col, Listing
from axle.platform.public import current_locale
from axle.workflow import permissions as may
from axle.workflow import selectors
from axle.workflow.domain.tasks import ACTIVE_STATES, CLAIMED, OPEN, ProcessState, TaskAction, TaskState
from axle.workflow.http.base import api
from axle.workflow.models import DefinitionState, HumanTask


def _listed(tasks: QuerySet[HumanTask]) -> QuerySet[Any]:
    """Tasks with their node's name in the reader's language and whether they are late."""
    name = "name_en" if current_locale.get() == "en-US" else "name"
    is_late = Q(state__in=ACTIVE_STATES) & Q(due_at__lt=timezone.now())
    return tasks.annotate(shown_name=F(name), is_overdue=ExpressionWrapper(is_late, output_field=BooleanField()))


_TASK_COLUMNS = [
    Col("title", source="process__title", is_sortable=False),
    Col("node_name", source="shown_name", is_sortable=False),
    Col("state", "enum", enum="TaskState", choices=list(TaskState)),
    Col("assignee_name"),
    Col("opened_at", "datetime"),
    Col("due_at", "datetime"),
    Col("is_overdue", "bool"),
    Col("started_by_name", source="process__started_by_name", is_hidden=True),
    Col("node", is_hidden=True),
    Col("version", "integer", is_hidden=True),
    Col("process_id", "integer", is_hidden=True),
    Col("subject_type", "enum", source="process__subject_type", enum="Subject", is_hidden=True),
    Col("subject_id", "integer", source="process__subject_id", is_hidden=True),
]
_INBOX_COLUMNS = [
    Col("state", "enum", enum="InboxState", choices=ACTIVE_STATES) if col.key == "state" else col
    for col in _TASK_COLUMNS
]
_SUBJECT_LINK = "/review/{subject_type}s/{subject_id}"

api.listing(
    Listing(
        name="inbox",
        is_growing=True,
        permission=may.TASK_WORK,
        queryset=lambda actor: _listed(selectors.inbox(actor)),
        columns=_INBOX_COLUMNS,
        search=["process__title"],
        tabs="state",
        filters=["state", "node", "is_overdue", "opened_at", "due_at"],
        default_sort="due_at",
        row_link=_SUBJECT_LINK,
        row_actions=["task_claim", "task_release"],
        row_rules={"task_claim": lambda row: row["state"] == OPEN, "task_release": lambda row: row["state"] == CLAIMED},
    )
)
api.listing(
    Listing(
        name="tasks_done",
        is_growing=True,
        permission=may.TASK_WORK,
        queryset=lambda actor: _listed(selectors.tasks_done_by(actor)),
        columns=[
            *_TASK_COLUMNS,
            Col("task_action", "enum", source="action", enum="TaskAction", choices=list(TaskAction)),
            Col("opinion", is_sortable=False),
            Col("ended_at", "datetime"),
        ],
        search=["process__title"],
        filters=["node", "task_action", "ended_at"],
        default_sort="-ended_at",
        row_link=_SUBJECT_LINK,
    )
)
api.listing(
    Listing(
        name="tasks_supervised",
        is_growing=True,
        permission=may.TASK_REASSIGN,
        queryset=lambda actor: _listed(selectors.tasks_supervised(actor, may.TASK_REASSIGN)),
        columns=_TASK_COLUMNS,
        search=["process__title", "assignee_name"],
        filters=["state", "node", "is_overdue", "opened_at", "due_at"],
        default_sort="due_at",
        row_link=_SUBJECT_LINK,
        row_actions=["task_reassign"],
    )
)


api.listing(
    Listing(
        name="processes",
        is_growing=True,
        permission=may.PROCESS_VIEW,
        queryset=selectors.processes_visible,
        columns=[
            Col("title"),
            Col("definition_name", source="definition__name", is_sortable=False),
            Col("definition_version", "integer", source="definition__version", is_sortable=False),
            Col("state", "enum", enum="ProcessState", choices=list(ProcessState)),
            Col("outcome", "enum", enum="ProcessOutcome"),
            Col("started_by_name"),
            Col("started_at", "datetime"),
            Col("ended_at", "datetime"),
            Col("subject_type", is_hidden=True),
            Col("subject_id", "integer", is_hidden=True),
        ],
        search=["title"],
        filters=["state", "outcome", "started_at", "ended_at"],
        default_sort="-started_at",
        row_link="/review/processes/{id}",
    )
)
api.listing(
    Listing(
        name="process_definitions",
        permission=may.DEFINITION_VIEW,
        queryset=lambda actor: selectors.definitions(),
        columns=[
            Col("code"),
            Col("name"),
            Col("version", "integer"),
            Col("state", "enum", enum="DefinitionState", choices=list(DefinitionState)),
            Col("saved_by"),
            Col("saved_at", "datetime"),
            Col("published_by"),
            Col("published_at", "datetime"),
        ],
        search=["code", "name"],
        filters=["code", "state"],
        default_sort="-saved_at",
        row_link="/system/process-definitions/{id}",
        toolbar=["definition_save"],
    )
)
