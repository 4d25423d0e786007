"""Stop a running process without an outcome."""

from django.utils import timezone

from axle.platform.public import Actor, track
from axle.workflow.domain.tasks import RUNNING, STOPPED
from axle.workflow.errors import ProcessNotFound, ProcessNotRunning
from axle.workflow.models import ProcessInstance
from axle.workflow.services.process_advance import tasks_cancel


def process_cancel(*, actor: Actor, process_id: int) -> ProcessInstance:
    """Stop a process and cancel its tasks; nobody is told, the caller knows why it stops.

    Errors: ProcessNotFound, ProcessNotRunning.
    """
    process = process_lock(process_id)
    track(process)
    now = timezone.now()
    process.state, process.ended_at, process.next_timer_at = STOPPED, now, None
    process.save()
    tasks_cancel(process, actor=actor, at=now)
    return process


def process_lock(process_id: int) -> ProcessInstance:
    """A running process, locked. Errors: ProcessNotFound, ProcessNotRunning."""
    rows = ProcessInstance.objects.select_for_update(of=("self",)).select_related("definition")
    process = rows.filter(pk=process_id).first()
    if process is None:
        raise ProcessNotFound()
    if process.state != RUNNING:
        raise ProcessNotRunning(state=process.state)
    return process
