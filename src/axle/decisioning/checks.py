"""Invariants of decisioning for ``./axle check``."""

from axle.decisioning.domain.canonical import content_hash
from axle.decisioning.live import hash_of
from axle.decisioning.models import (
    CalibrationState,
    DecisionRecord,
    PolicyCalibration,
    PolicyContent,
    PolicyInForce,
    StrategyContent,
)
from axle.decisioning.policy_live import pointer_in_force, values_of
from axle.decisioning.services.calibration_activate import row_key
from axle.decisioning.services.decision_make import record_hash
from axle.platform.public import invariant

_RECORDS_CHECKED = 5000


@invariant("strategy_contents_unchanged")
def strategy_contents_unchanged() -> list[str]:
    """Every version still consists of what was uploaded and compiled."""
    contents = StrategyContent.objects.select_related("version__strategy").iterator(chunk_size=50)
    return [
        f"{content.version.strategy.code} version {content.version.version_no} changed after it was stored"
        for content in contents
        if hash_of(content) != content.version.content_hash
    ]


@invariant("decision_records_intact")
def decision_records_intact() -> list[str]:
    """The latest decision records still have the inputs and result that they were stored with."""
    latest = DecisionRecord.objects.defer("trace").order_by("-pk")[:_RECORDS_CHECKED]
    return [
        f"decision {record.record_no} is not as it was stored"
        for record in latest.iterator(chunk_size=1000)
        if record_hash(record) != record.content_hash
    ]


@invariant("policy_as_activated")
def policy_as_activated() -> list[str]:
    """The latest activation points at the active calibration, whose content is unchanged and is what lists show."""
    pointer = pointer_in_force()
    active = set(PolicyCalibration.objects.filter(state=CalibrationState.ACTIVE).values_list("pk", flat=True))
    if active != ({pointer.calibration_id} if pointer else set()):
        return [f"calibrations {sorted(active)} are active, the latest activation points at {pointer}"]
    failures = [
        f"calibration {content.calibration.calibration_no} changed after it was activated"
        for content in PolicyContent.objects.select_related("calibration").iterator(chunk_size=20)
        if content_hash(content.values) != content.content_hash
    ]
    if failures or pointer is None:
        return failures
    shown = {(*row_key(row), row.value) for row in PolicyInForce.objects.all()}
    if shown != {(*value.key, value.value) for value in values_of(pointer.calibration_id)}:
        failures.append("the list of policy values does not show the calibration that counts")
    return failures
