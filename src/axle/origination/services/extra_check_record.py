"""Extra checks: opened by a decision, settled by people, and in the way of an approval until they are passed."""

from django.utils import timezone

from axle.channel.public import ExtraCheckKind, dealer_control
from axle.decisioning.public import DecisionView
from axle.origination.domain.extra_checks import CheckCause, ExtraCheckState, checks_of_behaviour
from axle.origination.domain.lifecycle import IN_REVIEW
from axle.origination.errors import ExtraChecksNotPassed
from axle.origination.models import Application, ExtraCheck
from axle.origination.parameters import FIELD_EDITS
from axle.origination.permissions import EXTRA_CHECK_RECORD
from axle.origination.services.application_lock import application_lock
from axle.platform.errors import NotFound, StateRefused
from axle.platform.public import Actor, business_date, created, parameter_value, text, track


def extra_checks_open(application: Application, decision: DecisionView) -> None:
    """Open what a referred case is to be verified for besides the usual; what is open or settled stays as it is."""
    edited = checks_of_behaviour(
        decision.inputs,
        decision.policy,
        decision.check_statuses,
        edits_otherwise=parameter_value(FIELD_EDITS.code),
    )
    wanted = dict.fromkeys(map(ExtraCheckKind, edited), CheckCause.FORM_BEHAVIOUR)
    control = dealer_control(application.dealer_id, on=business_date()) if application.dealer_id else None
    if control is not None and control.level.asks_people:
        wanted = dict.fromkeys(control.extra_checks, CheckCause.DEALER_CONTROL) | wanted
    known = set(application.extra_checks.values_list("kind", flat=True)) if wanted else set()
    for kind, cause in wanted.items():
        if kind not in known:
            row = ExtraCheck(application=application, kind=kind, cause=cause, opened_on=business_date())
            row.save()
            created(row)


def extra_check_record(
    *, actor: Actor, application_id: int, kind: ExtraCheckKind, is_passed: bool, note: str
) -> ExtraCheck:
    """Say what came of an extra check of a case under review; it may be said again when more is known.

    Errors: NotFound, StateRefused.
    """
    application = application_lock(actor, application_id, permission=EXTRA_CHECK_RECORD, version=None)
    if application.state != IN_REVIEW:
        raise StateRefused(state=application.state, act="extra_check_record")
    check = ExtraCheck.objects.filter(application=application, kind=kind).first()
    if check is None:
        raise NotFound(field="extra_check", what="extra_check")
    track(check)
    check.state = ExtraCheckState.PASSED if is_passed else ExtraCheckState.FAILED
    check.note, check.checked_by, check.checked_at = note, actor.name, timezone.now()
    check.save()
    return check


def extra_checks_require(application: Application) -> None:
    """Refuse an approval while an extra check is open or failed. Errors: ExtraChecksNotPassed."""
    rows = application.extra_checks.exclude(state=ExtraCheckState.PASSED).order_by("pk")
    kinds = list(rows.values_list("kind", flat=True))
    if kinds:
        raise ExtraChecksNotPassed(checks=", ".join(text("enum", f"ExtraCheckKind/{kind}") for kind in kinds))
