"""Settle conditions precedent: the automatic ones by their checks, the others by a person's word."""

from django.utils import timezone

from axle.origination.domain.conditions import (
    AUTOMATIC,
    FAILED,
    MANUAL,
    SATISFIED,
    ConditionState,
    Finding,
    all_met,
)
from axle.origination.domain.lifecycle import PREPARING
from axle.origination.errors import ConditionNeedsDocument, ConditionNotManual
from axle.origination.models import Disbursement, DisbursementCondition
from axle.origination.permissions import CONDITION_CONFIRM, DISBURSEMENT_VIEW
from axle.origination.services.condition_checks import CHECKS
from axle.origination.services.disbursement_lock import disbursement_lock
from axle.platform.errors import NotFound, StateRefused
from axle.platform.public import Actor, file_uploaded, track

UNKNOWN_CHECK = Finding(is_satisfied=False, code="check_unknown")
"""An automatic condition that names no check can never be met."""


def conditions_check(disbursement: Disbursement) -> None:
    """Run all automatic checks and keep what they found."""
    for condition in disbursement.conditions.filter(kind=AUTOMATIC):
        check = CHECKS.get(condition.code)
        _keep(condition, check(disbursement.contract) if check else UNKNOWN_CHECK)


def disbursement_check(*, actor: Actor, disbursement_id: int) -> Disbursement:
    """Run the automatic checks again before registration. Errors: NotFound, StateRefused."""
    disbursement = disbursement_lock(actor, disbursement_id, permission=DISBURSEMENT_VIEW, version=None)
    if disbursement.state != PREPARING:
        raise StateRefused(state=disbursement.state, act="disbursement_check")
    conditions_check(disbursement)
    return disbursement


def conditions_demand(disbursement: Disbursement) -> None:
    """Check everything again and refuse to go on while something is missing. Errors: ConditionsNotMet."""
    conditions_check(disbursement)
    rows = disbursement.conditions.values_list("code", "state")
    all_met(ConditionState(code, state) for code, state in rows)


def condition_confirm(
    *, actor: Actor, disbursement_id: int, code: str, is_met: bool, note: str, file_id: int | None
) -> DisbursementCondition:
    """A person's word on a manual condition; one that needs a document is confirmed with it.

    Errors: NotFound, also for a file that the actor has not uploaded; StateRefused after registration,
    ConditionNotManual, ConditionNeedsDocument.
    """
    disbursement = disbursement_lock(actor, disbursement_id, permission=CONDITION_CONFIRM, version=None)
    if disbursement.state != PREPARING:
        raise StateRefused(state=disbursement.state, act="condition_confirm")
    condition = disbursement.conditions.select_for_update().filter(code=code).first()
    if condition is None:
        raise NotFound(field="code", what="condition")
    if condition.kind != MANUAL:
        raise ConditionNotManual(field="code", code=code)
    if is_met and condition.needs_document and file_id is None:
        raise ConditionNeedsDocument(field="file_id", code=code)
    if file_id is not None:
        file_uploaded(actor=actor, file_id=file_id)
    track(condition)
    condition.state, condition.note, condition.file_id = SATISFIED if is_met else FAILED, note, file_id
    condition.settled_by_name, condition.settled_at = actor.name, timezone.now()
    condition.save()
    return condition


def _keep(condition: DisbursementCondition, finding: Finding) -> None:
    state = SATISFIED if finding.is_satisfied else FAILED
    if (condition.state, condition.finding, condition.finding_params) == (state, finding.code, dict(finding.params)):
        return
    condition.state = state
    condition.finding, condition.finding_params = finding.code, dict(finding.params)
    condition.settled_at = timezone.now()
    condition.save()
