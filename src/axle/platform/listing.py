"""Listings: a list is declared once and gets scope, search, filters, sort, paging, totals and export.

A list answers in the same time however long it is: ``listing_page`` reads one page by an index, counts no further than
a person turns pages, and looks for a term in each searched column by itself.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from functools import reduce
from operator import or_
from typing import Any, Literal, NamedTuple

from django.db.models import Model, Q, QuerySet
from django.db.models.expressions import RawSQL
from django.utils import timezone
from django.utils.dateparse import parse_date

from axle.kernel.errors import AxleError
from axle.kernel.money import parse_yuan, yuan
from axle.platform.catalogue import actor_shown, current_locale
from axle.platform.errors import InputInvalid
from axle.platform.listing_orders import is_kept_in_order
from axle.platform.masking import mask
from axle.platform.scope import Actor

Kind = Literal["text", "money", "integer", "rate", "date", "datetime", "enum", "bool", "masked", "json"]
RowRule = Callable[[Mapping[str, Any]], bool]
REACH = 10_000
"""How many rows a person may page through, and how far a page counts; behind it are filters and the export."""
_NAMES_AN_ACTOR = re.compile(r"_by(_name)?$|^(actor|maker|checker|appraiser)(_name)?$")
KEY_DIGITS = 18
RANGE_KINDS = {"money", "integer", "rate", "date", "datetime"}


@dataclass(frozen=True)
class Col:
    """A column: ``source`` is the ORM path when it is not the key itself; ``mask`` names a masking rule.

    ``{lang}`` in a path stands for the reader's language: "product__name_{lang}". Such a column is not sorted by.
    ``order`` is the path to sort by when it is another one, with a minus when it runs the other way.
    """

    key: str
    kind: Kind = "text"
    source: str = ""
    enum: str = ""
    choices: Sequence[str] = ()
    mask: str = ""
    link: str = ""
    is_sortable: bool = True
    is_hidden: bool = False
    order: str = ""

    @property
    def path(self) -> str:
        return (self.source or self.key).replace("{lang}", current_locale.get()[:2])

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
                return actor_shown(str(value)) if _NAMES_AN_ACTOR.search(self.key) else str(value)
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
    A list ``is_growing`` when business adds rows to it: it can be sorted by what an index keeps in order, and no more.
    ``tabs`` names the filter whose choices are offered as tabs. ``context`` is that of the API that offers it.
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
    is_growing: bool = False
    context: str = ""

    def can_sort(self, col: Col, model: type[Model]) -> bool:
        """Whether rows of the list's model can be sorted by one of its columns."""
        path = (col.order or col.path).lstrip("-")
        is_quick = not self.is_growing or is_kept_in_order(model, path)
        return is_quick and col.is_sortable and col.kind not in {"masked", "json"}

    def possible(self, row: Mapping[str, Any], commands: Sequence[str]) -> list[str]:
        """Of some commands, those that the state of a shown row allows."""
        return [name for name in commands if name not in self.row_rules or self.row_rules[name](row)]

    def column(self, key: str) -> Col:
        """Errors: InputInvalid for a key that the listing does not have."""
        for col in self.columns:
            if col.key == key:
                return col
        raise bad_parameter(key, "unknown_column")


def bad_parameter(field_name: str, kind: str) -> InputInvalid:
    """The refusal of one parameter of a list."""
    return InputInvalid(field=field_name, errors=[{"loc": (field_name,), "type": kind, "msg": kind}])


def _read(col: Col, name: str, value: str) -> Any:
    try:
        return col.read(value)
    except (ValueError, KeyError, ArithmeticError, AxleError) as error:
        raise bad_parameter(name, f"invalid_{col.kind}") from error


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


def _by_key(params: Mapping[str, str]) -> Q:
    """The one row of a key, for who must name what another row refers to."""
    value = params.get("id", "")
    if not value:
        return Q()
    if not value.isdecimal() or len(value) > KEY_DIGITS:
        raise bad_parameter("id", "invalid_integer")
    return Q(pk=int(value))


class Chosen(NamedTuple):
    """The rows of a list for its filters; ``is_beyond_reach`` when it is known already that they are more than that."""

    rows: QuerySet[Any]
    is_beyond_reach: bool = False


def _search(listing: Listing, rows: QuerySet[Any], term: str) -> Chosen:
    """The rows in which a searched column begins with the term.

    Rows within reach are found by their keys, column by column, so that each column's index serves; of more, the first
    in the list's own order come soon enough.
    """
    columns = [Q(**{f"{path}__istartswith": term}) for path in listing.search]
    columns += [Q(**{path: index(term)}) for path, index in listing.search_index.items()]
    if not columns:
        return Chosen(rows)
    found = [rows.filter(column).order_by().values_list("pk", flat=True)[: REACH + 1] for column in columns]
    keys = set(found[0].union(*found[1:], all=True)) if len(found) > 1 else set(found[0])
    if len(keys) > REACH:
        return Chosen(rows.filter(reduce(or_, columns)), is_beyond_reach=True)
    return Chosen(rows.filter(pk__in=RawSQL("SELECT unnest(%s::bigint[])", [sorted(keys)])))


def select(listing: Listing, actor: Actor, params: Mapping[str, str]) -> Chosen:
    """The rows of a listing for an actor and its filters. Errors: InputInvalid naming the parameter."""
    rows = listing.queryset(actor).filter(_filter(listing, params), _by_key(params))
    if term := params.get("q", "").strip():
        return _search(listing, rows, term)
    return Chosen(rows)


def _order(listing: Listing, model: type[Model], sort: str | None) -> list[str]:
    """The order asked for; rows that are equal in it follow their keys the same way, as an index has them."""
    if not sort:
        path, is_down = listing.default_sort.lstrip("-"), listing.default_sort.startswith("-")
    else:
        col = listing.column(sort.lstrip("-"))
        if not listing.can_sort(col, model):
            raise bad_parameter("sort", "not_sortable")
        path = (col.order or col.path).lstrip("-")
        is_down = sort.startswith("-") != col.order.startswith("-")
    direction, owner = "-" if is_down else "", path.rpartition("__")[0]
    keys = [f"{owner}__pk"] if owner else []
    return [direction + name for name in (path, *keys, *([] if path in {"id", "pk"} else ["pk"]))]


def rows_shown(listing: Listing, rows: QuerySet[Any]) -> Iterator[dict[str, Any]]:
    """Ordered rows as dictionaries of shown values, lazily, with one query."""
    paths = [col.path for col in listing.columns]
    for pk, *values in rows.values_list("pk", *paths).iterator(chunk_size=2000):
        yield {
            "id": pk,
            **{col.key: col.show(value) for col, value in zip(listing.columns, values, strict=True)},
        }


def ordered(listing: Listing, actor: Actor, params: Mapping[str, str]) -> Chosen:
    """The selected rows in the order asked for. Errors: PermissionMissing, InputInvalid."""
    actor.require(listing.permission)
    rows, is_beyond_reach = select(listing, actor, params)
    return Chosen(rows.order_by(*_order(listing, rows.model, params.get("sort"))), is_beyond_reach)
