"""One page of a listing, and the figures over all of its rows."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet, Sum

from axle.platform.listing import REACH, Listing, bad_parameter, ordered, rows_shown, select
from axle.platform.scope import Actor

MAX_PAGE_SIZE = 200


@dataclass(frozen=True)
class Page:
    """One page of rows. ``total`` goes up to ``REACH``; beyond it is not exact, and ``totals`` are in the summary."""

    items: list[dict[str, Any]]
    total: int
    is_exact: bool
    totals: dict[str, Any]


@dataclass(frozen=True)
class Summary:
    """The exact number of all chosen rows and their totals, however long that takes."""

    total: int
    totals: dict[str, Any]


def page(listing: Listing, actor: Actor, params: Mapping[str, str]) -> Page:
    """One page. Errors: PermissionMissing, InputInvalid, also for a page beyond ``REACH``."""
    rows, is_beyond_reach = ordered(listing, actor, params)
    size = _whole(params, "page_size", 20, MAX_PAGE_SIZE)
    start = (_whole(params, "page", 1, REACH) - 1) * size
    if start + size > max(REACH, size):
        raise bad_parameter("page", "out_of_reach")
    keys = list(rows.values_list("pk", flat=True)[start : start + size])
    total = REACH + 1 if is_beyond_reach else _counted(rows, keys, start, size)
    is_exact = total <= REACH
    return Page(
        items=_shown(listing, actor, rows, keys),
        total=min(total, REACH),
        is_exact=is_exact,
        totals=_totals(listing, rows) if is_exact else {},
    )


def summary(listing: Listing, actor: Actor, params: Mapping[str, str]) -> Summary:
    """Exact figures over all chosen rows. Errors: PermissionMissing, InputInvalid."""
    actor.require(listing.permission)
    rows = select(listing, actor, params).rows
    return Summary(rows.order_by().count(), _totals(listing, rows))


def _counted(rows: QuerySet[Any], keys: list[Any], start: int, size: int) -> int:
    """How many rows there are, up to one beyond ``REACH``; a first page that is not full needs no counting."""
    if start == 0 and len(keys) < size:
        return len(keys)
    return rows.order_by().values("pk")[: REACH + 1].count()


def _shown(listing: Listing, actor: Actor, rows: QuerySet[Any], keys: list[Any]) -> list[dict[str, Any]]:
    """The rows of some keys in their order: what they show is joined for these alone."""
    found = listing.queryset(actor).filter(pk__in=keys).order_by(*rows.query.order_by) if keys else rows.none()
    return list(rows_shown(listing, found))


def _totals(listing: Listing, rows: QuerySet[Any]) -> dict[str, Any]:
    if not listing.totals:
        return {}
    sums = rows.order_by().aggregate(**{f"total_{key}": Sum(listing.column(key).path) for key in listing.totals})
    return {key: listing.column(key).show(sums[f"total_{key}"] or 0) for key in listing.totals}


def _whole(params: Mapping[str, str], name: str, default: int, maximum: int) -> int:
    text = params.get(name) or str(default)
    if not (text.isascii() and text.isdigit()) or not 1 <= int(text[:9]) <= maximum:
        raise bad_parameter(name, "invalid_integer")
    return int(text)
