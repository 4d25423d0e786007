"""Putting a compiled version into force from a date on."""

from datetime import date

from axle.decisioning.domain.contract import contract_parse
from axle.decisioning.errors import StrategyVersionNotCompiled
from axle.decisioning.events import StrategyActivated
from axle.decisioning.live import policy_parse
from axle.decisioning.models import StrategyVersion
from axle.decisioning.score_live import scorecard_check
from axle.decisioning.selectors import VERSIONS
from axle.decisioning.services.calibration_activate import calibration_begin
from axle.decisioning.services.policy_parameters_declare import policy_bounds_settle
from axle.decisioning.services.strategy_trial_end import trials_of_version_end
from axle.decisioning.services.strategy_version_compile import findings_of
from axle.platform.public import Actor, publish


def strategy_version_activate(
    *, actor: Actor, version_id: int, effective_from: date, business_on: date
) -> StrategyVersion:
    """Make a version answer from ``effective_from``; its predecessor is retired on that day.

    The policy values that it brings count from now on for parameters that the institution has not set itself. A trial
    of it ends.
    Errors: those of ``Versioned.activate``, StrategyVersionNotCompiled, those of ``scorecard_check``.
    """

    def check(version: StrategyVersion) -> None:
        _compiles_today(version)
        scorecard_check(contract_parse(version.content.contract), effective_from)

    version = VERSIONS.activate(
        actor=actor,
        version_id=version_id,
        effective_from=effective_from,
        business_on=business_on,
        check=check,
    )
    contract, (_, values) = contract_parse(version.content.contract), policy_parse(version.content.policy)
    policy_bounds_settle(contract.policy)
    note = f"{version.strategy.code} {version.version_no}"
    calibration_begin(actor=actor, values=values, note=note, business_on=business_on)
    trials_of_version_end(actor=actor, version=version)
    publish(StrategyActivated(version.strategy.code, version.pk, version.version_no, effective_from))
    return version


def _compiles_today(version: StrategyVersion) -> None:
    """Compile it and run its golden cases once more: what an older engine compiled must hold now."""
    if findings_of(version.content, version.content_hash):
        raise StrategyVersionNotCompiled(version_no=version.version_no)
