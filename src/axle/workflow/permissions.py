"""Permissions of the workflow context. Which tasks a person may do is up to the permission of each node."""

from axle.platform.public import declare_institutional, declare_permissions

TASK_WORK = "workflow.task.work"
TASK_REASSIGN = "workflow.task.reassign"
PROCESS_VIEW = "workflow.process.view"
DEFINITION_VIEW = "workflow.definition.view"
DEFINITION_MANAGE = "workflow.definition.manage"

declare_permissions(
    "workflow",
    TASK_WORK,
    TASK_REASSIGN,
    PROCESS_VIEW,
    DEFINITION_VIEW,
    DEFINITION_MANAGE,
)
declare_institutional(DEFINITION_MANAGE)
