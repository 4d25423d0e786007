"""Every listing over HTTP on books of ``size`` loans: pages, filters, searches and sorts, for each data scope.

Milliseconds are from request to answer through the real server, the median of three for each request. The floors are
taken in the same run: a page that asks nothing, a list of a dozen rows, and a row by its key in the database. Queries
are what one request asks of the database, session included.
"""

import os
import statistics
from collections.abc import Iterator
from datetime import date, timedelta
from time import perf_counter
from typing import Any

import portfolio
from _served import Visitor, served
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver

from axle.config.demo.accounts import ACCOUNTS
from axle.platform.http.contextapi import LISTINGS
from axle.platform.listing import RANGE_KINDS, REACH, Col, Listing
from axle.platform.public import actor_named
from axle.platform.testing import client_for

GOAL_MS = 100
ONE_LOAN = "SELECT loan_no FROM servicing_loan WHERE id = (SELECT max(id) FROM servicing_loan)"
PAGE = 20
Params = dict[str, Any]


def run(size: int = 100_000) -> dict[str, Any]:
    """Figures by listing, worst first, and over all."""
    portfolio.run(size)
    assert get_resolver().url_patterns  # every context has declared its lists
    before = os.getloadavg()
    with served():
        floors = _floors()
        found = [_measured(listing, username) for listing in LISTINGS.values() for username in _readers(listing)]
    found.sort(key=lambda one: -one["max_ms"])
    times = [ms for one in found for ms in one.pop("times")]
    return {
        "size": size,
        "requests": len(times),
        "median_ms": _round(statistics.median(times)),
        "p95_ms": _round(_p95(times)),
        "max_ms": _round(max(times)),
        "over_goal": sum(ms > GOAL_MS for ms in times),
        "floors_ms": floors,
        "load_average": {"before": before, "after": os.getloadavg()},
        "listings": found,
    }


def _readers(listing: Listing) -> Iterator[str]:
    """One account for each different reach of the listing's permission."""
    known = set()
    for account in ACCOUNTS:
        actor = actor_named(account.username)
        scope = actor.scope(listing.permission)
        if actor.may(listing.permission) and scope not in known:
            known.add(scope)
            yield account.username


def _measured(listing: Listing, username: str) -> dict[str, Any]:
    visitor = Visitor(username)
    path = f"/lists/{listing.name}"
    _ms, status, first = visitor.get(path)
    if status != 200:
        raise RuntimeError(f"{path} as {username}: {status} {first}")
    asked = list(_requests(listing, first, visitor.get(f"{path}/meta")[2]))
    timed = [(statistics.median(_once(visitor, path, params) for _time in range(3)), params) for params in asked]
    slowest = max(timed, key=lambda pair: pair[0])
    times = [ms for ms, _params in timed]
    return {
        "listing": listing.name,
        "as": username,
        "rows": first["total"] if first["is_exact"] else f"over {REACH}",
        "requests": len(times),
        "median_ms": _round(statistics.median(times)),
        "p95_ms": _round(_p95(times)),
        "max_ms": _round(slowest[0]),
        "slowest": slowest[1],
        "summary_ms": _round(visitor.get(f"{path}/summary")[0]),
        "queries": max(_queries(username, path, params) for params in asked[:3]),
        "times": times,
    }


def _once(visitor: Visitor, path: str, params: Params) -> float:
    ms, status, body = visitor.get(path, **params)
    if status != 200:
        raise RuntimeError(f"{path} {params} as {visitor.username}: {status} {body}")
    return ms


def _queries(username: str, path: str, params: Params) -> int:
    from axle.platform.models import User

    client = client_for(User.objects.get(username=username))
    with CaptureQueriesContext(connection) as asked:
        client.get(path, **params)
    return len(asked)


def _requests(listing: Listing, first: dict[str, Any], meta: dict[str, Any]) -> Iterator[Params]:
    rows, pages = first["items"], first["total"] // PAGE
    yield {}
    if pages > 1:
        yield {"page": pages // 2}
        yield {"page": pages}
    for column in meta["columns"]:
        if column["sortable"]:
            yield {"sort": column["key"]}
            yield {"sort": f"-{column['key']}"}
    sample = rows[len(rows) // 2] if rows else {}
    for key in listing.filters:
        yield from _filters(listing.column(key), sample.get(key))
    yield from _searches(listing, sample)


def _filters(col: Col, value: Any) -> Iterator[Params]:
    for choice in list(col.choices)[:8]:
        yield {col.key: choice}
    if col.kind in {"date", "datetime"}:
        day = date.fromisoformat(str(value)[:10]) if value else date(2026, 6, 1)
        yield {f"{col.key}_from": day, f"{col.key}_to": day}
        yield {f"{col.key}_from": day - timedelta(days=30)}
        yield {f"{col.key}_to": day - timedelta(days=300)}
    elif col.kind in RANGE_KINDS and value is not None:
        yield {f"{col.key}_min": value, f"{col.key}_max": value}
        yield {f"{col.key}_min": value}
    elif col.kind == "bool":
        yield {col.key: "true"}
        yield {col.key: "false"}
    elif value not in (None, "") and not col.choices:
        yield {col.key: value}


def _searches(listing: Listing, sample: dict[str, Any]) -> Iterator[Params]:
    if not (listing.search or listing.search_index):
        return
    keys = {col.path: col.key for col in listing.columns}
    for path in listing.search:
        term = str(sample.get(keys.get(path, ""), "") or "")
        for length in {1, 4, len(term)}:
            if term[:length]:
                yield {"q": term[:length]}
    yield {"q": "19900012345"}
    yield {"q": "王"}
    yield {"q": "nothing is called this"}


def _floors() -> dict[str, float]:
    visitor = Visitor("admin")
    return {
        "page without a query": _round(statistics.median(visitor.reach("/healthz") for _time in range(50))),
        "list of a dozen rows": _round(statistics.median(visitor.get("/lists/roles")[0] for _time in range(30))),
        "SELECT 1": _round(_sql("SELECT 1")),
        "row by its key": _round(_sql(ONE_LOAN)),
    }


def _sql(statement: str) -> float:
    times = []
    with connection.cursor() as cursor:
        for _time in range(50):
            begun = perf_counter()
            cursor.execute(statement)
            cursor.fetchall()
            times.append((perf_counter() - begun) * 1000)
    return statistics.median(times)


def _p95(times: list[float]) -> float:
    return sorted(times)[min(len(times) - 1, int(len(times) * 0.95))]


def _round(ms: float) -> float:
    return round(ms, 1)
