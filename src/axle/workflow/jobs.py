"""Scheduled steps of workflow."""

from django.utils import timezone

from axle.platform.public import job
from axle.workflow.services.timers_fire import timers_fire


@job("workflow_timers_fire", cron="* * * * *")
def workflow_timers_fire() -> None:
    """Every minute: let due timers of processes take effect."""
    timers_fire(now=timezone.now())
