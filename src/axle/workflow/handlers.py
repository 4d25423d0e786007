"""Reactions to other contexts' events; wired in ``axle.config.wiring``."""

from axle.platform.events import EmployeeLeft
from axle.platform.public import system_actor
from axle.workflow.services.task_reassign import tasks_hand_back


def tasks_hand_back_on_leave(event: EmployeeLeft) -> None:
    """What a leaver holds goes back to the pool, in the act that lets them go."""
    if event.user_id is not None:
        tasks_hand_back(actor=system_actor("organisation"), user_id=event.user_id)
