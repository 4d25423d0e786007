"""Trying a drafted calibration on past cases before it may count."""

import time
from datetime import date

from django.db import transaction
from django.utils import timezone

from axle.decisioning.domain.policy import Resolver, values_changed
from axle.decisioning.domain.preview import Preview
from axle.decisioning.errors import CalibrationNotDraft
from axle.decisioning.live import StrategyUnusable
from axle.decisioning.models import CalibrationState, DecisionRecord, PolicyCalibration
from axle.decisioning.parameters import PREVIEW_CASES
from axle.decisioning.policy_live import values_of
from axle.decisioning.selectors import version_in_force
from axle.decisioning.services.calibration_activate import calibration_locked
from axle.decisioning.services.calibration_draft import changes_lay_over, changes_of
from axle.decisioning.services.cases_again import Again, again_with, cases_streamed
from axle.platform.public import business_date, parameter_value, track

_OPEN = (CalibrationState.DRAFT, CalibrationState.PREVIEWED)


def calibration_preview_begin(*, calibration_id: int) -> PolicyCalibration:
    """Lay a draft over the values that count now and have it tried. Errors: NotFound, CalibrationNotDraft."""
    calibration, standing = calibration_locked(calibration_id)
    if calibration.state not in _OPEN:
        raise CalibrationNotDraft(calibration_no=calibration.calibration_no)
    track(calibration).state = CalibrationState.PREVIEWING
    base_id = standing.pk if standing else None
    if calibration.base_id != base_id:
        changes_lay_over(calibration, base_id)
    calibration.base_id = base_id
    calibration.preview = None
    calibration.save(update_fields=["state", "base", "preview"])
    return calibration


def calibration_preview(calibration_id: int) -> None:
    """Try a calibration that waits for it on the latest cases; run again, it does nothing more.

    When other values were activated meanwhile it is a draft again, to be tried anew.
    """
    calibration = PolicyCalibration.objects.filter(pk=calibration_id, state=CalibrationState.PREVIEWING).first()
    if calibration is None:
        return
    started = time.monotonic()
    figures = _figures(calibration, business_date()).stored()
    figures["seconds"] = round(time.monotonic() - started, 1)
    with transaction.atomic():
        locked, standing = calibration_locked(calibration_id)
        if locked.state != CalibrationState.PREVIEWING:
            return
        is_current = locked.base_id == (standing.pk if standing else None)
        track(locked).state = CalibrationState.PREVIEWED if is_current else CalibrationState.DRAFT
        locked.preview, locked.previewed_at = figures, timezone.now()
        locked.save(update_fields=["state", "preview", "previewed_at"])


def _figures(calibration: PolicyCalibration, on: date) -> Preview:
    standing = values_of(calibration.base_id)
    before = Resolver(standing, on=on, calibration_id=calibration.base_id)
    after = Resolver(values_changed(standing, changes_of(calibration)), on=on)
    tried = _Trial(before, after, on)
    latest = DecisionRecord.objects.exclude(policy={}).order_by("-pk")[: parameter_value(PREVIEW_CASES.code)]
    for record in cases_streamed(latest):
        tried.take(record)
    return tried.figures


class _Trial:
    """Decides cases twice, with the version that answers now: with the values that count, and with those to be."""

    def __init__(self, before: Resolver, after: Resolver, on: date) -> None:
        self.figures = Preview()
        self._before, self._after, self._on = before, after, on
        self._versions: dict[str, Again | None] = {}

    def take(self, record: DecisionRecord) -> None:
        again = self._again(record.strategy_code)
        inputs = again.told(record) if again else None
        if again is None or inputs is None:
            self.figures.skip()
            return
        old, new = (again.policy_found(inputs, resolver) for resolver in (self._before, self._after))
        if old == new:
            self.figures.leave()
            return
        before = again.decided(record, old) or again.decide(record, inputs, old)
        self.figures.add(record.pk, record.record_no, before, again.decide(record, inputs, new))

    def _again(self, code: str) -> Again | None:
        if code not in self._versions:
            version = version_in_force(code, self._on)
            try:
                self._versions[code] = again_with(version, self._on) if version else None
            except StrategyUnusable:
                self._versions[code] = None
        return self._versions[code]
