"""Bad rates by month of disbursement and months on book, and by score band (账龄分析)."""

from datetime import date
from typing import Any

from axle.kernel.dates import add_months
from axle.kernel.rounding import share
from axle.monitoring.permissions import FIGURE_VIEW
from axle.monitoring.reports.asking import AS_OF, PRODUCT, SHELF
from axle.monitoring.selectors import Vintage, may_see, vintages, vintages_kept
from axle.platform.listing import Col
from axle.platform.public import Actor, business_date
from axle.platform.reports import Asked, Choice, Report, ReportRows, Row, TableRows, report

_MONTHS = 24
_SINCE = Asked(Col("since", "date"), default=lambda: add_months(business_date().replace(day=1), -_MONTHS))
_FIGURES = (
    Col("loans", "integer"),
    Col("principal", "money"),
    Col("loans_over_30", "integer"),
    Col("bad_rate_30", "rate"),
    Col("balance_over_30", "money"),
    Col("balance_rate_30", "rate"),
    Col("loans_over_90", "integer"),
    Col("bad_rate_90", "rate"),
    Col("balance_over_90", "money"),
    Col("balance_rate_90", "rate"),
)


def _figures(one: Vintage) -> Row:
    row: dict[str, Any] = {col.key: getattr(one, col.key, None) for col in _FIGURES}
    for days in (30, 90):
        row[f"bad_rate_{days}"] = share(row[f"loans_over_{days}"], one.loans)
        row[f"balance_rate_{days}"] = share(row[f"balance_over_{days}"], one.principal)
    return row


def _vintages(actor: Actor, choice: Choice) -> ReportRows:
    if not may_see(actor):
        return TableRows([])
    found = vintages(choice["since"], choice["as_of"], product=choice.get("product_code", ""))
    rows = [
        {"vintage": f"{one.vintage_on:%Y-%m}", "months_on_book": one.months_on_book, **_figures(one)}
        for one in found
        if one.business_on <= choice["as_of"]
    ]
    return TableRows(rows)


def _bands(actor: Actor, choice: Choice) -> ReportRows:
    on = vintages_kept(choice["as_of"]) if may_see(actor) else None
    if on is None:
        return TableRows([])
    found = vintages(date.min, on, product=choice.get("product_code", ""), on=on, by_band=True)
    summed = ("loans", "principal", "loans_over_30", "balance_over_30", "loans_over_90", "balance_over_90")
    return TableRows([{"month_end": on, "score_from": one.score_from, **_figures(one)} for one in found], summed)


report(
    Report(
        name="vintages",
        shelf=SHELF,
        permission=FIGURE_VIEW,
        asked=(_SINCE, AS_OF, PRODUCT),
        columns=(Col("vintage"), Col("months_on_book", "integer"), *_FIGURES),
        rows=_vintages,
        page_size=100,
    )
)
report(
    Report(
        name="score_band_losses",
        shelf=SHELF,
        permission=FIGURE_VIEW,
        asked=(AS_OF, PRODUCT),
        columns=(Col("month_end", "date"), Col("score_from", "integer"), *_FIGURES),
        rows=_bands,
        totals=("loans", "principal", "loans_over_30", "balance_over_30", "loans_over_90", "balance_over_90"),
        page_size=100,
    )
)
