"""Beginning a back-test: the decisions of a period, cut into parts that workers try side by side."""

from datetime import date

from django.db.models import QuerySet

from axle.decisioning.errors import (
    BackTestWithoutCases,
    CalibrationBaseMoved,
    CalibrationNotDraft,
    StrategyVersionNotCompiled,
)
from axle.decisioning.models import (
    BackTest,
    BackTestPart,
    CalibrationState,
    DecisionRecord,
    PolicyCalibration,
    StrategyState,
    StrategyVersion,
)
from axle.decisioning.policy_live import pointer_in_force
from axle.decisioning.selectors import VERSIONS
from axle.platform.errors import NotFound
from axle.platform.public import Actor, created, next_no

PART = 1000
_TRIABLE = (CalibrationState.DRAFT, CalibrationState.PREVIEWING, CalibrationState.PREVIEWED)


def backtest_begin(
    *, actor: Actor, version_id: int, calibration_id: int | None, since: date, until: date, business_on: date
) -> BackTest:
    """Lay out a back-test of a version over what its strategy decided from ``since`` to ``until``, both included.

    With a calibration it is by the values that this would make count. The parts are still to be tried.

    Errors: NotFound, StrategyVersionNotCompiled, CalibrationNotDraft, CalibrationBaseMoved, BackTestWithoutCases.
    """
    version = VERSIONS.get(version_id)
    if version.state == StrategyState.DRAFT:
        raise StrategyVersionNotCompiled(version_no=version.version_no)
    calibration = _calibration(calibration_id)
    keys = _keys(version, since, until)
    if not keys:
        raise BackTestWithoutCases(field="since", since=since, until=until)
    backtest = created(
        BackTest.objects.create(
            backtest_no=next_no("HC", on=business_on),
            strategy=version.strategy,
            version=version,
            calibration=calibration,
            since=since,
            until=until,
            business_on=business_on,
            case_count=len(keys),
            begun_by=actor.name,
        )
    )
    stretches = (keys[first : first + PART] for first in range(0, len(keys), PART))
    BackTestPart.objects.bulk_create(
        BackTestPart(backtest=backtest, first_id=part[0], last_id=part[-1], case_count=len(part)) for part in stretches
    )
    return backtest


def backtest_rows(backtest: BackTest, part: BackTestPart) -> QuerySet[DecisionRecord]:
    """The decisions of a part."""
    rows = _decisions(backtest.strategy.code, backtest.since, backtest.until)
    return rows.filter(pk__gte=part.first_id, pk__lte=part.last_id).order_by("pk")


def _keys(version: StrategyVersion, since: date, until: date) -> list[int]:
    return list(_decisions(version.strategy.code, since, until).order_by("pk").values_list("pk", flat=True))


def _decisions(strategy: str, since: date, until: date) -> QuerySet[DecisionRecord]:
    return DecisionRecord.objects.filter(strategy_code=strategy, business_on__gte=since, business_on__lte=until)


def _calibration(calibration_id: int | None) -> PolicyCalibration | None:
    if calibration_id is None:
        return None
    calibration = PolicyCalibration.objects.filter(pk=calibration_id).first()
    if calibration is None:
        raise NotFound(what="policy_calibration")
    if calibration.state not in _TRIABLE:
        raise CalibrationNotDraft(calibration_no=calibration.calibration_no)
    pointer = pointer_in_force()
    if calibration.base_id != (pointer.calibration_id if pointer else None):
        raise CalibrationBaseMoved(calibration_no=calibration.calibration_no)
    return calibration
