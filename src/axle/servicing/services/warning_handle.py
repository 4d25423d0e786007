"""People's say in early warnings: taking note of one, writing down what was done, closing it with what helped."""

from django.utils import timezone

from axle.platform.errors import NotFound
from axle.platform.public import Actor, business_date, created, track
from axle.servicing.domain.warnings import WarningState, WarningStepKind
from axle.servicing.errors import WarningStateRefused
from axle.servicing.models import LoanWarning
from axle.servicing.services.warnings_settle import warning_step


def warning_acknowledge(*, actor: Actor, warning_no: str, note: str) -> LoanWarning:
    """Take note of an open warning. Errors: NotFound, WarningStateRefused."""
    warning = _locked(warning_no, WarningState.OPEN)
    warning.state, warning.note = WarningState.ACKNOWLEDGED, note
    warning.acknowledged_by, warning.acknowledged_at = actor.name, timezone.now()
    return _kept(warning, actor, WarningStepKind.ACKNOWLEDGED, note)


def warning_note(*, actor: Actor, warning_no: str, note: str) -> LoanWarning:
    """Write down what was done about a warning that is not closed. Errors: NotFound, WarningStateRefused."""
    warning = _locked(warning_no, WarningState.OPEN, WarningState.ACKNOWLEDGED)
    warning.note = note
    return _kept(warning, actor, WarningStepKind.NOTED, note)


def warning_close(*, actor: Actor, warning_no: str, measure: str, note: str) -> LoanWarning:
    """Close a warning with what was done. While its cause is there, it comes again when it gets worse.

    Errors: NotFound, WarningStateRefused.
    """
    warning = _locked(warning_no, WarningState.OPEN, WarningState.ACKNOWLEDGED)
    warning.state, warning.closed_on, warning.closed_by_step = (
        WarningState.CLOSED,
        business_date(),
        WarningStepKind.HANDLED,
    )
    warning.measure, warning.note = measure, note
    return _kept(warning, actor, WarningStepKind.HANDLED, note, measure=measure)


def _locked(warning_no: str, *states: str) -> LoanWarning:
    warning = LoanWarning.objects.select_for_update().filter(warning_no=warning_no).first()
    if warning is None:
        raise NotFound(field="warning_no", what="loan_warning")
    if warning.state not in states:
        raise WarningStateRefused(state=warning.state)
    return track(warning)


def _kept(warning: LoanWarning, actor: Actor, kind: str, note: str, **told: str) -> LoanWarning:
    warning.save()
    step = warning_step(warning, kind, business_date(), note=note, entered_by=actor.name, **told)
    step.save()
    created(step)
    return warning
