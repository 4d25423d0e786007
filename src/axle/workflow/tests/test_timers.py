"""Timers by the periodic job."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from axle.platform.testing import act
from axle.workflow.jobs import workflow_timers_fire
from axle.workflow.models import ProcessInstance, TaskStep
from axle.workflow.services.task_claim import task_claim
from axle.workflow.services.task_complete import task_complete
from axle.workflow.services.timers_fire import timers_fire
from axle.workflow.tests.drawing import review_process
from axle.workflow.tests.factories import begin, reviewer

pytestmark = pytest.mark.django_db(transaction=True)
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


def test_a_supplement_that_is_not_delivered_ends_the_process():
    with time_machine.travel(NOW, tick=False) as clock:
        case = begin(review_process(), amount=1, grade="A")
        anna = reviewer("anna")
        with act(anna):
            task_claim(actor=anna, task_id=case.task("review").pk)
            task_complete(actor=anna, task_id=case.task("review").pk, action="return", opinion="照片不清")
        assert ProcessInstance.objects.get().next_timer_at == NOW + timedelta(days=7)
        clock.shift(timedelta(days=6))
        assert timers_fire(now=NOW + timedelta(days=6)) == 0
        clock.shift(timedelta(days=1, minutes=1))
        workflow_timers_fire()
    process = ProcessInstance.objects.get()
    assert (process.state, process.outcome, process.next_timer_at) == ("completed", "expired", None)
    assert case.task("supplement").state == "cancelled"
    assert TaskStep.objects.latest("pk").actor_name == "process_timer"
    assert timers_fire(now=NOW + timedelta(days=9)) == 0
