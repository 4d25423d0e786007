"""Ending a trial: by a person, or because its version answers for all applications now."""

from django.utils import timezone

from axle.decisioning.errors import StrategyTrialOver
from axle.decisioning.models import StrategyTrial, StrategyVersion
from axle.platform.errors import NotFound
from axle.platform.public import Actor, track


def strategy_trial_end(*, actor: Actor, trial_id: int) -> StrategyTrial:
    """Let the version in force answer all applications again. Errors: NotFound, StrategyTrialOver."""
    trial = StrategyTrial.objects.select_for_update().filter(pk=trial_id).first()
    if trial is None:
        raise NotFound(what="strategy_trial")
    if trial.ended_at is not None:
        raise StrategyTrialOver(trial_no=trial.trial_no)
    return _end(actor, trial)


def trials_of_version_end(*, actor: Actor, version: StrategyVersion) -> None:
    """End what runs of a version that is put into force."""
    for trial in StrategyTrial.objects.select_for_update().filter(version=version, ended_at=None):
        _end(actor, trial)


def _end(actor: Actor, trial: StrategyTrial) -> StrategyTrial:
    track(trial).ended_at, trial.ended_by = timezone.now(), actor.name
    trial.save(update_fields=["ended_at", "ended_by"])
    return trial
