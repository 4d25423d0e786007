"""Which version answers an application, and which runs beside it."""

from dataclasses import dataclass
from datetime import date

from axle.decisioning.domain.assignment import is_assigned
from axle.decisioning.models import StrategyTrial, StrategyVersion, TrialKind
from axle.decisioning.selectors import trials_running, version_in_force
from axle.platform.public import blind_index


@dataclass(frozen=True)
class Assignment:
    """The version that answers; the challenger that runs, be the case its own or not; the shadow of the case."""

    version: StrategyVersion | None
    challenger: StrategyTrial | None = None
    shadow: StrategyTrial | None = None


def trial_assign(strategy: str, *, case_no: str, on: date) -> Assignment:
    """Assign a case by its number; one without a number is answered by the version in force."""
    champion = version_in_force(strategy, on)
    if champion is None or not case_no:
        return Assignment(champion)
    running = {trial.kind: trial for trial in trials_running(strategy)}
    challenger, shadow = running.get(TrialKind.CHALLENGER), running.get(TrialKind.SHADOW)
    return Assignment(
        version=challenger.version if challenger and is_of_trial(challenger, case_no) else champion,
        challenger=challenger,
        shadow=shadow if shadow and is_of_trial(shadow, case_no) else None,
    )


def is_of_trial(trial: StrategyTrial, case_no: str) -> bool:
    """Whether a trial gets the case of a number."""
    return is_assigned(blind_index(f"{trial.trial_no}|{case_no}"), trial.share_rate)
