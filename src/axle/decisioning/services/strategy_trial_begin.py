"""Letting a version run beside the one in force: as a challenger for a share of the applications, or as a shadow."""

from datetime import date
from decimal import Decimal

from axle.decisioning.domain.contract import contract_parse
from axle.decisioning.errors import StrategyTrialNotBeside, StrategyTrialRunning, StrategyVersionNotCompiled
from axle.decisioning.live import policy_parse
from axle.decisioning.models import StrategyState, StrategyTrial, TrialKind
from axle.decisioning.score_live import scorecard_check
from axle.decisioning.selectors import VERSIONS, trials_running, version_in_force
from axle.decisioning.services.calibration_activate import calibration_begin
from axle.decisioning.services.strategy_version_compile import findings_of
from axle.platform.public import Actor, created, next_no


def strategy_trial_begin(
    *, actor: Actor, version_id: int, kind: TrialKind, share_rate: Decimal, note: str, business_on: date
) -> StrategyTrial:
    """Let a version that has compiled run beside the one in force, from now on.

    The policy values that it brings count from now on for parameters that the institution has not set itself.
    Errors: NotFound, StrategyVersionNotCompiled, StrategyTrialNotBeside when no other version is in force,
    StrategyTrialRunning when one of its kind runs already, those of ``scorecard_check``.
    """
    version = VERSIONS.locked(version_id)
    if version.state == StrategyState.DRAFT or findings_of(version.content, version.content_hash):
        raise StrategyVersionNotCompiled(version_no=version.version_no)
    champion = version_in_force(version.strategy.code, business_on)
    if champion is None or champion.pk == version.pk:
        raise StrategyTrialNotBeside(version_no=version.version_no)
    running = next((trial for trial in trials_running(version.strategy.code) if trial.kind == kind), None)
    if running is not None:
        raise StrategyTrialRunning(trial_no=running.trial_no)
    scorecard_check(contract_parse(version.content.contract), business_on)
    note_of_values = f"{version.strategy.code} {version.version_no}"
    _, values = policy_parse(version.content.policy)
    calibration_begin(actor=actor, values=values, note=note_of_values, business_on=business_on)
    return created(
        StrategyTrial.objects.create(
            trial_no=next_no("SY", on=business_on),
            strategy=version.strategy,
            version=version,
            kind=kind,
            share_rate=share_rate,
            note=note,
            begun_by=actor.name,
        )
    )
