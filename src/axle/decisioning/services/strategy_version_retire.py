"""Taking an active version out of use."""

from datetime import date

from axle.decisioning.errors import EffectiveDatePassed, StrategyVersionNotActive
from axle.decisioning.models import StrategyState, StrategyVersion
from axle.decisioning.services.locking import version_locked
from axle.platform.public import Actor, track


def strategy_version_retire(*, actor: Actor, version_id: int, retired_on: date, business_on: date) -> StrategyVersion:
    """Stop a version from answering from ``retired_on``; without a successor its cases go to a person.

    Errors: NotFound, StrategyVersionNotActive, EffectiveDatePassed.
    """
    version = track(version_locked(version_id))
    if version.state != StrategyState.ACTIVE:
        raise StrategyVersionNotActive(version_no=version.version_no)
    if retired_on < business_on:
        raise EffectiveDatePassed(field="retired_on", business_on=business_on)
    version.state = StrategyState.RETIRED
    version.retired_on = retired_on
    version.save(update_fields=["state", "retired_on"])
    return version
