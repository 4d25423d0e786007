"""Facts that decisioning tells."""

from dataclasses import dataclass
from datetime import date

from axle.platform.public import Subject


@dataclass(frozen=True)
class StrategyActivated:
    """A version answers for its strategy from ``effective_from`` on."""

    strategy: str
    version_id: int
    version_no: int
    effective_from: date


@dataclass(frozen=True)
class DecisionMade:
    """A case was decided: ``outcome`` is approve, refer or decline."""

    record_id: int
    strategy: str
    subject: Subject
    outcome: str


@dataclass(frozen=True)
class CalibrationActivated:
    """Other policy values count from now on: a calibration for the first time, or an earlier one again."""

    calibration_id: int
    calibration_no: str
    is_rollback: bool


@dataclass(frozen=True)
class MarketFeedTaken:
    """The prices of a day are known: ``moved_count`` series and regions moved by more than the trigger."""

    feed_id: int
    feed_no: str
    observed_on: date
    moved_count: int
