"""The scorecard that a strategy reads: the version in force on a date, looked up once for many cases."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from axle.decisioning.domain.contract import InputContract
from axle.decisioning.domain.evaluation import LiveStrategy
from axle.decisioning.domain.faults import Fault, FaultCode
from axle.decisioning.domain.score_stage import ScoreBlock, ScoreFailed, Scorer, Told, lacking
from axle.decisioning.errors import StrategyScorecardLacking, StrategyScorecardNotInForce
from axle.kernel.errors import AxleError
from axle.scoring.errors import ScoreInputInvalid
from axle.scoring.public import ScorecardInForce, scorecard_in_force

_ABSENT = "absent"


def scorer_in_force(strategy: LiveStrategy, on: date) -> Scorer | ScoreBlock | None:
    """What scores for a strategy on a date, or the fault for which nothing does; None where no scorecard is read."""
    stage = strategy.contract.scorecard
    if stage is None:
        return None
    try:
        found = scorecard_in_force(stage.code, on)
    except (AxleError, ValueError) as error:
        return ScoreBlock(faults=(_broken(error),))
    return _Scorer(found) if found else ScoreBlock()


class _Scorer:
    """One version of a scorecard, asked about cases."""

    def __init__(self, scorecard: ScorecardInForce) -> None:
        self._scorecard = scorecard

    def __call__(self, case: Told) -> Mapping[str, Any]:
        try:
            return self._scorecard.score(case).stored()
        except ScoreInputInvalid as refused:
            is_absent = refused.params["reason"] == _ABSENT
            code = FaultCode.SCORE_INPUT_MISSING if is_absent else FaultCode.SCORE_INPUT_WRONG
            raise ScoreFailed(Fault(code, refused.params["name"])) from refused
        except (AxleError, ArithmeticError, LookupError, ValueError) as error:
            raise ScoreFailed(_broken(error)) from error


def scorecard_check(contract: InputContract, on: date) -> None:
    """Refuse a strategy whose scorecard does not score on a date, or asks for what the strategy does not tell.

    Errors: StrategyScorecardNotInForce, StrategyScorecardLacking, ScorecardVersionChanged.
    """
    stage = contract.scorecard
    if stage is None:
        return
    found = scorecard_in_force(stage.code, on)
    if found is None:
        raise StrategyScorecardNotInForce(scorecard=stage.code, on=on)
    names = sorted(lacking(stage, stage.kinds(contract.inputs), found.asked()))
    if names:
        raise StrategyScorecardLacking(scorecard=stage.code, version_no=found.version_no, names=", ".join(names))


def _broken(error: Exception) -> Fault:
    return Fault(FaultCode.SCORECARD_BROKEN, "scorecard", f"{type(error).__name__}: {error}"[:200])
