"""Every declared report over HTTP: its description, its rows, its sums, its files and its print."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from ninja import Query

from axle.platform.listing import REACH, bad_parameter
from axle.platform.public import Actor
from axle.platform.reports import REPORTS, Asked, Choice, Report, column_label, report_words
from axle.reporting.files import report_file
from axle.reporting.http.api import api
from axle.reporting.http.models import (
    ChartShapeOut,
    QuestionOut,
    ReportCheckOut,
    ReportColumnOut,
    ReportMetaOut,
    page_model,
    question_model,
    summary_model,
)
from axle.reporting.paper import report_print

_FROM_QUERY: Any = Query(...)  # type: ignore[type-arg]
Handler = Callable[..., Any]


def mount(report: Report) -> None:
    """Offer a report as ``GET /reports/<name>``, with ``/meta``, ``/summary``, ``/export`` and ``/print``."""
    questions = question_model(report)
    _offer(report, "", "report", page_model(report), question_model(report, is_paged=True), _page(report))
    _offer(report, "/summary", "report_summary", summary_model(report), _with(report, "group"), _summary(report))
    _offer(report, "/export", "report_export", HttpResponse, _with(report, "format"), _export(report))
    _offer(report, "/print", "report_print", HttpResponse, questions, _print(report))
    meta = _described(report)
    meta.__annotations__ = {"actor": Actor, "return": ReportMetaOut}
    api.query(f"{report.name}_report_meta", f"/reports/{report.name}/meta", permission=report.permission)(meta)


def _with(report: Report, key: str) -> Any:
    return question_model(report, more=key)


def _offer(report: Report, suffix: str, operation: str, output: Any, asked: Any, act: Handler) -> None:
    def handler(actor: Actor, asked: Any = _FROM_QUERY) -> Any:
        return act(actor, asked.model_dump(exclude_none=True))

    handler.__annotations__ = {"actor": Actor, "asked": asked, "return": output}
    name = f"{report.name}_{operation}"
    api.query(name, f"/reports/{report.name}{suffix}", permission=report.permission)(handler)


def _page(report: Report) -> Handler:
    def page(actor: Actor, params: dict[str, Any]) -> Any:
        size, start = params["page_size"], (params["page"] - 1) * params["page_size"]
        if start + size > max(REACH, size):
            raise bad_parameter("page", "out_of_reach")
        rows = report.rows(actor, report.choice(params))
        items, total = [report.shown(row) for row in rows.page(start, size)], 0
        total = len(items) if start == 0 and len(items) < size else rows.count()
        return {"items": items, "total": min(total, REACH), "is_exact": total <= REACH}

    return page


def _summary(report: Report) -> Handler:
    def summary(actor: Actor, params: dict[str, Any]) -> Any:
        choice = report.choice(params)
        rows = report.rows(actor, choice)
        checks = report.checks(actor, choice) if report.checks else ()
        return {
            "total": rows.count_all(),
            "totals": report.totals_shown(rows.totals()),
            "checks": [
                ReportCheckOut(code=check.code, left=check.left, right=check.right, is_ok=check.is_ok)
                for check in checks
            ],
            "groups": _groups(report, actor, choice, params.get("group")),
        }

    return summary


def _groups(report: Report, actor: Actor, choice: Choice, group: str | None) -> list[dict[str, Any]]:
    if not group or report.grouped is None:
        return []
    if group not in report.groups:
        raise bad_parameter("group", "unknown_column")
    rows = report.grouped(actor, choice, group)
    return [{"group": row["group"], "count": row["count"], **report.totals_shown(row)} for row in rows]


def _export(report: Report) -> Handler:
    def export(actor: Actor, params: dict[str, Any]) -> HttpResponseBase:
        return report_file(report, actor, report.choice(params), params.get("format", "csv"))

    return export


def _print(report: Report) -> Handler:
    def paper(actor: Actor, params: dict[str, Any]) -> HttpResponse:
        content = report_print(report, actor, report.choice(params))
        return HttpResponse(content, content_type="application/pdf")

    return paper


def _described(report: Report) -> Handler:
    def meta(actor: Actor) -> ReportMetaOut:
        return ReportMetaOut(
            name=report.name,
            title=report_words("report", report.name),
            purpose=report_words("purpose", report.name),
            shelf=report.shelf,
            columns=[_column(report, col.key) for col in report.columns],
            questions=[_question(report, asked) for asked in report.asked],
            totals=list(report.totals),
            groups=list(report.groups),
            chart=ChartShapeOut(kind=report.chart.kind, group=report.chart.group, values=list(report.chart.values))
            if report.chart
            else None,
            row_link=report.row_link,
            page_size=report.page_size,
        )

    return meta


def _column(report: Report, key: str) -> ReportColumnOut:
    col = next(col for col in report.columns if col.key == key)
    return ReportColumnOut(
        key=key,
        kind=col.kind,
        enum=col.enum or None,
        link=col.link or None,
        label=column_label(report.name, key),
        meaning=report_words("meaning", report.name, key),
        formula=report_words("formula", report.name, key),
    )


def _question(report: Report, asked: Asked) -> QuestionOut:
    default = asked.default() if asked.default else None
    return QuestionOut(
        key=asked.key,
        kind=asked.col.kind,
        enum=asked.col.enum or None,
        choices=list(asked.col.choices) or None,
        label=column_label(report.name, asked.key),
        default=None if default is None else str(default),
        is_required=asked.is_required,
    )


for _report in REPORTS.values():
    mount(_report)
