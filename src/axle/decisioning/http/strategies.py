"""Strategies and their versions: upload, compile, activate, retire, read."""

from typing import Any

from axle.decisioning import permissions, selectors
from axle.decisioning.http.base import api
from axle.decisioning.http.schemas import (
    StrategyCreateIn,
    StrategyOut,
    StrategyVersionCreateIn,
    StrategyVersionDetail,
    StrategyVersionIn,
    StrategyVersionOut,
)
from axle.decisioning.models import StrategyState, StrategyVersion
from axle.decisioning.services.strategy_create import strategy_create
from axle.decisioning.services.strategy_version_activate import strategy_version_activate
from axle.decisioning.services.strategy_version_compile import strategy_version_compile
from axle.decisioning.services.strategy_version_create import strategy_version_create
from axle.decisioning.services.strategy_version_retire import strategy_version_retire
from axle.platform.http import VersionRoutes, version_fields, version_origin
from axle.platform.public import Actor, Ctx, available_commands, name_shown

_ACTIONS: dict[str, tuple[str, ...]] = {
    StrategyState.DRAFT: ("strategy_version_compile", "decision_try"),
    StrategyState.COMPILED: ("strategy_version_activate", "strategy_trial_begin", "backtest_begin", "decision_try"),
    StrategyState.ACTIVE: ("strategy_version_retire", "backtest_begin", "decision_try"),
    StrategyState.RETIRED: ("strategy_trial_begin", "backtest_begin", "decision_try"),
}


def _version_out(actor: Actor, version: StrategyVersion) -> StrategyVersionOut:
    actions = available_commands(actor, *_ACTIONS[version.state])
    return StrategyVersionOut(
        **version_fields(version, actions),
        strategy=version.strategy.code,
        strategy_name=name_shown(version.strategy),
        state=StrategyState(version.state),
        compile_findings=version.findings,
        compile_warnings=version.warnings,
    )


def _compared(version: StrategyVersion) -> dict[str, Any]:
    content = version.content
    return {
        "graph": content.graph,
        "input_contract": content.contract,
        "rules": content.rules,
        "cases": content.cases,
        "policy": content.policy,
    }


VersionRoutes(
    api=api,
    kind=selectors.VERSIONS,
    view=permissions.STRATEGY_VIEW,
    manage=permissions.STRATEGY_ACTIVATE,
    output=StrategyVersionOut,
    present=_version_out,
    content=_compared,
    activate=strategy_version_activate,
    retire=strategy_version_retire,
).offer()
api.history(
    "strategy_version",
    "/strategy-versions",
    permission=permissions.STRATEGY_VIEW,
    find=lambda actor, version_id: selectors.version_get(version_id),
)


@api.command("strategy_create", permission=permissions.STRATEGY_EDIT, subject="strategy")
def _strategy_create(ctx: Ctx, data: StrategyCreateIn) -> StrategyOut:
    names = {"code": data.code, "name_zh": data.name_zh, "name_en": data.name_en}
    strategy = strategy_create(actor=ctx.actor, owner=data.owner_team, **names)
    return StrategyOut(id=strategy.pk, code=strategy.code)


@api.command("strategy_version_create", permission=permissions.STRATEGY_EDIT, subject="strategy_version")
def _version_create(ctx: Ctx, data: StrategyVersionCreateIn) -> StrategyVersionOut:
    version = strategy_version_create(
        actor=ctx.actor,
        strategy=data.strategy,
        graph=data.graph,
        contract=data.input_contract,
        rules=data.rules,
        cases=data.cases,
        policy=data.policy,
        note=data.note,
    )
    return _version_out(ctx.actor, version)


@api.command("strategy_version_compile", permission=permissions.STRATEGY_EDIT, subject="strategy_version")
def _version_compile(ctx: Ctx, data: StrategyVersionIn) -> StrategyVersionOut:
    version = strategy_version_compile(actor=ctx.actor, version_id=data.strategy_version_id)
    return _version_out(ctx.actor, version)


@api.query("strategy_version_get", "/strategy-versions/{version_id}", permission=permissions.STRATEGY_VIEW)
def _version_get(actor: Actor, version_id: int) -> StrategyVersionDetail:
    version = selectors.version_get(version_id)
    content = version.content
    return StrategyVersionDetail(
        **_version_out(actor, version).model_dump(),
        **version_origin(version, selectors.VERSIONS.previous(version)),
        compiled_at=version.compiled_at,
        content_hash=version.content_hash,
        graph=content.graph,
        input_contract=content.contract,
        rules=content.rules,
        cases=content.cases,
        policy=content.policy,
    )
