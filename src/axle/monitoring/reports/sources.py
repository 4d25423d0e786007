"""How the sources answered, day by day (数据源质量日报)."""

from axle.kernel.rounding import share
from axle.monitoring.models import SourceDay
from axle.monitoring.permissions import FIGURE_VIEW
from axle.monitoring.reports.asking import SHELF, SINCE, UNTIL
from axle.monitoring.selectors import may_see, source_days, unanswered_share
from axle.platform.listing import Col
from axle.platform.public import Actor
from axle.platform.reports import Asked, Choice, Report, ReportRows, Row, TableRows, report
from axle.sources.public import SOURCE_CODES

_SUMMED = ("calls_asked", "calls_cached", "hits", "no_records", "calls_failed", "calls_late", "calls_refused", "cost")
_SOURCE = Col("data_source", "enum", enum="DataSourceCode", choices=list(SOURCE_CODES))


def _rows(actor: Actor, choice: Choice) -> ReportRows:
    if not may_see(actor):
        return TableRows([], _SUMMED)
    days = source_days(choice["since"], choice["until"])
    chosen = [day for day in days if choice.get("data_source") in (None, day.source)]
    return TableRows([_row(day) for day in chosen], _SUMMED)


def _row(day: SourceDay) -> Row:
    return {
        "business_on": day.business_on,
        "data_source": day.source,
        "calls_asked": day.asked,
        "calls_cached": day.cached,
        "hits": day.hits,
        "no_records": day.no_records,
        "calls_failed": day.failed,
        "calls_late": day.late,
        "calls_refused": day.refused,
        "hit_rate": share(day.hits, day.asked),
        "unanswered_share": unanswered_share(day),
        "cache_share": share(day.cached, day.asked + day.cached),
        "duration_p50_ms": day.duration_p50_ms,
        "duration_p99_ms": day.duration_p99_ms,
        "cost": day.cost,
    }


report(
    Report(
        name="source_days",
        shelf=SHELF,
        permission=FIGURE_VIEW,
        asked=(SINCE, UNTIL, Asked(_SOURCE)),
        columns=(
            Col("business_on", "date"),
            _SOURCE,
            Col("calls_asked", "integer"),
            Col("hits", "integer"),
            Col("no_records", "integer"),
            Col("calls_failed", "integer"),
            Col("calls_late", "integer"),
            Col("calls_refused", "integer"),
            Col("calls_cached", "integer"),
            Col("hit_rate", "rate"),
            Col("unanswered_share", "rate"),
            Col("cache_share", "rate"),
            Col("duration_p50_ms", "integer"),
            Col("duration_p99_ms", "integer"),
            Col("cost", "money"),
        ),
        rows=_rows,
        totals=_SUMMED,
    )
)
