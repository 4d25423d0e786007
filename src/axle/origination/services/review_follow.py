"""What reviewers do, as it shows on the application."""

from axle.origination.domain.lifecycle import application_after
from axle.origination.errors import AppraisalMissing
from axle.origination.models import Application
from axle.origination.services.application_decide import application_approve, application_decline
from axle.origination.services.application_lock import application_store, application_take
from axle.origination.services.extra_check_record import extra_checks_require
from axle.vehicle.public import vehicle_get

APPRAISAL_NODE = "vehicle_appraisal"
_BACK = frozenset({"return", "ask_for_documents"})


def review_step(*, application_id: int, node: str, action: str, documents: tuple[str, ...]) -> None:
    """Note a return, and refuse an appraiser's approval of a used car that has no appraisal.

    Errors: AppraisalMissing.
    """
    if action in _BACK:
        _return(application_take(application_id), documents)
    elif node == APPRAISAL_NODE and action == "approve":
        _appraisal_check(Application.objects.get(pk=application_id))


def review_end(*, application_id: int, outcome: str) -> None:
    """Carry a process's outcome over to its application. Errors: ExtraChecksNotPassed for an approval."""
    application = application_take(application_id)
    if outcome == "approved":
        extra_checks_require(application)
        application_approve(application, is_automatic=False)
    elif outcome == "declined":
        application_decline(application, is_automatic=False)
    else:
        application.state = application_after(application.state, "expire")
        application_store(application)


def _return(application: Application, documents: tuple[str, ...]) -> None:
    application.state = application_after(application.state, "return")
    application.documents_asked = sorted({*application.documents_asked, *documents})
    application_store(application)


def _appraisal_check(application: Application) -> None:
    vehicle = vehicle_get(application.vehicle_id or 0)
    if not vehicle.is_new and vehicle.appraisal is None:
        raise AppraisalMissing()
