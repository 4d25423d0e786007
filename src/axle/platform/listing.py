"""Listings: a list is declared once and gets scope, search, filters, sort, paging, totals and export."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, Literal

from django.db.models import Q, QuerySet, Sum
from django.utils import timezone
from django.utils.dateparse import parse_date

from axle.kernel.errors import AxleError
from axle.kernel.money import parse_yuan, yuan
from axle.platform.errors import InputInvalid
from axle.platform.masking import mask
from axle.platform.scope import Actor

Kind = Literal["text", "money", "integer", "rate", "date", "datetime", "enum", "bool", "masked", "json"]
RowRule = Callable[[Mapping[str, Any]], bool]
MAX_PAGE_SIZE = 200
RANGE_KINDS = {"money", "integer", "rate", "date", "datetime"}


@dataclass(frozen=True)
class Col:
    """A column: ``source`` is the ORM path when it is not the key itself; ``mask`` names a masking rule."""

    key: str
    kind: Kind = "text"
    source: str = ""
    enum: str = ""
    choices: Sequence[str] = ()
    mask: str = ""
    link: str = ""
    is_sortable: bool = True
    is_hidden: bool = False

    @property
    def path(self) -> str:
        return self.source or self.key

    def show(self, value: Any) -> Any:
        """A stored value as it leaves the server."""
        if value is None:
            return None
        match self.kind:
            case "money":
                return yuan(int(value))
            case "rate":
                return format(Decimal(value).normalize(), "f")
            case "masked":
                return mask(str(value), self.mask or "text")
            case "date":
                return value.isoformat()
            case "datetime":
                return timezone.localtime(value).isoformat(timespec="seconds")
            case "text":
                return str(value)
            case _:
                return value

    def read(self, text: str) -> Any:
        """A filter's text in the column's type. Errors: ValueError, AxleError."""
        match self.kind:
            case "money":
                return parse_yuan(text)
            case "integer":
                return int(text)
            case "rate":
                return Decimal(text)
            case "bool":
                return {"true": True, "false": False}[text]
            case "date" | "datetime":
                parsed = parse_date(text)
                if parsed is None:
                    raise ValueError(text)
                return parsed
            case _:
                return text


@dataclass(frozen=True)
class Listing:
    """One list of the system.

    ``queryset(actor)`` gives the rows that the actor may see; ``search`` paths are matched as prefix, or by
    ``search_index`` (path → function of the term) where data is encrypted; ``filters`` and ``totals`` name columns.
    ``row_rules`` says for which rows, as shown, a command of ``row_actions`` is possible; without a rule it always is.
    ``tabs`` names the filter whose choices are offered as tabs.
    """

    name: str
    permission: str
    queryset: Callable[[Actor], QuerySet[Any]]
    columns: Sequence[Col]
    search: Sequence[str] = ()
    search_index: Mapping[str, Callable[[str], str]] = field(default_factory=dict)
    filters: Sequence[str] = ()
    totals: Sequence[str] = ()
    default_sort: str = "-id"
    row_link: str = ""
    toolbar: Sequence[str] = ()
    row_actions: Sequence[str] = ()
    row_rules: Mapping[str, RowRule] = field(default_factory=dict)
    tabs: str = ""

    def possible(self, row: Mapping[str, Any], commands: Sequence[str]) -> list[str]:
        """Of some commands, those that the state of a shown row allows."""
        return [name for name in commands if name not in self.row_rules or self.row_rules[name](row)]

    def column(self, key: str) -> Col:
        """Errors: InputInvalid for a key that the listing does not have."""
        for col in self.columns:
            if col.key == key:
                return col
        raise _bad(key, "unknown_column")


@dataclass(frozen=True)
class Page:
    """One page of rows with the totals over all pages."""

    items: list[dict[str, Any]]
    total: int
    totals: dict[str, Any]


def _bad(field_name: str, kind: str) -> InputInvalid:
    return InputInvalid(field=field_name, errors=[{"loc": (field_name,), "type": kind, "msg": kind}])


def _read(col: Col, name: str, value: str) -> Any:
    try:
        return col.read(value)
    except (ValueError, KeyError, ArithmeticError, AxleError) as error:
        raise _bad(name, f"invalid_{col.kind}") from error


def _bound(col: Col, name: str, value: str, *, is_upper: bool) -> Q:
    read = _read(col, name, value)
    if col.kind == "datetime":
        start = timezone.make_aware(datetime.combine(read, datetime.min.time()))
        return Q(**{f"{col.path}__lt": start + timedelta(days=1)}) if is_upper else Q(**{f"{col.path}__gte": start})
    return Q(**{f"{col.path}__{'lte' if is_upper else 'gte'}": read})


def _filter(listing: Listing, params: Mapping[str, str]) -> Q:
    chosen = Q()
    for key in listing.filters:
        col = listing.column(key)
        if col.kind in RANGE_KINDS:
            lower, upper = ("from", "to") if col.kind in {"date", "datetime"} else ("min", "max")
            for suffix, is_upper in ((lower, False), (upper, True)):
                if value := params.get(f"{key}_{suffix}"):
                    chosen &= _bound(col, f"{key}_{suffix}", value, is_upper=is_upper)
        if value := params.get(key):
            values = [_read(col, key, part) for part in value.split(",")]
            chosen &= Q(**{f"{col.path}__in": values})
    return chosen


def _search(listing: Listing, term: str) -> Q:
    found = Q()
    for path in listing.search:
        found |= Q(**{f"{path}__istartswith": term})
    for path, index in listing.search_index.items():
        found |= Q(**{path: index(term)})
    return found


def select(listing: Listing, actor: Actor, params: Mapping[str, str]) -> QuerySet[Any]:
    """The rows of a listing for an actor and its filters. Errors: InputInvalid naming the parameter."""
    rows = listing.queryset(actor).filter(_filter(listing, params))
    if term := params.get("q", "").strip():
        rows = rows.filter(_search(listing, term))
    return rows


def _order(listing: Listing, sort: str | None) -> list[str]:
    if not sort:
        return [listing.default_sort] + ([] if listing.default_sort.lstrip("-") in {"id", "pk"} else ["-pk"])
    col = listing.column(sort.lstrip("-"))
    if not col.is_sortable or col.kind == "masked":
        raise _bad("sort", "not_sortable")
    return [("-" if sort.startswith("-") else "") + col.path, "-pk"]


def rows_shown(listing: Listing, rows: QuerySet[Any]) -> Iterator[dict[str, Any]]:
    """Ordered rows as dictionaries of shown values, lazily, with one query."""
    paths = [col.path for col in listing.columns]
    for pk, *values in rows.values_list("pk", *paths).iterator(chunk_size=2000):
        yield {
            "id": pk,
            **{col.key: col.show(value) for col, value in zip(listing.columns, values, strict=True)},
        }


def ordered(listing: Listing, actor: Actor, params: Mapping[str, str]) -> QuerySet[Any]:
    """The selected rows in the order asked for. Errors: PermissionMissing, InputInvalid."""
    actor.require(listing.permission)
    return select(listing, actor, params).order_by(*_order(listing, params.get("sort")))


def _totals(listing: Listing, rows: QuerySet[Any]) -> dict[str, Any]:
    if not listing.totals:
        return {}
    sums = rows.aggregate(**{f"total_{key}": Sum(listing.column(key).path) for key in listing.totals})
    return {key: listing.column(key).show(sums[f"total_{key}"] or 0) for key in listing.totals}


def _whole(params: Mapping[str, str], name: str, default: int, maximum: int) -> int:
    text = params.get(name) or str(default)
    if not (text.isascii() and text.isdigit()) or not 1 <= int(text[:9]) <= maximum:
        raise _bad(name, "invalid_integer")
    return int(text)


def page(listing: Listing, actor: Actor, params: Mapping[str, str]) -> Page:
    """One page. Errors: PermissionMissing, InputInvalid."""
    rows = ordered(listing, actor, params)
    size = _whole(params, "page_size", 20, MAX_PAGE_SIZE)
    start = (_whole(params, "page", 1, 1_000_000) - 1) * size
    items = list(rows_shown(listing, rows[start : start + size]))
    unordered = rows.order_by()
    return Page(items, unordered.count(), _totals(listing, unordered))
