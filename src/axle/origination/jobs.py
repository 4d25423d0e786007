"""Background steps of origination."""

from axle.origination.services.application_decide import application_decide, overdue_decisions
from axle.platform.public import acting, job, system_actor


@job("decide_application", retries=5)
def decide_application(application_id: int) -> None:
    """Decide one application that has waited long enough for its documents to be read."""
    with acting(system_actor("decision"), "application_decide"):
        application_decide(application_id=application_id)


@job("decide_waiting_applications", cron="* * * * *")
def decide_waiting_applications() -> None:
    """Every minute: queue the applications whose documents take too long to be read."""
    for application_id in overdue_decisions():
        decide_application.defer_once(f"decide_application:{application_id}", application_id=application_id)
