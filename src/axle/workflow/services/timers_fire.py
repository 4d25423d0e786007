"""Let due timers of processes take effect."""

from datetime import datetime

from django.db import transaction

from axle.platform.public import acting, system_actor, track
from axle.workflow.domain.engine import Run
from axle.workflow.domain.outline import outline_read
from axle.workflow.domain.tasks import RUNNING
from axle.workflow.models import ProcessInstance
from axle.workflow.services.process_advance import process_advance


def timers_fire(*, now: datetime, limit: int = 500) -> int:
    """Advance every process whose next timer is due, each in its own transaction; gives their number.

    Processes that someone is working on are left for the next run.
    """
    due = ProcessInstance.objects.filter(state=RUNNING, next_timer_at__lte=now).order_by("next_timer_at")
    return sum(_fire(process_id, now) for process_id in due.values_list("pk", flat=True)[:limit])


def _fire(process_id: int, now: datetime) -> bool:
    actor = system_actor("process_timer")
    with transaction.atomic():
        rows = ProcessInstance.objects.select_for_update(skip_locked=True, of=("self",))
        due = rows.filter(pk=process_id, state=RUNNING, next_timer_at__lte=now)
        process = due.select_related("definition").first()
        if process is None:
            return False
        with acting(actor, "process_timer_fire"):
            track(process)
            run = Run.load(bytes(process.engine_state))
            run.timers_fire(outline_read(process.definition.xml).names(), process.data)
            process_advance(process, run, actor=actor)
    return True
