"""Figures of past days, kept again."""

from datetime import date

from pydantic import BaseModel

from axle.monitoring import permissions
from axle.monitoring.http.base import api
from axle.monitoring.services.figures_refill import figures_refill
from axle.platform.public import Ctx, Input


class RiskFiguresRefillIn(Input):
    """From the first to the last closed day."""

    since: date
    until: date


class RiskFiguresRefillOut(BaseModel):
    """How many days the workers will keep again."""

    days: int


@api.command("risk_figures_refill", permission=permissions.FIGURE_REFILL)
def _refill(ctx: Ctx, data: RiskFiguresRefillIn) -> RiskFiguresRefillOut:
    """Keep the risk figures of past days again (重算监控指标): after files of decisions, or a repaired record."""
    days = figures_refill(since=data.since, until=data.until, business_on=ctx.business_on)
    return RiskFiguresRefillOut(days=days)
