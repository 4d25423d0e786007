"""Tables of workflow: definitions, processes, tasks and their steps."""

from collections.abc import Iterable
from enum import StrEnum

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from axle.platform.fields import prefix_index
from axle.workflow.domain.tasks import (
    ACTIVE_STATES,
    CANCELLED,
    CLAIMED,
    DONE,
    OPEN,
    RUNNING,
    ProcessState,
    TaskState,
)


class DefinitionState(StrEnum):
    """A version is drafted, published, and one day retired."""

    DRAFT = "draft"
    PUBLISHED = "published"
    RETIRED = "retired"


DRAFT, PUBLISHED, RETIRED = DefinitionState


def _choices(values: Iterable[str]) -> list[tuple[str, str]]:
    return [(str(value), str(value)) for value in values]


class ProcessDefinition(models.Model):
    """One version of a BPMN file; ``code`` is the id of its process. Only a draft changes."""

    code = models.CharField(max_length=60)
    version = models.PositiveIntegerField()
    name = models.CharField(max_length=100)
    xml = models.TextField()
    sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=12, choices=_choices(DefinitionState), default=DRAFT)
    saved_by = models.CharField(max_length=64)
    saved_at = models.DateTimeField(auto_now=True)
    published_by = models.CharField(max_length=64, blank=True)
    published_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="definition_version_once"),
            models.UniqueConstraint(fields=["code"], condition=Q(state=PUBLISHED), name="definition_published_once"),
            models.UniqueConstraint(fields=["code"], condition=Q(state=DRAFT), name="definition_draft_once"),
        ]


class ProcessInstance(models.Model):
    """A process about one subject, with its tokens (``engine_state``) and the data that conditions read."""

    definition = models.ForeignKey(ProcessDefinition, on_delete=models.PROTECT, related_name="processes")
    definition_code = models.CharField(max_length=60)
    subject_type = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    title = models.CharField(max_length=200)
    state = models.CharField(max_length=12, choices=_choices(ProcessState), default=RUNNING)
    outcome = models.CharField(max_length=40, blank=True)
    data = models.JSONField(default=dict)
    engine_state = models.BinaryField()
    next_timer_at = models.DateTimeField(null=True)
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    started_by_name = models.CharField(max_length=64)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    legal_entity = models.ForeignKey("platform.LegalEntity", on_delete=models.PROTECT, related_name="+")
    department = models.ForeignKey("platform.Department", on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey("platform.Employee", null=True, on_delete=models.PROTECT, related_name="+")
    dealer_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["definition_code", "subject_type", "subject_id"],
                condition=Q(state=RUNNING),
                name="process_running_once",
            ),
            models.CheckConstraint(
                condition=Q(state=RUNNING, ended_at=None) | (~Q(state=RUNNING) & Q(ended_at__isnull=False)),
                name="process_ended_has_time",
            ),
        ]
        indexes = [
            models.Index(fields=["subject_type", "subject_id"], name="process_subject"),
            models.Index(fields=["-started_at"], name="process_started"),
            models.Index(fields=["next_timer_at"], condition=Q(state=RUNNING), name="process_timer"),
            models.Index(fields=["department", "-started_at"], name="process_department"),
            models.Index(fields=["state", "-started_at"], name="process_state"),
            models.Index(fields=["outcome", "-started_at"], name="process_outcome"),
            models.Index(fields=["ended_at", "id"], name="process_ended"),
            prefix_index("title", "process_title_prefix"),
        ]


class HumanTask(models.Model):
    """A user task that a token reached. Rules of its node are copied, so the row can be asked by itself.

    ``barred_user_ids`` are those whom the node's four-eyes rule keeps out, kept current while it is active.
    """

    process = models.ForeignKey(ProcessInstance, on_delete=models.PROTECT, related_name="tasks")
    token = models.CharField(max_length=40, unique=True)
    node = models.CharField(max_length=60)
    name = models.CharField(max_length=100)
    name_en = models.CharField(max_length=100, blank=True)
    permission = models.CharField(max_length=80)
    actions = ArrayField(models.CharField(max_length=24))
    not_by = ArrayField(models.CharField(max_length=60), default=list)
    barred_user_ids = ArrayField(models.BigIntegerField(), default=list)
    state = models.CharField(max_length=12, choices=_choices(TaskState), default=OPEN)
    assignee = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    assignee_name = models.CharField(max_length=64, blank=True)
    version = models.PositiveIntegerField(default=1)
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    action = models.CharField(max_length=24, blank=True)
    opinion = models.CharField(max_length=2000, blank=True)
    documents = ArrayField(models.CharField(max_length=60), default=list)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=[CLAIMED, DONE]) | Q(assignee__isnull=False),
                name="task_held_by_somebody",
            ),
            models.CheckConstraint(condition=~Q(state=DONE) | ~Q(action=""), name="task_done_with_action"),
            models.CheckConstraint(
                condition=Q(state__in=ACTIVE_STATES, ended_at=None)
                | Q(state__in=[DONE, CANCELLED], ended_at__isnull=False),
                name="task_ended_has_time",
            ),
        ]
        indexes = [
            models.Index(fields=["permission", "due_at"], condition=Q(state=OPEN), name="task_claimable"),
            models.Index(fields=["assignee", "state", "-ended_at"], name="task_of_person"),
            models.Index(fields=["state", "due_at", "id"], name="task_active"),
            models.Index(fields=["opened_at", "id"], name="task_opened"),
            models.Index(fields=["due_at", "id"], name="task_due"),
            models.Index(fields=["ended_at", "id"], name="task_ended"),
        ]


class TaskStep(models.Model):
    """What happened to a task: opened, claimed, released, reassigned, completed, cancelled. Append-only."""

    task = models.ForeignKey(HumanTask, on_delete=models.PROTECT, related_name="steps")
    at = models.DateTimeField()
    step = models.CharField(max_length=16)
    actor_name = models.CharField(max_length=64)
    role = models.CharField(max_length=40, blank=True)
    action = models.CharField(max_length=24, blank=True)
    opinion = models.CharField(max_length=2000, blank=True)
    documents = ArrayField(models.CharField(max_length=60), default=list)
