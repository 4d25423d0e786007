"""Taking an active version out of use."""

from datetime import date

from axle.decisioning.models import StrategyVersion
from axle.decisioning.selectors import VERSIONS
from axle.platform.public import Actor


def strategy_version_retire(*, actor: Actor, version_id: int, retired_on: date, business_on: date) -> StrategyVersion:
    """Stop a version from answering from ``retired_on``; without a successor its cases go to a person.

    Errors: those of ``Versioned.retire``.
    """
    return VERSIONS.retire(version_id=version_id, retired_on=retired_on, business_on=business_on)
