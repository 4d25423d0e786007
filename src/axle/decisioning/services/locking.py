"""Taking a version for a change."""

from axle.decisioning.models import StrategyVersion
from axle.platform.errors import NotFound


def version_locked(version_id: int) -> StrategyVersion:
    """The version, locked until the end of the transaction. Errors: NotFound."""
    version = StrategyVersion.objects.select_for_update().filter(pk=version_id).first()
    if version is None:
        raise NotFound(what="strategy_version")
    return version
