"""Trials of strategy versions on real applications: begun, ended, read with how their cases came out."""

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, Field

from axle.decisioning import permissions, selectors
from axle.decisioning.http.base import api
from axle.decisioning.models import StrategyTrial, TrialKind
from axle.decisioning.services.strategy_trial_begin import strategy_trial_begin
from axle.decisioning.services.strategy_trial_end import strategy_trial_end
from axle.kernel.types import RateStr
from axle.platform.http import ActorName
from axle.platform.public import Actor, Ctx, Input, available_commands, name_shown

Share = Annotated[RateStr, Field(gt=0, le=1, max_digits=5, decimal_places=4)]


class StrategyTrialBeginIn(Input):
    """A version that is to run beside the one in force; the share of applications that it gets, or sees."""

    strategy_version_id: int
    trial_kind: TrialKind
    share_rate: Share
    note: str = Field("", max_length=200)


class StrategyTrialEndIn(Input):
    strategy_trial_id: int


class StrategyTrialOut(BaseModel):
    id: int
    trial_no: str
    trial_kind: TrialKind
    is_running: bool
    share_rate: RateStr
    actions: list[str]


class TrialOutcomeOut(BaseModel):
    """Cases by outcome. ``trial_side`` is challenger or champion; beside a shadow, what was answered."""

    trial_side: str
    outcome: str
    cases: int


class StrategyTrialDetail(StrategyTrialOut):
    strategy_name: str
    strategy_version_id: int
    strategy_version_no: int
    note: str
    begun_by: ActorName
    begun_at: datetime
    ended_by: ActorName
    ended_at: datetime | None
    trial_outcomes: list[TrialOutcomeOut]


def _out(actor: Actor, trial: StrategyTrial) -> StrategyTrialOut:
    is_running = trial.ended_at is None
    return StrategyTrialOut(
        id=trial.pk,
        trial_no=trial.trial_no,
        trial_kind=TrialKind(trial.kind),
        is_running=is_running,
        share_rate=trial.share_rate,
        actions=available_commands(actor, "strategy_trial_end") if is_running else [],
    )


@api.command("strategy_trial_begin", permission=permissions.STRATEGY_ACTIVATE, subject="strategy_trial")
def _begin(ctx: Ctx, data: StrategyTrialBeginIn) -> StrategyTrialOut:
    trial = strategy_trial_begin(
        actor=ctx.actor,
        version_id=data.strategy_version_id,
        kind=data.trial_kind,
        share_rate=data.share_rate,
        note=data.note,
        business_on=ctx.business_on,
    )
    return _out(ctx.actor, trial)


@api.command("strategy_trial_end", permission=permissions.STRATEGY_ACTIVATE, subject="strategy_trial")
def _end(ctx: Ctx, data: StrategyTrialEndIn) -> StrategyTrialOut:
    return _out(ctx.actor, strategy_trial_end(actor=ctx.actor, trial_id=data.strategy_trial_id))


@api.query("strategy_trial_get", "/strategy-trials/{trial_id}", permission=permissions.STRATEGY_VIEW)
def _get(actor: Actor, trial_id: int) -> StrategyTrialDetail:
    trial = selectors.trial_get(actor, trial_id)
    return StrategyTrialDetail(
        **_out(actor, trial).model_dump(),
        strategy_name=name_shown(trial.strategy),
        strategy_version_id=trial.version_id,
        strategy_version_no=trial.version.version_no,
        note=trial.note,
        begun_by=trial.begun_by,
        begun_at=trial.begun_at,
        ended_by=trial.ended_by,
        ended_at=trial.ended_at,
        trial_outcomes=[
            TrialOutcomeOut(trial_side=side, outcome=outcome, cases=cases)
            for side, outcome, cases in selectors.trial_outcomes(trial)
        ],
    )


api.history(
    "strategy_trial",
    "/strategy-trials",
    permission=permissions.STRATEGY_VIEW,
    find=selectors.trial_get,
)
