"""Policy values, their calibrations, formulas and prices over HTTP."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BaseModel, Field

from axle.decisioning import permissions, selectors
from axle.decisioning.domain.policy import DIMENSIONS
from axle.decisioning.http.base import api
from axle.decisioning.jobs import preview_calibration
from axle.decisioning.models import CalibrationKind, CalibrationState, PolicyCalibration
from axle.decisioning.services.calibration_activate import (
    calibration_activate,
    calibration_discard,
    calibration_roll_back,
)
from axle.decisioning.services.calibration_compute import calibration_compute
from axle.decisioning.services.calibration_draft import MAX_CHANGES, Change, calibration_draft
from axle.decisioning.services.calibration_preview import calibration_preview_begin
from axle.decisioning.services.market_feed_take import ObservedPrice, market_feed_take
from axle.decisioning.services.policy_file_read import changes_in_file, prices_in_file
from axle.decisioning.services.policy_formula_save import policy_formula_save
from axle.kernel.money import yuan
from axle.platform.http import ActorName
from axle.platform.public import Actor, Ctx, Input, available_commands

Note = Annotated[str, Field(max_length=200)]
_ACTIONS: dict[str, tuple[str, ...]] = {
    CalibrationState.DRAFT: ("policy_calibration_preview", "policy_calibration_discard"),
    CalibrationState.PREVIEWED: (
        "policy_calibration_activate",
        "policy_calibration_preview",
        "policy_calibration_discard",
    ),
    CalibrationState.REPLACED: ("policy_calibration_roll_back",),
    CalibrationState.ROLLED_BACK: ("policy_calibration_roll_back",),
}


class PolicyChangeIn(Input):
    """A value in a scope; an empty part counts everywhere, no value takes it away, two dates make it a promotion."""

    parameter: str = Field(min_length=2, max_length=60)
    policy_value: str | None = Field(None, max_length=30)
    legal_entity: str = Field("", max_length=40)
    product: str = Field("", max_length=40)
    scenario: str = Field("", max_length=40)
    region: str = Field("", pattern=r"^(\d{2}|\d{4}|\d{6})?$")
    dealer_grade: str = Field("", max_length=4)
    vehicle_class: str = Field("", max_length=20)
    vehicle_series: str = Field("", max_length=100)
    since: date | None = None
    until: date | None = None


class PolicyCalibrationDraftIn(Input):
    changes: list[PolicyChangeIn] = Field(min_length=1, max_length=MAX_CHANGES)
    note: Note = ""


class PolicyCalibrationImportIn(Input):
    """A file of values, as the list of values is exported."""

    file_id: int = Field(ge=1, le=2**63 - 1, json_schema_extra={"format": "file-id"})
    note: Note = ""


class MarketFeedCalibrateIn(Input):
    """The prices that the active formulas are to be calculated with."""

    market_feed_id: int
    note: Note = ""


class PolicyCalibrationIn(Input):
    policy_calibration_id: int


class PolicyCalibrationRollBackIn(PolicyCalibrationIn):
    """The calibration that is to count again, and why."""

    reason: Annotated[str, Field(min_length=4, max_length=200)]


class PolicyFormulaSaveIn(Input):
    code: str = Field(pattern=r"^[a-z][a-z0-9_]{2,39}$")
    parameter: str = Field(min_length=2, max_length=60)
    expression: str = Field(min_length=1, max_length=500, json_schema_extra={"format": "textarea"})
    note: Note = ""
    is_active: bool = True


class MarketPriceIn(Input):
    vehicle_series: str = Field(min_length=1, max_length=100)
    region: str = Field("", pattern=r"^(\d{2}|\d{4}|\d{6})?$")
    price_index: Decimal = Field(gt=0, lt=10**8, max_digits=12, decimal_places=4)


class MarketFeedTakeIn(Input):
    """The prices of a day, by another system."""

    observed_on: date
    market_source: str = Field(min_length=2, max_length=60)
    prices: list[MarketPriceIn] = Field(min_length=1, max_length=MAX_CHANGES)


class MarketFeedImportIn(Input):
    """The prices of a day, by a file: series, region, index."""

    observed_on: date
    market_source: str = Field(min_length=2, max_length=60)
    file_id: int = Field(ge=1, le=2**63 - 1, json_schema_extra={"format": "file-id"})


class PolicyCalibrationOut(BaseModel):
    id: int
    calibration_no: str
    calibration_state: CalibrationState
    change_count: int
    actions: list[str]


class PreviewMoveOut(BaseModel):
    """Cases whose outcome would be another one."""

    before: str
    after: str
    cases: int


class PreviewExampleOut(BaseModel):
    record_id: int
    record_no: str
    before: str
    after: str
    rules_new: list[str]
    rules_gone: list[str]


class CalibrationPreviewOut(BaseModel):
    """What the changes would have done to past cases; ``untouched`` ones read the same values, ``skipped`` ones cannot
    be decided again."""

    cases: int
    untouched: int
    skipped: int
    changed: int
    moves: list[PreviewMoveOut]
    rules_new: dict[str, int]
    rules_gone: dict[str, int]
    scenarios: dict[str, int]
    limits_before: str
    limits_after: str
    examples: list[PreviewExampleOut]
    seconds: float


class PolicyCalibrationDetail(PolicyCalibrationOut):
    calibration_kind: CalibrationKind
    note: str
    base_no: str | None
    drafted_by: ActorName
    created_at: datetime
    previewed_at: datetime | None
    activated_by: ActorName
    activated_at: datetime | None
    preview: CalibrationPreviewOut | None


class PolicyFormulaOut(BaseModel):
    id: int
    code: str


class MarketFeedOut(BaseModel):
    """The prices that were taken: how many, and how many moved by more than the trigger."""

    id: int
    feed_no: str
    row_count: int
    moved_count: int


def _out(actor: Actor, calibration: PolicyCalibration) -> PolicyCalibrationOut:
    return PolicyCalibrationOut(
        id=calibration.pk,
        calibration_no=calibration.calibration_no,
        calibration_state=CalibrationState(calibration.state),
        change_count=calibration.change_count,
        actions=available_commands(actor, *_ACTIONS.get(calibration.state, ())),
    )


def _changes(rows: Sequence[PolicyChangeIn]) -> list[Change]:
    return [
        Change(row.parameter, {name: getattr(row, name) for name in DIMENSIONS}, row.policy_value, row.since, row.until)
        for row in rows
    ]


@api.command("policy_calibration_draft", permission=permissions.POLICY_EDIT, subject="policy_calibration")
def _draft(ctx: Ctx, data: PolicyCalibrationDraftIn) -> PolicyCalibrationOut:
    calibration = calibration_draft(
        actor=ctx.actor,
        changes=_changes(data.changes),
        kind=CalibrationKind.MANUAL,
        note=data.note,
        business_on=ctx.business_on,
    )
    return _out(ctx.actor, calibration)


@api.command("policy_calibration_import", permission=permissions.POLICY_EDIT, subject="policy_calibration")
def _import(ctx: Ctx, data: PolicyCalibrationImportIn) -> PolicyCalibrationOut:
    calibration = calibration_draft(
        actor=ctx.actor,
        changes=changes_in_file(actor=ctx.actor, file_id=data.file_id),
        kind=CalibrationKind.IMPORTED,
        note=data.note,
        business_on=ctx.business_on,
    )
    return _out(ctx.actor, calibration)


@api.command("market_feed_calibrate", permission=permissions.POLICY_EDIT, subject="policy_calibration")
def _compute(ctx: Ctx, data: MarketFeedCalibrateIn) -> PolicyCalibrationOut:
    calibration = calibration_compute(
        actor=ctx.actor, feed_id=data.market_feed_id, note=data.note, business_on=ctx.business_on
    )
    return _out(ctx.actor, calibration)


@api.command("policy_calibration_preview", permission=permissions.POLICY_EDIT, subject="policy_calibration")
def _preview(ctx: Ctx, data: PolicyCalibrationIn) -> PolicyCalibrationOut:
    calibration = calibration_preview_begin(calibration_id=data.policy_calibration_id)
    preview_calibration.defer(calibration_id=calibration.pk)
    return _out(ctx.actor, calibration)


@api.command("policy_calibration_activate", permission=permissions.POLICY_ACTIVATE, subject="policy_calibration")
def _activate(ctx: Ctx, data: PolicyCalibrationIn) -> PolicyCalibrationOut:
    calibration = calibration_activate(
        actor=ctx.actor, calibration_id=data.policy_calibration_id, business_on=ctx.business_on
    )
    return _out(ctx.actor, calibration)


@api.command("policy_calibration_roll_back", permission=permissions.POLICY_ACTIVATE, subject="policy_calibration")
def _roll_back(ctx: Ctx, data: PolicyCalibrationRollBackIn) -> PolicyCalibrationOut:
    calibration = calibration_roll_back(
        actor=ctx.actor,
        calibration_id=data.policy_calibration_id,
        reason=data.reason,
        business_on=ctx.business_on,
    )
    return _out(ctx.actor, calibration)


@api.command("policy_calibration_discard", permission=permissions.POLICY_EDIT, subject="policy_calibration")
def _discard(ctx: Ctx, data: PolicyCalibrationIn) -> PolicyCalibrationOut:
    return _out(ctx.actor, calibration_discard(calibration_id=data.policy_calibration_id))


@api.command("policy_formula_save", permission=permissions.POLICY_EDIT, subject="policy_formula")
def _formula_save(ctx: Ctx, data: PolicyFormulaSaveIn) -> PolicyFormulaOut:
    formula = policy_formula_save(
        actor=ctx.actor,
        code=data.code,
        parameter=data.parameter,
        expression=data.expression,
        note=data.note,
        is_active=data.is_active,
    )
    return PolicyFormulaOut(id=formula.pk, code=formula.code)


@api.command("market_feed_take", permission=permissions.POLICY_EDIT, subject="market_feed")
def _feed_take(ctx: Ctx, data: MarketFeedTakeIn) -> MarketFeedOut:
    prices = [ObservedPrice(row.vehicle_series, row.region, row.price_index) for row in data.prices]
    return _feed(ctx, data.observed_on, data.market_source, prices)


@api.command("market_feed_import", permission=permissions.POLICY_EDIT, subject="market_feed")
def _feed_import(ctx: Ctx, data: MarketFeedImportIn) -> MarketFeedOut:
    prices = prices_in_file(actor=ctx.actor, file_id=data.file_id)
    return _feed(ctx, data.observed_on, data.market_source, prices)


def _feed(ctx: Ctx, observed_on: date, source: str, prices: Sequence[ObservedPrice]) -> MarketFeedOut:
    feed = market_feed_take(actor=ctx.actor, observed_on=observed_on, source=source, prices=prices)
    return MarketFeedOut(id=feed.pk, feed_no=feed.feed_no, row_count=feed.row_count, moved_count=feed.moved_count)


@api.query("policy_calibration_get", "/policy-calibrations/{calibration_id}", permission=permissions.POLICY_VIEW)
def _get(actor: Actor, calibration_id: int) -> PolicyCalibrationDetail:
    calibration = selectors.calibration_get(actor, calibration_id)
    return PolicyCalibrationDetail(
        **_out(actor, calibration).model_dump(),
        calibration_kind=CalibrationKind(calibration.kind),
        note=calibration.note,
        base_no=calibration.base.calibration_no if calibration.base else None,
        drafted_by=calibration.drafted_by,
        created_at=calibration.created_at,
        previewed_at=calibration.previewed_at,
        activated_by=calibration.activated_by,
        activated_at=calibration.activated_at,
        preview=_preview_out(calibration.preview),
    )


def _preview_out(kept: dict[str, Any] | None) -> CalibrationPreviewOut | None:
    if kept is None:
        return None
    sums = {f"limits_{when}": yuan(kept[f"limits_{when}_fen"]) for when in ("before", "after")}
    return CalibrationPreviewOut.model_validate(kept | sums)


api.history(
    "policy_calibration",
    "/policy-calibrations",
    permission=permissions.POLICY_VIEW,
    find=lambda actor, calibration_id: selectors.calibration_get(actor, calibration_id),
)
