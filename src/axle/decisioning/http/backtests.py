"""Back-tests: begun, read while they run and after."""

from datetime import date, datetime
from typing import Any

from pydantic import BaseModel

from axle.decisioning import permissions, selectors
from axle.decisioning.domain.backtest import shares_of
from axle.decisioning.http.base import api
from axle.decisioning.jobs import run_backtest_part
from axle.decisioning.models import BackTest
from axle.decisioning.services.backtest_begin import backtest_begin
from axle.kernel.money import yuan
from axle.platform.http import ActorName
from axle.platform.public import Actor, Ctx, Input, name_shown


class BackTestBeginIn(Input):
    """A version over what its strategy decided in a period; with a draft calibration, by the values of that."""

    strategy_version_id: int
    policy_calibration_id: int | None = None
    since: date
    until: date


class BackTestOut(BaseModel):
    """A back-test and how far it is: ``done_count`` of ``case_count`` decisions."""

    id: int
    backtest_no: str
    case_count: int
    done_count: int


class BackTestSideOut(BaseModel):
    """One side: counts by outcome, shares, and the expected loss of the approved cases whose risk a scorecard told."""

    outcomes: dict[str, int]
    approved_rate: str
    automatic_rate: str
    declined_rate: str
    losses_known: int
    expected_loss: str


class BackTestMoveCountOut(BaseModel):
    """Cases that would be answered otherwise."""

    before: str
    after: str
    cases: int


class BackTestRuleOut(BaseModel):
    """How many cases a rule met, and would meet."""

    code: str
    before: int
    after: int


class BackTestFiguresOut(BaseModel):
    """What a back-test found; both sides are counted over the same cases, without the ``skipped`` ones."""

    cases: int
    skipped: int
    before: BackTestSideOut
    after: BackTestSideOut
    moves: list[BackTestMoveCountOut]
    rules: list[BackTestRuleOut]


class BackTestDetail(BackTestOut):
    strategy_name: str
    strategy_version_id: int
    strategy_version_no: int
    calibration_no: str | None
    since: date
    until: date
    begun_by: ActorName
    begun_at: datetime
    ended_at: datetime | None
    backtest_figures: BackTestFiguresOut | None
    actions: list[str]


def _out(backtest: BackTest) -> BackTestOut:
    return BackTestOut(
        id=backtest.pk,
        backtest_no=backtest.backtest_no,
        case_count=backtest.case_count,
        done_count=backtest.done_count,
    )


@api.command("backtest_begin", permission=permissions.STRATEGY_EDIT, subject="backtest")
def _begin(ctx: Ctx, data: BackTestBeginIn) -> BackTestOut:
    backtest = backtest_begin(
        actor=ctx.actor,
        version_id=data.strategy_version_id,
        calibration_id=data.policy_calibration_id,
        since=data.since,
        until=data.until,
        business_on=ctx.business_on,
    )
    run_backtest_part.defer_all(
        [{"part_id": key} for key in backtest.parts.order_by("pk").values_list("pk", flat=True)]
    )
    return _out(backtest)


@api.query("backtest_get", "/backtests/{backtest_id}", permission=permissions.STRATEGY_VIEW)
def _get(actor: Actor, backtest_id: int) -> BackTestDetail:
    backtest = selectors.backtest_get(actor, backtest_id)
    return BackTestDetail(
        **_out(backtest).model_dump(),
        strategy_name=name_shown(backtest.strategy),
        strategy_version_id=backtest.version_id,
        strategy_version_no=backtest.version.version_no,
        calibration_no=backtest.calibration.calibration_no if backtest.calibration else None,
        since=backtest.since,
        until=backtest.until,
        begun_by=backtest.begun_by,
        begun_at=backtest.begun_at,
        ended_at=backtest.ended_at,
        backtest_figures=_figures(backtest.figures) if backtest.figures else None,
        actions=[],
    )


def _figures(kept: dict[str, Any]) -> BackTestFiguresOut:
    moves = [(*move.split(">"), cases) for move, cases in kept["moves"].items()]
    before, after = kept["before"]["rules"], kept["after"]["rules"]
    rules = [
        BackTestRuleOut(code=code, before=before.get(code, 0), after=after.get(code, 0))
        for code in sorted({*before, *after})
    ]
    return BackTestFiguresOut(
        cases=kept["cases"],
        skipped=kept["skipped"],
        before=_side(kept["before"]),
        after=_side(kept["after"]),
        moves=[BackTestMoveCountOut(before=old, after=new, cases=cases) for old, new, cases in sorted(moves)],
        rules=rules,
    )


def _side(kept: dict[str, Any]) -> BackTestSideOut:
    shares = shares_of(kept)
    return BackTestSideOut(
        outcomes=kept["outcomes"],
        approved_rate=str(shares.approved),
        automatic_rate=str(shares.automatic),
        declined_rate=str(shares.declined),
        losses_known=kept["losses_known"],
        expected_loss=yuan(kept["loss_fen"]),
    )


api.history("backtest", "/backtests", permission=permissions.STRATEGY_VIEW, find=selectors.backtest_get)
