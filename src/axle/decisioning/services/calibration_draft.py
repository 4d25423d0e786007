"""Drafting a calibration: changed policy values, each checked before it is kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pydantic import ValidationError

from axle.decisioning.domain.fields import Field
from axle.decisioning.domain.policy import DIMENSIONS, PolicyValue, Stored
from axle.decisioning.domain.policy_reading import value_read, value_shown
from axle.decisioning.errors import CalibrationEmpty, PolicyChangeRepeated, PolicyParameterUnknown, PolicyValueInvalid
from axle.decisioning.models import CalibrationKind, CalibrationState, PolicyCalibration, PolicyChange
from axle.decisioning.policy_live import pointer_in_force, values_of
from axle.decisioning.services.policy_parameters_declare import parameters_known
from axle.platform.public import Actor, created, next_no, rows_copy

MAX_CHANGES = 50_000


@dataclass(frozen=True)
class Change:
    """A value to be set in a scope, as written; no value takes it away."""

    parameter: str
    scope: Mapping[str, str]
    value: str | None
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class Planned:
    """A checked change: the row that is to be, and what stood there."""

    value: PolicyValue
    is_removed: bool
    before: Stored | None


def calibration_draft(
    *, actor: Actor, changes: Sequence[Change], kind: CalibrationKind, note: str, business_on: date
) -> PolicyCalibration:
    """Keep changes as a draft; what changes nothing is left out.

    Errors: PolicyParameterUnknown, PolicyValueInvalid, PolicyChangeRepeated (each with the row), CalibrationEmpty.
    """
    known = parameters_known()
    planned = [_planned(number, change, known) for number, change in enumerate(changes, 1)]
    return planned_keep(actor=actor, planned=planned, kind=kind, note=note, business_on=business_on)


def planned_keep(
    *,
    actor: Actor,
    planned: Sequence[tuple[PolicyValue, bool]],
    kind: CalibrationKind,
    note: str,
    business_on: date,
) -> PolicyCalibration:
    """Keep checked changes as a draft. Errors: PolicyChangeRepeated, CalibrationEmpty."""
    pointer = pointer_in_force()
    base_id = pointer.calibration_id if pointer else None
    rows = _effective(planned, base_id)
    if not rows:
        raise CalibrationEmpty()
    calibration = created(
        PolicyCalibration.objects.create(
            calibration_no=next_no("CB", on=business_on),
            kind=kind,
            state=CalibrationState.DRAFT,
            base_id=base_id,
            note=note,
            change_count=len(rows),
            drafted_by=actor.name,
        )
    )
    known = parameters_known()
    rows_copy(_row(calibration, one, known[one.value.parameter]) for one in rows)
    return calibration


def _planned(number: int, change: Change, known: Mapping[str, Field]) -> tuple[PolicyValue, bool]:
    field = known.get(change.parameter)
    if field is None:
        raise PolicyParameterUnknown(field="changes", row=number, parameter=change.parameter)
    value = False if change.value is None else value_read(field, change.value)
    if value is None:
        limits = f"{field.minimum}–{field.maximum}" if field.minimum is not None else "true/false"
        raise PolicyValueInvalid(field="changes", row=number, parameter=change.parameter, limits=limits)
    scope: dict[str, Any] = {name: change.scope.get(name) or "" for name in DIMENSIONS}
    try:
        row = PolicyValue(parameter=change.parameter, **scope, since=change.since, until=change.until, value=value)
    except ValidationError as error:
        message = error.errors()[0]["msg"]
        raise PolicyValueInvalid(field="changes", row=number, parameter=change.parameter, limits=message) from error
    return row, change.value is None


def _effective(planned: Sequence[tuple[PolicyValue, bool]], base_id: int | None) -> list[Planned]:
    """The changes that change something."""
    standing = {value.key: value.value for value in values_of(base_id)}
    seen: set[Any] = set()
    rows = []
    for number, (value, is_removed) in enumerate(planned, 1):
        if value.key in seen:
            raise PolicyChangeRepeated(field="changes", row=number, parameter=value.parameter)
        seen.add(value.key)
        before = standing.get(value.key)
        if before != (None if is_removed else value.value):
            rows.append(Planned(value, is_removed, before))
    return rows


def _row(calibration: PolicyCalibration, one: Planned, field: Field) -> PolicyChange:
    after = None if one.is_removed else one.value.value
    return PolicyChange(
        calibration=calibration,
        parameter=one.value.parameter,
        **one.value.scope._asdict(),
        since=one.value.since,
        until=one.value.until,
        before=one.before,
        value=after,
        before_shown=value_shown(field.type, one.before),
        value_shown=value_shown(field.type, after),
        is_removed=one.is_removed,
    )


def changes_of(calibration: PolicyCalibration) -> list[tuple[PolicyValue, bool]]:
    """The changes of a calibration, as ``values_changed`` takes them."""
    return [_change(row) for row in calibration.changes.order_by("pk")]


def changes_lay_over(calibration: PolicyCalibration, base_id: int | None) -> None:
    """Tell anew what stands where a draft would change something, because other values count since it was drafted."""
    standing, known = {value.key: value.value for value in values_of(base_id)}, parameters_known()
    moved = []
    for row in calibration.changes.all():
        before = standing.get(_change(row)[0].key)
        if before != row.before:
            row.before, row.before_shown = before, value_shown(known[row.parameter].type, before)
            moved.append(row)
    PolicyChange.objects.bulk_update(moved, ["before", "before_shown"], batch_size=500)


def _change(row: PolicyChange) -> tuple[PolicyValue, bool]:
    own: dict[str, Any] = {name: getattr(row, name) for name in ("parameter", *DIMENSIONS, "since", "until")}
    own["value"] = False if row.is_removed else row.value
    return PolicyValue(**own), row.is_removed
