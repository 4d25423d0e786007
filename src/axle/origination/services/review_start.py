"""Applications and their review process."""

from axle.origination.domain.lifecycle import IN_REVIEW, application_after
from axle.origination.errors import ReviewProcessMissing
from axle.origination.models import Application
from axle.origination.services.application_lock import application_store, application_take
from axle.platform.public import Actor, Subject, system_actor
from axle.product.public import product_version_get
from axle.workflow.errors import DefinitionNotPublished
from axle.workflow.public import (
    Originator,
    TaskView,
    open_tasks,
    process_cancel,
    process_start,
    task_claim,
    task_complete,
)

SUBMIT = "submit"


def application_subject(application: Application) -> Subject:
    """The application as the subject of processes, documents and decisions."""
    return Subject("application", application.pk)


def review_start(application: Application, *, actor: Actor, process_code: str) -> None:
    """Refer a case to people and begin the product's review process. Errors: ReviewProcessMissing."""
    application.state = application_after(application.state, "refer")
    _process_start(application, actor=actor, process_code=process_code)


def review_start_taken_over(*, application_id: int) -> None:
    """Begin the review of a case that was taken over as referred; a case whose review has begun is left alone.

    Errors: NotFound, ReviewProcessMissing.
    """
    application = application_take(application_id)
    if application.state == IN_REVIEW and application.process_id is None:
        review_begin(application, actor=system_actor("intake"))


def review_begin(application: Application, *, actor: Actor) -> None:
    """Begin the product's review of a case in review. Errors: ReviewProcessMissing."""
    terms = product_version_get(application.product_version_id or 0).terms
    _process_start(application, actor=actor, process_code=terms.workflow)


def _process_start(application: Application, *, actor: Actor, process_code: str) -> None:
    try:
        process = process_start(
            actor=actor,
            definition=process_code,
            subject=application_subject(application),
            title=f"{application.application_no} {application.vehicle_title}".strip(),
            data=_data(application),
            legal_entity_id=application.legal_entity_id,
            department_id=application.department_id,
            owner_id=application.owner_id,
            dealer_id=application.dealer_id,
            originator=Originator(application.created_by_id, application.created_by_name),
        )
    except DefinitionNotPublished as error:
        raise ReviewProcessMissing(process=process_code) from error
    application.process_id = process.process_id
    application_store(application)


def review_resume(application: Application, *, actor: Actor) -> None:
    """Hand the supplemented case back to the reviewers who asked."""
    application.state = application_after(application.state, "resume")
    application_store(application)
    for task in _supplements(application):
        if task.assignee_id is None:
            task_claim(actor=actor, task_id=task.task_id)
        task_complete(actor=actor, task_id=task.task_id, action=SUBMIT, data=_data(application))


def review_stop(application: Application, *, actor: Actor) -> None:
    """End the review, if one runs, because the case ended another way."""
    if application.process_id is not None and open_tasks(application_subject(application)):
        process_cancel(actor=actor, process_id=application.process_id)


def is_waiting_for_supplement(application: Application) -> bool:
    """Whether some reviewer waits for the applicant."""
    return bool(_supplements(application))


def _supplements(application: Application) -> list[TaskView]:
    return [task for task in open_tasks(application_subject(application)) if task.actions == (SUBMIT,)]


def _data(application: Application) -> dict[str, int]:
    """What the process branches on. Against a machine's decline two people decide, whatever the amount."""
    version = product_version_get(application.product_version_id or 0)
    return {
        "financed_amount": application.amount or 0,
        "second_review_from": 0 if application.decision == "decline" else int(version.terms.second_review_from),
    }
