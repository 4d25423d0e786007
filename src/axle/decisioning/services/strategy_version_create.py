"""Storing a new draft version of a strategy."""

from collections.abc import Mapping, Sequence
from typing import Any

from axle.decisioning.errors import StrategyUnknown
from axle.decisioning.models import Strategy, StrategyVersion
from axle.decisioning.selectors import VERSIONS
from axle.decisioning.services.strategy_content_read import rules_keep, strategy_content_read
from axle.decisioning.services.strategy_version_compile import content_examine
from axle.platform.public import Actor


def strategy_version_create(
    *,
    actor: Actor,
    strategy: str,
    graph: Mapping[str, Any],
    contract: Mapping[str, Any],
    rules: Sequence[Mapping[str, Any]],
    cases: Sequence[Mapping[str, Any]],
    policy: Mapping[str, Any] | None = None,
    note: str = "",
) -> StrategyVersion:
    """Store a draft with its nulls normalised, and tell what forbids publishing it.

    ``policy`` holds scenarios, and the policy values that the golden cases are told with.
    Errors: StrategyUnknown, StrategyContentInvalid, PolicyParameterDiffers.
    """
    owner = Strategy.objects.select_for_update().filter(code=strategy).first()
    if owner is None:
        raise StrategyUnknown(field="strategy", code=strategy)
    read = strategy_content_read(graph=graph, contract=contract, rules=rules, cases=cases, policy=policy or {})
    found = content_examine(read.content, read.facts["content_hash"])
    version = VERSIONS.draft(actor=actor, owner=owner, note=note, **read.facts, **found)
    read.content.version = version
    read.content.save(force_insert=True)
    rules_keep(version, read.catalogue)
    return version
