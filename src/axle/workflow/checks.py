"""Invariants of workflow."""

from axle.platform.public import invariant
from axle.workflow.domain.engine import Run
from axle.workflow.domain.tasks import ACTIVE_STATES, RUNNING
from axle.workflow.models import HumanTask, ProcessInstance


@invariant("workflow_tasks_match_tokens")
def workflow_tasks_match_tokens() -> list[str]:
    """Active tasks of a running process are exactly the user tasks where its tokens wait."""
    active: dict[int, set[str]] = {}
    rows = HumanTask.objects.filter(state__in=ACTIVE_STATES).values_list("process_id", "token")
    for process_id, token in rows:
        active.setdefault(process_id, set()).add(token)
    failures = []
    running = ProcessInstance.objects.filter(state=RUNNING).values_list("pk", "engine_state")
    for process_id, state in running.iterator(chunk_size=500):
        waiting = {node.token for node in Run.load(bytes(state)).open_nodes()}
        if waiting != active.pop(process_id, set()):
            failures.append(f"process {process_id}: tasks differ from waiting tokens")
    return failures + [f"process {process_id}: active tasks of an ended process" for process_id in sorted(active)]
