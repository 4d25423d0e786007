"""The risk board over HTTP."""

from datetime import date

from pydantic import BaseModel

from axle.monitoring.public import FIGURE_VIEW
from axle.platform.public import Actor
from axle.reporting.http.api import api
from axle.reporting.http.figures import CardOut, ChartOut, cards_out, charts_out
from axle.reporting.risk_board import risk_board


class RiskBoardOut(BaseModel):
    """Risk figures of a span of closed days."""

    since: date
    until: date
    cards: list[CardOut]
    charts: list[ChartOut]


@api.query("risk_board_get", "/risk-board", permission=FIGURE_VIEW)
def risk_board_get(
    actor: Actor, since: date | None = None, until: date | None = None, strategy: str = "", product_code: str = ""
) -> RiskBoardOut:
    """Automatic share, outcomes, times, reasons, stability of scores, sources and vintages of the days asked for."""
    board = risk_board(actor, since=since, until=until, strategy=strategy, product=product_code)
    return RiskBoardOut(
        since=board.since, until=board.until, cards=cards_out(board.cards), charts=charts_out(board.charts)
    )
