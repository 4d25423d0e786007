"""Cases of workflow tests: an institution with two departments, reviewers, and running processes."""

from dataclasses import dataclass
from typing import Any

from axle.platform.public import Actor, Subject, actor_of, declare_permissions, system_actor
from axle.platform.testing import act, make_department, make_entity, make_user
from axle.workflow.models import HumanTask, ProcessInstance
from axle.workflow.permissions import PROCESS_VIEW, TASK_REASSIGN, TASK_WORK
from axle.workflow.services.definition_save import definition_install
from axle.workflow.services.process_start import process_start
from axle.workflow.tests.drawing import PERMISSION

declare_permissions("workflow", PERMISSION)


@dataclass
class Case:
    """A running process and those who may act on it."""

    process: ProcessInstance
    originator: Actor

    def task(self, node: str) -> HumanTask:
        """The latest task of a node."""
        return self.process.tasks.filter(node=node).latest("pk")

    def waiting(self) -> set[str]:
        """Nodes with an active task."""
        return set(self.process.tasks.filter(state__in=["open", "claimed"]).values_list("node", flat=True))


def reviewer(name: str, *, scope: str = "all", department: Any = None, more: tuple[str, ...] = ()) -> Actor:
    """A person with the node permission of the test drawings."""
    user = make_user(name, permissions=[PERMISSION, TASK_WORK, PROCESS_VIEW, *more], scope=scope, department=department)
    return actor_of(user)


def supervisor(name: str = "supervisor") -> Actor:
    """A person who hands tasks to others."""
    return reviewer(name, more=(TASK_REASSIGN,))


def begin(xml: str, *, originator: Actor | None = None, subject_id: int = 1, **data: Any) -> Case:
    """Publish a drawing and start it."""
    starter = originator or reviewer(f"originator{subject_id}")
    with act(starter):
        definition = definition_install(actor=system_actor(), xml=xml)
        process = process_start(
            actor=starter,
            definition=definition.code,
            subject=Subject("case", subject_id),
            title=f"申请 {subject_id}",
            data=data,
            legal_entity_id=make_entity().pk,
            department_id=make_department("华东区").pk,
            owner_id=starter.employee_id,
            dealer_id=77,
        )
    return Case(process, starter)
