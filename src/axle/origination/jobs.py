"""Scheduled steps of origination."""

from axle.origination.services.application_decide import application_decide, overdue_decisions
from axle.platform.public import acting, job, system_actor


@job("decide_waiting_applications", cron="* * * * *")
def decide_waiting_applications() -> None:
    """Every minute: decide applications whose documents take too long to be read, each on its own."""
    for application_id in overdue_decisions():
        with acting(system_actor("decision"), "application_decide"):
            application_decide(application_id=application_id)
