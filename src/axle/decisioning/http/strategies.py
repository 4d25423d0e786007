"""Strategies and their versions: upload, compile, activate, retire, read."""

from typing import Any

from axle.decisioning import permissions, selectors
from axle.decisioning.domain.graph_changes import GraphChange, graph_changes
from axle.decisioning.http.base import api
from axle.decisioning.http.finding_words import finding_out
from axle.decisioning.http.schemas import (
    GraphChangeOut,
    GraphChangesOut,
    StrategyContentIn,
    StrategyCreateIn,
    StrategyOut,
    StrategyVersionCreateIn,
    StrategyVersionDetail,
    StrategyVersionIn,
    StrategyVersionOut,
    StrategyVersionRestoreIn,
    StrategyVersionUpdateIn,
)
from axle.decisioning.models import StrategyState, StrategyVersion
from axle.decisioning.services.strategy_create import strategy_create
from axle.decisioning.services.strategy_version_activate import strategy_version_activate
from axle.decisioning.services.strategy_version_compile import strategy_version_compile
from axle.decisioning.services.strategy_version_create import strategy_version_create
from axle.decisioning.services.strategy_version_restore import strategy_version_restore
from axle.decisioning.services.strategy_version_retire import strategy_version_retire
from axle.decisioning.services.strategy_version_update import strategy_version_update
from axle.platform.http import VersionRoutes, version_fields, version_origin
from axle.platform.public import Actor, Ctx, available_commands, name_shown, text

_ACTIONS: dict[str, tuple[str, ...]] = {
    StrategyState.DRAFT: (
        "strategy_version_compile",
        "strategy_version_update",
        "strategy_version_create",
        "decision_try",
    ),
    StrategyState.COMPILED: (
        "strategy_version_activate",
        "strategy_trial_begin",
        "backtest_begin",
        "strategy_version_create",
        "decision_try",
    ),
    StrategyState.ACTIVE: ("strategy_version_create", "strategy_version_retire", "backtest_begin", "decision_try"),
    StrategyState.RETIRED: (
        "strategy_version_restore",
        "strategy_trial_begin",
        "backtest_begin",
        "strategy_version_create",
        "decision_try",
    ),
}


def _version_out(actor: Actor, version: StrategyVersion) -> StrategyVersionOut:
    actions = available_commands(actor, *_ACTIONS[version.state])
    return StrategyVersionOut(
        **version_fields(version, actions),
        strategy=version.strategy.code,
        strategy_name=name_shown(version.strategy),
        state=StrategyState(version.state),
        revision=version.revision,
        compile_findings=[finding_out(finding) for finding in version.findings],
        compile_warnings=[finding_out(warning) for warning in version.warnings],
    )


def _content(data: StrategyContentIn) -> dict[str, Any]:
    return {
        "graph": data.graph,
        "contract": data.input_contract,
        "rules": data.rules,
        "cases": data.cases,
        "policy": data.policy,
        "note": data.note,
    }


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
    version = strategy_version_create(actor=ctx.actor, strategy=data.strategy, **_content(data))
    return _version_out(ctx.actor, version)


@api.command("strategy_version_update", permission=permissions.STRATEGY_EDIT, subject="strategy_version")
def _version_update(ctx: Ctx, data: StrategyVersionUpdateIn) -> StrategyVersionOut:
    version = strategy_version_update(
        actor=ctx.actor, version_id=data.strategy_version_id, revision=data.revision, **_content(data)
    )
    return _version_out(ctx.actor, version)


@api.command("strategy_version_restore", permission=permissions.STRATEGY_ACTIVATE, subject="strategy_version")
def _version_restore(ctx: Ctx, data: StrategyVersionRestoreIn) -> StrategyVersionOut:
    version = strategy_version_restore(
        actor=ctx.actor,
        version_id=data.strategy_version_id,
        effective_from=data.effective_from,
        business_on=ctx.business_on,
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


@api.query(
    "strategy_version_changes", "/strategy-versions/{version_id}/graph-changes", permission=permissions.STRATEGY_VIEW
)
def _version_changes(actor: Actor, version_id: int, against: int | None = None) -> GraphChangesOut:
    version = selectors.version_get(version_id)
    other = selectors.version_get(against) if against else selectors.VERSIONS.previous(version)
    found = graph_changes(other.content.graph, version.content.graph) if other else ()
    return GraphChangesOut(
        version_no=version.version_no,
        against_no=other.version_no if other else None,
        changes=[_change_out(change) for change in found],
    )


def _change_out(change: GraphChange) -> GraphChangeOut:
    row = text("text", "strategy_change/row", row=change.row, name=change.row_name).strip()
    setting = text("text", f"strategy_setting/{change.column}").removeprefix("strategy_setting/")
    return GraphChangeOut(
        kind=change.kind,
        node=change.node,
        row=change.row,
        text=text("text", f"strategy_change/{change.kind}", row=row, column=setting, before=change.before),
        before=change.before,
        after=change.after,
    )
