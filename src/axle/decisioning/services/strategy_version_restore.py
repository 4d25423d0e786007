"""Going back to a version of a strategy that was in force."""

from datetime import date

from django.utils import timezone

from axle.decisioning.errors import StrategyVersionNeverInForce
from axle.decisioning.models import StrategyState, StrategyVersion
from axle.decisioning.selectors import VERSIONS
from axle.decisioning.services.strategy_content_read import rules_keep, strategy_content_read
from axle.decisioning.services.strategy_version_activate import strategy_version_activate
from axle.platform.public import Actor


def strategy_version_restore(
    *, actor: Actor, version_id: int, effective_from: date, business_on: date
) -> StrategyVersion:
    """Let the next copy of a retired version answer from ``effective_from``; its golden cases are run once more.

    Policy values stay as they are: they have a way back of their own.
    Errors: NotFound, StrategyVersionNeverInForce, those of ``strategy_version_activate``.
    """
    old = VERSIONS.locked(version_id)
    if old.state != StrategyState.RETIRED:
        raise StrategyVersionNeverInForce(version_no=old.version_no)
    kept = old.content
    read = strategy_content_read(
        graph=kept.graph, contract=kept.contract, rules=kept.rules, cases=kept.cases, policy=kept.policy
    )
    note = f"↩ {old.version_no}"
    copy = VERSIONS.draft(actor=actor, owner=old.strategy, note=note, warnings=old.warnings, **read.facts)
    read.content.version = copy
    read.content.save(force_insert=True)
    rules_keep(copy, read.catalogue)
    copy.state, copy.compiled_at = StrategyState.COMPILED, timezone.now()
    copy.save(update_fields=["state", "compiled_at"])
    return strategy_version_activate(
        actor=actor, version_id=copy.pk, effective_from=effective_from, business_on=business_on
    )
