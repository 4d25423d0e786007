"""Strategies and their versions: upload, compile, activate, retire, read."""

from typing import Any

from axle.decisioning import permissions, selectors
from axle.decisioning.http.base import api
from axle.decisioning.http.schemas import (
    StrategyCreateIn,
    StrategyOut,
    StrategyVersionActivateIn,
    StrategyVersionCreateIn,
    StrategyVersionDetail,
    StrategyVersionIn,
    StrategyVersionOut,
    StrategyVersionRetireIn,
)
from axle.decisioning.models import StrategyState, StrategyVersion
from axle.decisioning.services.strategy_create import strategy_create
from axle.decisioning.services.strategy_version_activate import strategy_version_activate
from axle.decisioning.services.strategy_version_compile import strategy_version_compile
from axle.decisioning.services.strategy_version_create import strategy_version_create
from axle.decisioning.services.strategy_version_retire import strategy_version_retire
from axle.platform.public import Actor, Ctx, available_commands

_ACTIONS: dict[str, tuple[str, ...]] = {
    StrategyState.DRAFT: ("strategy_version_compile", "decision_try"),
    StrategyState.COMPILED: ("strategy_version_activate", "decision_try"),
    StrategyState.ACTIVE: ("strategy_version_retire", "decision_try"),
    StrategyState.RETIRED: ("decision_try",),
}


def _version_fields(actor: Actor, version: StrategyVersion) -> dict[str, Any]:
    return {
        "id": version.pk,
        "strategy": version.strategy.code,
        "version_no": version.version_no,
        "state": version.state,
        "effective_from": version.effective_from,
        "retired_on": version.retired_on,
        "compile_findings": version.findings,
        "actions": available_commands(actor, *_ACTIONS[version.state]),
    }


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
        note=data.note,
    )
    return StrategyVersionOut(**_version_fields(ctx.actor, version))


@api.command("strategy_version_compile", permission=permissions.STRATEGY_EDIT, subject="strategy_version")
def _version_compile(ctx: Ctx, data: StrategyVersionIn) -> StrategyVersionOut:
    version = strategy_version_compile(actor=ctx.actor, version_id=data.strategy_version_id)
    return StrategyVersionOut(**_version_fields(ctx.actor, version))


@api.command("strategy_version_activate", permission=permissions.STRATEGY_ACTIVATE, subject="strategy_version")
def _version_activate(ctx: Ctx, data: StrategyVersionActivateIn) -> StrategyVersionOut:
    version = strategy_version_activate(
        actor=ctx.actor,
        version_id=data.strategy_version_id,
        effective_from=data.effective_from,
        business_on=ctx.business_on,
    )
    return StrategyVersionOut(**_version_fields(ctx.actor, version))


@api.command("strategy_version_retire", permission=permissions.STRATEGY_ACTIVATE, subject="strategy_version")
def _version_retire(ctx: Ctx, data: StrategyVersionRetireIn) -> StrategyVersionOut:
    version = strategy_version_retire(
        actor=ctx.actor,
        version_id=data.strategy_version_id,
        retired_on=data.retired_on,
        business_on=ctx.business_on,
    )
    return StrategyVersionOut(**_version_fields(ctx.actor, version))


@api.query("strategy_version_get", "/strategy-versions/{version_id}", permission=permissions.STRATEGY_VIEW)
def _version_get(actor: Actor, version_id: int) -> StrategyVersionDetail:
    version = selectors.version_get(version_id)
    content = version.content
    return StrategyVersionDetail(
        **_version_fields(actor, version),
        note=version.note,
        drafted_by=version.created_by,
        created_at=version.created_at,
        compiled_at=version.compiled_at,
        activated_by=version.activated_by,
        content_hash=version.content_hash,
        graph=content.graph,
        input_contract=content.contract,
        rules=content.rules,
        cases=content.cases,
    )
