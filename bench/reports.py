"""Every report on books of ``size`` loans: first page, a later page, sums, and a full export that streams.

Milliseconds are from request to answer through the real server, the median of three for pages. An export is read to
its end for at most ``EXPORT_SECONDS``; rows per second tell how long the whole takes. Floors are taken in the same
run. Queries are what one first page asks of the database, session included.
"""

import os
import statistics
import sys
from collections.abc import Generator
from datetime import timedelta
from time import perf_counter
from typing import Any

import portfolio
from _served import Visitor, served
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver

from axle.config.demo.accounts import ACCOUNTS
from axle.platform.public import actor_named, business_date
from axle.platform.reports import REPORTS, Report
from axle.platform.testing import client_for
from axle.servicing.models import Loan

GOAL_MS = 1000
EXPORT_SECONDS = 15
_NOTHING_THERE = "report_day_missing"
Params = dict[str, Any]


def run(size: int = 100_000) -> dict[str, Any]:
    """Figures by report, slowest first page first, and over all."""
    portfolio.run(size)
    assert get_resolver().url_patterns  # every context has declared its reports
    before = os.getloadavg()
    with served():
        floors = _floors()
        measured = {report.name: _told(report.name, _measured(report)) for report in REPORTS.values()}
    found = [figures for figures in measured.values() if figures]
    found.sort(key=lambda one: -one["first_page_ms"])
    return {
        "size": size,
        "reports_measured": len(found),
        "worst_first_page_ms": found[0]["first_page_ms"],
        "over_goal": [one["report"] for one in found if one["first_page_ms"] > GOAL_MS],
        "refused": [name for name, figures in measured.items() if not figures],
        "floors_ms": floors,
        "load_average": {"before": before, "after": os.getloadavg()},
        "reports": found,
    }


def _reader(report: Report) -> str:
    """An account that sees the whole of a report."""
    return next(
        account.username for account in ACCOUNTS if actor_named(account.username).scope(report.permission).is_all
    )


def _asked(report: Report) -> Params:
    """The last closed month for a span, the first loan in force for a loan; the defaults for the rest."""
    keys = {asked.key for asked in report.asked}
    last = business_date().replace(day=1) - timedelta(days=1)
    span: Params = {"since": last.replace(day=1), "until": last} if "since" in keys else {}
    if "loan_no" not in {asked.key for asked in report.asked if asked.is_required}:
        return span
    return span | {"loan_no": Loan.objects.filter(state="in_force").order_by("pk").values_list("loan_no", flat=True)[0]}


def _told(name: str, figures: dict[str, Any] | None) -> dict[str, Any] | None:
    told = f"{figures['first_page_ms']} ms, {figures['export']['rows_per_second']} rows/s out" if figures else "refused"
    sys.stderr.write(f"{name}: {told}\n")
    return figures


def _measured(report: Report) -> dict[str, Any] | None:
    """None when the book has nothing for it: a day that was never closed there."""
    username = _reader(report)
    visitor, path, asked = Visitor(username), f"/reports/{report.name}", _asked(report)
    _ms, status, body = visitor.get(path, **asked)
    if status != 200 and body["code"] == _NOTHING_THERE:
        return None
    first = [_get(visitor, path, asked) for _time in range(3)]
    total = first[0][1]["total"]
    later = _get(visitor, path, asked | {"page_size": 20, "page": max(total // 20, 1)})
    summary_ms, summary = _get(visitor, f"{path}/summary", asked)
    return {
        "report": report.name,
        "as": username,
        "rows": summary["total"],
        "first_page_ms": _round(statistics.median(ms for ms, _body in first)),
        "last_page_ms": _round(later[0]),
        "summary_ms": _round(summary_ms),
        "checks": {check["code"]: check["is_ok"] for check in summary["checks"]},
        "queries": _queries(username, path, asked),
        "export": _export(username, path, asked),
    }


def _get(visitor: Visitor, path: str, params: Params) -> tuple[float, Any]:
    ms, status, body = visitor.get(path, **params)
    if status != 200:
        raise RuntimeError(f"{path} {params} as {visitor.username}: {status} {body}")
    return ms, body


def _client(username: str) -> Any:
    from axle.platform.models import User

    return client_for(User.objects.get(username=username))


def _queries(username: str, path: str, params: Params) -> int:
    client = _client(username)
    with CaptureQueriesContext(connection) as asked:
        client.get(path, **params)
    return len(asked)


def _export(username: str, path: str, params: Params) -> dict[str, Any]:
    """Rows per second of the stream, and the seconds until its first line."""
    begun = perf_counter()
    _status, answer = _client(username).get(f"{path}/export", format="csv", **params)
    rows, first = 0, None
    lines = _lines(answer)
    for _line in lines:
        first = first if first is not None else perf_counter() - begun
        rows += 1
        if perf_counter() - begun > EXPORT_SECONDS:
            break
    seconds = perf_counter() - begun
    lines.close()
    return {
        "rows": int(answer["X-Total-Rows"]),
        "first_line_s": round(first or 0.0, 2),
        "rows_per_second": round(rows / seconds),
        "is_whole": rows >= int(answer["X-Total-Rows"]),
        "seconds": round(seconds, 1),
    }


def _lines(answer: Any) -> Generator[bytes, None, None]:
    """What streams; a reading that is broken off is closed at once, as a server closes it for a reader who left."""
    try:
        yield from answer.streaming_content
    finally:
        answer.close()


def _floors() -> dict[str, float]:
    visitor = Visitor("admin")
    return {
        "page without a query": _round(statistics.median(visitor.reach("/healthz") for _time in range(50))),
        "list of a dozen rows": _round(statistics.median(visitor.get("/lists/roles")[0] for _time in range(30))),
    }


def _round(ms: float) -> float:
    return round(ms, 1)
