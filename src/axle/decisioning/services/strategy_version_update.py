"""Changing a draft version of a strategy."""

from collections.abc import Mapping, Sequence
from typing import Any

from axle.decisioning.errors import StrategyVersionNotDraft
from axle.decisioning.models import StrategyState, StrategyVersion
from axle.decisioning.selectors import VERSIONS
from axle.decisioning.services.strategy_content_read import rules_keep, strategy_content_read
from axle.decisioning.services.strategy_version_compile import content_examine
from axle.platform.errors import StaleVersion
from axle.platform.public import Actor, track


def strategy_version_update(
    *,
    actor: Actor,
    version_id: int,
    revision: int,
    graph: Mapping[str, Any],
    contract: Mapping[str, Any],
    rules: Sequence[Mapping[str, Any]],
    cases: Sequence[Mapping[str, Any]],
    policy: Mapping[str, Any] | None = None,
    note: str = "",
) -> StrategyVersion:
    """Replace the content of a draft that is still as the person saw it, and tell what forbids publishing it.

    It stays a draft whatever is found; compiling is an act of its own.
    Errors: NotFound, StrategyVersionNotDraft, StaleVersion, StrategyContentInvalid, PolicyParameterDiffers.
    """
    version = track(VERSIONS.locked(version_id))
    if version.state != StrategyState.DRAFT:
        raise StrategyVersionNotDraft(version_no=version.version_no)
    if version.revision != revision:
        raise StaleVersion()
    read = strategy_content_read(graph=graph, contract=contract, rules=rules, cases=cases, policy=policy or {})
    version.content = read.content
    read.content.save(force_update=True)
    rules_keep(version, read.catalogue)
    version.note, version.revision = note, revision + 1
    facts = read.facts | content_examine(read.content, read.facts["content_hash"])
    for name, value in facts.items():
        setattr(version, name, value)
    version.save(update_fields=["note", "revision", *facts])
    return version
