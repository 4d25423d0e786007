"""Months: what stands in the way of closing, close, reopen."""

from typing import Annotated

from ninja import Path
from pydantic import BaseModel, Field

from axle.accounting import permissions
from axle.accounting.http.api import api
from axle.accounting.selectors.period_checks import period_checks
from axle.accounting.services.period_close import period_close, period_reopen
from axle.accounting.services.profit_transfer import profit_transfer
from axle.accounting.services.reserve_set_aside import reserve_set_aside
from axle.ledger.errors import PeriodInvalid
from axle.ledger.public import closed_through, first_period, is_period, period_next
from axle.platform.public import Actor, Ctx, Input, available_commands, business_date


class PeriodCloseIn(Input):
    """Close a month (yyyymm) of a legal entity."""

    legal_entity_id: int
    period: int


class PeriodReopenIn(Input):
    """Open the last closed month again; needs a second person."""

    legal_entity_id: int
    period: int
    reason: str = Field(min_length=1, max_length=200)


class ProfitTransferIn(Input):
    """Bring the income and expense of a month (yyyymm) to the profit of the year."""

    legal_entity_id: int
    period: int


class ReserveSetAsideIn(Input):
    """Set the statutory reserve of a year aside; needs a second person."""

    legal_entity_id: int
    year: int = Field(ge=1900, le=9998)


class EntriesPostedOut(BaseModel):
    """The entries that were posted."""

    entry_nos: list[str]


class PeriodActOut(BaseModel):
    """What was done to a month."""

    legal_entity_id: int
    period: int
    act: str


class CloseCheckOut(BaseModel):
    """One check before closing."""

    code: str
    is_ok: bool
    is_blocking: bool
    detail: str


class PeriodStateOut(BaseModel):
    """A month with the checks as they stand now."""

    period: int
    is_closed: bool
    next_to_close: int | None
    checks: list[CloseCheckOut]
    actions: list[str]


_TO_CLOSE = ("profit_transfer", "reserve_set_aside", "period_close")


@api.command("period_close", permission=permissions.PERIOD_CLOSE, subject="period")
def period_close_command(ctx: Ctx, data: PeriodCloseIn) -> PeriodActOut:
    act = period_close(
        actor=ctx.actor,
        checker=ctx.checker,
        legal_entity_id=data.legal_entity_id,
        period=data.period,
        business_on=ctx.business_on,
    )
    return PeriodActOut(legal_entity_id=act.legal_entity_id, period=act.period, act=act.act)


@api.command("period_reopen", permission=permissions.PERIOD_REOPEN, subject="period")
def period_reopen_command(ctx: Ctx, data: PeriodReopenIn) -> PeriodActOut:
    act = period_reopen(
        actor=ctx.actor,
        checker=ctx.checker,
        legal_entity_id=data.legal_entity_id,
        period=data.period,
        reason=data.reason,
    )
    return PeriodActOut(legal_entity_id=act.legal_entity_id, period=act.period, act=act.act)


@api.command("profit_transfer", permission=permissions.PERIOD_CLOSE, subject="period")
def profit_transfer_command(ctx: Ctx, data: ProfitTransferIn) -> EntriesPostedOut:
    if not is_period(data.period):
        raise PeriodInvalid(field="period", period=data.period)
    posted = profit_transfer(
        actor=ctx.actor, checker=ctx.checker, legal_entity_id=data.legal_entity_id, period=data.period
    )
    return EntriesPostedOut(entry_nos=[entry.entry_no for entry in posted])


@api.command("reserve_set_aside", permission=permissions.PERIOD_CLOSE, subject="period")
def reserve_set_aside_command(ctx: Ctx, data: ReserveSetAsideIn) -> EntriesPostedOut:
    posted = reserve_set_aside(
        actor=ctx.actor, checker=ctx.checker, legal_entity_id=data.legal_entity_id, year=data.year
    )
    return EntriesPostedOut(entry_nos=[posted.entry_no])


@api.query("period_get", "/legal-entities/{legal_entity_id}/periods/{period}", permission=permissions.PERIOD_CLOSE)
def period_get(actor: Actor, legal_entity_id: Annotated[int, Path()], period: Annotated[int, Path()]) -> PeriodStateOut:
    """A month, the checks that closing it would make, and what may be done now."""
    if not is_period(period):
        raise PeriodInvalid(field="period", period=period)
    closed = closed_through(legal_entity_id)
    upcoming = period_next(closed) if closed else first_period(legal_entity_id)
    checks = period_checks(legal_entity_id=legal_entity_id, period=period, business_on=business_date())
    possible = {upcoming: _TO_CLOSE, closed: ("period_reopen",)}.get(period, ())
    return PeriodStateOut(
        period=period,
        is_closed=period <= closed,
        next_to_close=upcoming,
        checks=[CloseCheckOut(**vars(check)) for check in checks],
        actions=available_commands(actor, *possible),
    )
