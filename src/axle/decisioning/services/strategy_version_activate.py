"""Putting a compiled version into force from a date on."""

from datetime import date

from axle.decisioning.errors import EffectiveDateOverlaps, EffectiveDatePassed, StrategyVersionNotCompiled
from axle.decisioning.events import StrategyActivated
from axle.decisioning.models import Strategy, StrategyState, StrategyVersion
from axle.decisioning.services.locking import version_locked
from axle.decisioning.services.strategy_version_compile import findings_of
from axle.platform.public import Actor, publish, track


def strategy_version_activate(
    *, actor: Actor, version_id: int, effective_from: date, business_on: date
) -> StrategyVersion:
    """Make a version answer from ``effective_from``; its predecessor is retired on that day.

    The version is compiled and its golden cases are run once more: what was compiled with an older engine
    must hold now.
    Errors: NotFound, StrategyVersionNotCompiled, EffectiveDatePassed, EffectiveDateOverlaps.
    """
    version = track(version_locked(version_id))
    Strategy.objects.select_for_update().get(pk=version.strategy_id)
    if version.state != StrategyState.COMPILED or findings_of(version.content, version.content_hash):
        raise StrategyVersionNotCompiled(version_no=version.version_no)
    if effective_from < business_on:
        raise EffectiveDatePassed(field="effective_from", business_on=business_on)
    _predecessor_retire(version, effective_from)
    version.state = StrategyState.ACTIVE
    version.effective_from = effective_from
    version.activated_by = actor.name
    version.save(update_fields=["state", "effective_from", "activated_by"])
    publish(StrategyActivated(version.strategy.code, version.pk, version.version_no, effective_from))
    return version


def _predecessor_retire(version: StrategyVersion, effective_from: date) -> None:
    actives = StrategyVersion.objects.select_for_update().filter(
        strategy=version.strategy_id, state=StrategyState.ACTIVE
    )
    for active in actives:
        if active.effective_from is not None and active.effective_from > effective_from:
            raise EffectiveDateOverlaps(field="effective_from", version_no=active.version_no)
        track(active).state = StrategyState.RETIRED
        active.retired_on = effective_from
        active.save(update_fields=["state", "retired_on"])
