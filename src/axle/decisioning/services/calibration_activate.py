"""Letting a calibration count, at one instant, and going back to an earlier one."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils import timezone

from axle.decisioning.domain.canonical import content_hash
from axle.decisioning.domain.fields import FieldType
from axle.decisioning.domain.policy import DIMENSIONS, PolicyValue, Scope, values_changed
from axle.decisioning.domain.policy_reading import value_shown
from axle.decisioning.errors import CalibrationBaseMoved, CalibrationNeverActive, CalibrationNotPreviewed
from axle.decisioning.events import CalibrationActivated
from axle.decisioning.models import (
    CalibrationKind,
    CalibrationState,
    PolicyActivation,
    PolicyCalibration,
    PolicyContent,
    PolicyInForce,
)
from axle.decisioning.policy_live import values_of
from axle.decisioning.services.calibration_draft import changes_of, planned_keep
from axle.decisioning.services.policy_parameters_declare import parameters_known
from axle.platform.errors import NotFound
from axle.platform.public import Actor, publish, rows_copy, track


def calibration_activate(*, actor: Actor, calibration_id: int, business_on: date) -> PolicyCalibration:
    """Let a previewed calibration count from now on; decisions that begin after this read it.

    Errors: NotFound, CalibrationNotPreviewed, CalibrationBaseMoved when another one was activated since its preview.
    """
    calibration, standing = calibration_locked(calibration_id)
    if calibration.state != CalibrationState.PREVIEWED:
        raise CalibrationNotPreviewed(calibration_no=calibration.calibration_no)
    if calibration.base_id != (standing.pk if standing else None):
        raise CalibrationBaseMoved(calibration_no=calibration.calibration_no)
    return _activate(calibration, standing, actor, business_on)


def calibration_begin(*, actor: Actor, values: Iterable[PolicyValue], note: str, business_on: date) -> None:
    """Let values count that a strategy ships with, unless the institution has values for their parameters already."""
    standing = PolicyCalibration.objects.select_for_update().filter(state=CalibrationState.ACTIVE).first()
    known = {value.parameter for value in values_of(standing.pk if standing else None)}
    new = [(value, False) for value in values if value.parameter not in known]
    if new:
        calibration = planned_keep(
            actor=actor, planned=new, kind=CalibrationKind.SHIPPED, note=note, business_on=business_on
        )
        _activate(calibration, standing, actor, business_on)


def calibration_roll_back(*, actor: Actor, calibration_id: int, reason: str, business_on: date) -> PolicyCalibration:
    """Let a calibration count again that counted before. Errors: NotFound, CalibrationNeverActive."""
    calibration, standing = calibration_locked(calibration_id)
    if standing is None or calibration.state not in (CalibrationState.REPLACED, CalibrationState.ROLLED_BACK):
        raise CalibrationNeverActive(calibration_no=calibration.calibration_no)
    track(standing).state = CalibrationState.ROLLED_BACK
    standing.save(update_fields=["state"])
    track(calibration).state = CalibrationState.ACTIVE
    calibration.save(update_fields=["state"])
    _point(calibration, actor, business_on, is_rollback=True, reason=reason)
    return calibration


def calibration_discard(*, calibration_id: int) -> PolicyCalibration:
    """Give a draft up. Errors: NotFound, CalibrationNotPreviewed once it has counted."""
    calibration, _ = calibration_locked(calibration_id)
    if calibration.state not in (CalibrationState.DRAFT, CalibrationState.PREVIEWED):
        raise CalibrationNotPreviewed(calibration_no=calibration.calibration_no)
    track(calibration).state = CalibrationState.DISCARDED
    calibration.save(update_fields=["state"])
    return calibration


def calibration_locked(calibration_id: int) -> tuple[PolicyCalibration, PolicyCalibration | None]:
    """A calibration and the one that counts, both locked, the latter first. Errors: NotFound."""
    rows = PolicyCalibration.objects.select_for_update()
    standing = rows.filter(state=CalibrationState.ACTIVE).first()
    calibration = rows.filter(pk=calibration_id).first()
    if calibration is None:
        raise NotFound(what="policy_calibration")
    return calibration, standing


def _activate(
    calibration: PolicyCalibration, standing: PolicyCalibration | None, actor: Actor, business_on: date
) -> PolicyCalibration:
    values = values_changed(values_of(standing.pk if standing else None), changes_of(calibration))
    stored = [value.stored() for value in values]
    PolicyContent.objects.create(calibration=calibration, values=stored, content_hash=content_hash(stored))
    if standing is not None:
        track(standing).state = CalibrationState.REPLACED
        standing.save(update_fields=["state"])
    track(calibration).state = CalibrationState.ACTIVE
    calibration.activated_by, calibration.activated_at = actor.name, timezone.now()
    calibration.save(update_fields=["state", "activated_by", "activated_at"])
    _point(calibration, actor, business_on, is_rollback=False, reason="")
    return calibration


def _point(calibration: PolicyCalibration, actor: Actor, business_on: date, *, is_rollback: bool, reason: str) -> None:
    PolicyActivation.objects.create(
        calibration=calibration,
        is_rollback=is_rollback,
        reason=reason,
        activated_by=actor.name,
        business_on=business_on,
    )
    _show(calibration)
    publish(CalibrationActivated(calibration.pk, calibration.calibration_no, is_rollback))


def _show(calibration: PolicyCalibration) -> None:
    """Write the rows that lists read; a value that did not change keeps the calibration that it comes from."""
    standing = {(*row_key(row), row.value_shown): row.calibration_id for row in PolicyInForce.objects.all()}
    kinds = {name: field.type for name, field in parameters_known().items()}
    PolicyInForce.objects.all().delete()
    rows_copy(_shown(value, kinds[value.parameter], calibration, standing) for value in values_of(calibration.pk))


def _shown(
    value: PolicyValue, kind: FieldType, calibration: PolicyCalibration, standing: dict[Any, int]
) -> PolicyInForce:
    row = PolicyInForce(
        parameter=value.parameter,
        **value.scope._asdict(),
        since=value.since,
        until=value.until,
        value=value.value,
        value_shown=value_shown(kind, value.value),
    )
    row.calibration_id = standing.get((*row_key(row), row.value_shown), calibration.pk)
    return row


def row_key(row: PolicyInForce) -> tuple[Any, ...]:
    """What a row is of, as ``PolicyValue.key`` tells it."""
    return (row.parameter, Scope(*(getattr(row, name) for name in DIMENSIONS)), row.since, row.until)
