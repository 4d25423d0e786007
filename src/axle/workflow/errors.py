"""Broken conditions of the workflow context; their sentences are in ``locale/``."""

from axle.kernel.errors import AxleError
from axle.platform.errors import InputInvalid


class ConditionInvalid(AxleError):
    """A condition does not compile; ``reason`` says why, ``part`` is the piece of text."""

    code = "condition_invalid"


class ConditionValueMissing(AxleError):
    """A condition reads a value that the process does not have."""

    code = "condition_value_missing"


class ProcessDataMistyped(AxleError):
    """A value does not fit what the definition declares for its name."""

    code = "process_data_mistyped"


class ProcessDataMissing(AxleError):
    """A process is started without a declared value."""

    code = "process_data_missing"


class ProcessDataUnknown(AxleError):
    """A value is given under a name that the definition does not declare."""

    code = "process_data_unknown"


class DefinitionUnreadable(AxleError):
    """The text is not a BPMN file: not XML, too large, or with a document type."""

    code = "definition_unreadable"


class DefinitionFaulty(InputInvalid):
    """The definition has findings and cannot be published; ``errors`` holds one for each."""

    code = "definition_faulty"


class DefinitionNotDraft(AxleError):
    """Only a draft may be changed or published."""

    code = "definition_not_draft"
    http_status = 409


class DefinitionNotPublished(AxleError):
    """No published version of this process exists."""

    code = "definition_not_published"


class DefinitionNotFound(AxleError):
    """No such definition version."""

    code = "definition_not_found"
    http_status = 404


class ProcessNotFound(AxleError):
    """No such process, or it is outside of the person's data scope."""

    code = "process_not_found"
    http_status = 404


class ProcessNotRunning(AxleError):
    """The process has ended."""

    code = "process_not_running"
    http_status = 409


class ProcessAlreadyRunning(AxleError):
    """The subject has a running process of this definition."""

    code = "process_already_running"
    http_status = 409


class TaskNotFound(AxleError):
    """No such task, or it is outside of the person's data scope."""

    code = "task_not_found"
    http_status = 404


class TaskNotClaimable(AxleError):
    """The task is claimed by someone, done or cancelled."""

    code = "task_not_claimable"
    http_status = 409


class TaskNotMine(AxleError):
    """The task is claimed by another person."""

    code = "task_not_mine"
    http_status = 409


class TaskNotActive(AxleError):
    """The task is done or cancelled."""

    code = "task_not_active"
    http_status = 409


class TaskChanged(AxleError):
    """The task changed since the person opened it."""

    code = "task_changed"
    http_status = 409


class TaskActionNotAllowed(AxleError):
    """The node does not offer this action."""

    code = "task_action_not_allowed"


class TaskOpinionMissing(AxleError):
    """The action needs a written opinion."""

    code = "task_opinion_missing"


class TaskDocumentsMissing(AxleError):
    """Documents are asked for without naming any."""

    code = "task_documents_missing"


class TaskForbiddenByFourEyes(AxleError):
    """The person may not do this task because of an earlier act on the same case."""

    code = "task_forbidden_by_four_eyes"
    http_status = 403


class TaskAssigneeUnfit(AxleError):
    """The person named as the new assignee may not do this task."""

    code = "task_assignee_unfit"
