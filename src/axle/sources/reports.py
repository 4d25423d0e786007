"""What the sources answered and cost, by month and source. The institution's: a narrower grant shows no row."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, Sum
from django.db.models.functions import TruncMonth

from axle.kernel.rounding import round_rate
from axle.platform.listing import Col
from axle.platform.public import Actor, business_date
from axle.platform.reports import Asked, Choice, Report, ReportRows, Row, TableRows, report
from axle.sources.domain.catalogue import SOURCES
from axle.sources.domain.source import Outcome
from axle.sources.models import SourceCall
from axle.sources.permissions import SOURCE_VIEW
from axle.sources.selectors import Percentile

_ASKED = Q(cached_from__isnull=True, attempts__gt=0)
_UNANSWERED = Q(outcome__in=[Outcome.FAILED, Outcome.LATE, Outcome.REFUSED])
_SUMMED = ("calls_asked", "calls_cached", "hits", "no_records", "calls_unanswered", "cost")


def _year_begin() -> date:
    return business_date().replace(month=1, day=1)


def _rows(actor: Actor, choice: Choice) -> ReportRows:
    if not actor.scope(SOURCE_VIEW).is_all:
        return TableRows([], _SUMMED)
    calls = SourceCall.objects.filter(business_on__gte=choice["since"], business_on__lte=choice["until"])
    months = calls.annotate(month=TruncMonth("business_on")).values("month", "source").order_by("-month", "source")
    found = months.annotate(
        calls_asked=Count("pk", filter=_ASKED),
        calls_cached=Count("pk", filter=Q(cached_from__isnull=False)),
        hits=Count("pk", filter=_ASKED & Q(outcome=Outcome.HIT)),
        no_records=Count("pk", filter=_ASKED & Q(outcome=Outcome.NO_RECORD)),
        calls_unanswered=Count("pk", filter=_UNANSWERED),
        duration_p50_ms=Percentile("duration_ms", 0.5, filter=_ASKED),
        duration_p95_ms=Percentile("duration_ms", 0.95, filter=_ASKED),
        cost=Sum("price"),
    )
    return TableRows([_row(dict(one)) for one in found], _SUMMED)


def _row(found: dict[str, Any]) -> Row:
    asked = found["calls_asked"]
    return {
        **found,
        "month": f"{found['month']:%Y-%m}",
        "data_source": found["source"],
        "hit_rate": round_rate(Decimal(found["hits"]) / asked, 4) if asked else None,
    }


report(
    Report(
        name="source_costs",
        shelf="statistics",
        permission=SOURCE_VIEW,
        asked=(Asked(Col("since", "date"), default=_year_begin), Asked(Col("until", "date"), default=business_date)),
        columns=(
            Col("month"),
            Col("data_source", "enum", enum="DataSourceCode", choices=list(SOURCES)),
            Col("calls_asked", "integer"),
            Col("calls_cached", "integer"),
            Col("hits", "integer"),
            Col("no_records", "integer"),
            Col("calls_unanswered", "integer"),
            Col("hit_rate", "rate"),
            Col("duration_p50_ms", "integer"),
            Col("duration_p95_ms", "integer"),
            Col("cost", "money"),
        ),
        rows=_rows,
        totals=_SUMMED,
    )
)
