"""How a context offers its commands, queries and listings over HTTP: declared once, mounted under /api/v1."""

import inspect
from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar, get_type_hints

from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from ninja import Query, Router
from pydantic import BaseModel, Field, create_model

from axle.platform.commands import Amount, Command, Limit, command_execute, declare
from axle.platform.history import history
from axle.platform.http.answers import json_answer
from axle.platform.http.exports import export
from axle.platform.http.history import HistoryItemOut
from axle.platform.http.request import actor_of_request
from axle.platform.listing import RANGE_KINDS, REACH, Col, Listing
from axle.platform.listing_page import MAX_PAGE_SIZE, page, summary
from axle.platform.scope import Actor, Subject

Handler = TypeVar("Handler", bound=Callable[..., Any])
LISTINGS: dict[str, Listing] = {}


class FieldErrorOut(BaseModel):
    """One broken field."""

    field: str
    code: str
    message: str


class ErrorOut(BaseModel):
    """A refusal: what is wrong, where, and what to do, in the caller's language."""

    code: str
    message: str
    field: str | None = None
    params: dict[str, Any] = {}
    errors: list[FieldErrorOut] = []


class PendingOut(BaseModel):
    """The command is registered and waits for another person's review."""

    pending_no: str


class ColumnOut(BaseModel):
    """How the console shows a column."""

    key: str
    kind: str
    enum: str | None
    link: str | None
    sortable: bool
    hidden: bool


class FilterOut(BaseModel):
    """What a listing may be filtered by; ranges take ``_from``/``_to`` (dates) or ``_min``/``_max``."""

    key: str
    kind: str
    enum: str | None
    choices: list[str] | None


class ListingMetaOut(BaseModel):
    """A listing as the console needs it to draw the page."""

    name: str
    columns: list[ColumnOut]
    filters: list[FilterOut]
    search: list[str]
    default_sort: str
    totals: list[str]
    row_link: str
    toolbar: list[str]
    row_actions: list[str]
    tabs: str


_FROM_QUERY: Any = Query(...)  # type: ignore[type-arg]
_COLUMN_TYPES: dict[str, Any] = {"integer": int, "bool": bool, "json": Any}


def _signature(function: Callable[..., Any], parameters: list[inspect.Parameter]) -> None:
    request = inspect.Parameter("request", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=HttpRequest)
    function.__signature__ = inspect.Signature([request, *parameters])  # type: ignore[attr-defined]
    function.__annotations__ = {parameter.name: parameter.annotation for parameter in [request, *parameters]}


def _operation(permission: str | None) -> dict[str, Any]:
    """What every operation's description carries: its permission, and how it refuses."""
    return {"x-permission": permission, "responses": refusals()}


def refusals() -> dict[str, Any]:
    """How an operation's description tells that it may refuse."""
    schema = {"$ref": "#/components/schemas/ErrorOut"}
    return {"4XX": {"description": "Refused", "content": {"application/json": {"schema": schema}}}}


class ContextApi:
    """The HTTP face of one context. Every route has an ``operation_id`` and a permission."""

    def __init__(self, context: str) -> None:
        self.context = context
        self.router = Router(tags=[context])

    def command(
        self,
        name: str,
        *,
        permission: str,
        amount: Amount | None = None,
        subject: str = "",
        limit: Limit | None = None,
    ) -> Callable[[Handler], Handler]:
        """Offer a write as ``POST /commands/<name>``; ``handler(ctx, data) -> model``."""

        def offer(handler: Handler) -> Handler:
            hints = get_type_hints(handler, include_extras=True)
            output = hints.get("return")
            output = output if inspect.isclass(output) and issubclass(output, BaseModel) else None
            declare(Command(name, self.context, permission, handler, hints["data"], output, amount, subject, limit))
            self._mount_command(name, permission, hints["data"], output)
            return handler

        return offer

    def _mount_command(self, name: str, permission: str, data: Any, output: Any) -> None:
        def endpoint(request: HttpRequest, data: Any) -> HttpResponse:
            key = request.headers.get("Idempotency-Key") or None
            result = command_execute(name, data, actor=actor_of_request(request), idempotency_key=key)
            return json_answer(result.response, status=result.status)

        endpoint.__name__ = name
        _signature(endpoint, [inspect.Parameter("data", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=data)])
        self.router.post(
            f"/commands/{name}",
            operation_id=name,
            response={200: output, 202: PendingOut},
            openapi_extra=_operation(permission),
        )(endpoint)

    def query(self, name: str, path: str, *, permission: str | None) -> Callable[[Handler], Handler]:
        """Offer a read as ``GET <path>``; ``handler(actor, …) -> model``. ``permission=None``: any signed-in actor."""

        def offer(handler: Handler) -> Handler:
            hints = get_type_hints(handler, include_extras=True)
            parameters = [
                parameter.replace(annotation=hints[parameter.name])
                for parameter in list(inspect.signature(handler).parameters.values())[1:]
            ]

            def endpoint(request: HttpRequest, **arguments: Any) -> HttpResponseBase:
                actor = actor_of_request(request)
                if permission is not None:
                    actor.require(permission)
                answer = handler(actor, **arguments)
                return answer if isinstance(answer, HttpResponseBase) else json_answer(answer)

            endpoint.__name__ = name
            _signature(endpoint, parameters)
            output = hints["return"]
            is_download = inspect.isclass(output) and issubclass(output, HttpResponse)
            self.router.get(
                path,
                operation_id=name,
                response={200: None if is_download else output},
                openapi_extra=_operation(permission),
            )(endpoint)
            return handler

        return offer

    def history(
        self, noun: str, path: str, *, permission: str, find: Callable[[Actor, Any], Model], key: type = int
    ) -> None:
        """Offer ``GET <path>/history``; ``find(actor, key)`` refuses a thing that the actor may not see."""

        def past(actor: Actor, thing_id: Any) -> list[HistoryItemOut]:
            subject = Subject(noun, find(actor, thing_id).pk)
            return [HistoryItemOut.model_validate(item, from_attributes=True) for item in history(subject)]

        past.__annotations__["thing_id"] = key
        self.query(f"{noun}_history", f"{path}/{{thing_id}}/history", permission=permission)(past)

    def listing(self, listing: Listing) -> Listing:
        """Offer a list as ``GET /lists/<name>``, with ``/meta`` and ``/export``."""
        if listing.name in LISTINGS:
            raise ValueError(f"listing {listing.name} is declared twice")
        listing = replace(listing, context=self.context)
        LISTINGS[listing.name] = listing
        self._mount_rows(listing)
        self._mount_summary(listing)
        self._mount_meta(listing)
        self._mount_export(listing)
        return listing

    def _get(self, listing: Listing, suffix: str, operation: str, output: Any) -> Callable[[Any], Any]:
        return self.router.get(
            f"/lists/{listing.name}{suffix}",
            operation_id=f"{listing.name}_{operation}",
            response={200: output},
            openapi_extra=_operation(listing.permission),
        )

    def _mount_rows(self, listing: Listing) -> None:
        filters = _filter_model(listing)

        def rows(request: HttpRequest, filters: Any) -> HttpResponse:
            actor = actor_of_request(request)
            found = page(listing, actor, request.GET.dict())
            commands = _allowed(listing.row_actions, actor)
            items = [row | {"actions": listing.possible(row, commands)} for row in found.items]
            return json_answer(
                {"items": items, "total": found.total, "is_exact": found.is_exact, "totals": found.totals}
            )

        _signature(
            rows,
            [inspect.Parameter("filters", inspect.Parameter.KEYWORD_ONLY, annotation=filters, default=_FROM_QUERY)],
        )
        rows.__name__ = f"{listing.name}_list"
        self._get(listing, "", "list", _page_model(listing))(rows)

    def _mount_summary(self, listing: Listing) -> None:
        filters = _filter_model(listing, is_paged=False)

        def figures(request: HttpRequest, filters: Any) -> HttpResponse:
            found = summary(listing, actor_of_request(request), request.GET.dict())
            return json_answer({"total": found.total, "totals": found.totals})

        _signature(
            figures,
            [inspect.Parameter("filters", inspect.Parameter.KEYWORD_ONLY, annotation=filters, default=_FROM_QUERY)],
        )
        figures.__name__ = f"{listing.name}_summary"
        self._get(listing, "/summary", "summary", _summary_model(listing))(figures)

    def _mount_meta(self, listing: Listing) -> None:
        def meta(request: HttpRequest) -> HttpResponse:
            actor = actor_of_request(request)
            actor.require(listing.permission)
            return json_answer(listing_meta(listing, actor))

        meta.__name__ = f"{listing.name}_meta"
        self._get(listing, "/meta", "meta", ListingMetaOut)(meta)

    def _mount_export(self, listing: Listing) -> None:
        def download(request: HttpRequest, format: str = "csv") -> Any:
            return export(listing, actor_of_request(request), request.GET.dict(), format)

        download.__name__ = f"{listing.name}_export"
        self._get(listing, "/export", "export", None)(download)


def _column_out(col: Col, *, is_sortable: bool) -> ColumnOut:
    return ColumnOut(
        key=col.key,
        kind=col.kind,
        enum=col.enum or None,
        link=col.link or None,
        sortable=is_sortable,
        hidden=col.is_hidden,
    )


def _filter_out(col: Col) -> FilterOut:
    return FilterOut(key=col.key, kind=col.kind, enum=col.enum or None, choices=list(col.choices) or None)


def _allowed(names: Any, actor: Actor) -> list[str]:
    from axle.platform.commands import COMMANDS

    return [name for name in names if name in COMMANDS and actor.may(COMMANDS[name].permission)]


def listing_meta(listing: Listing, actor: Actor) -> ListingMetaOut:
    """What the console needs to draw a listing for this actor."""
    model = listing.queryset(actor).model
    return ListingMetaOut(
        name=listing.name,
        columns=[_column_out(col, is_sortable=listing.can_sort(col, model)) for col in listing.columns],
        filters=[_filter_out(listing.column(key)) for key in listing.filters],
        search=[*listing.search, *listing.search_index],
        default_sort=listing.default_sort,
        totals=list(listing.totals),
        row_link=listing.row_link,
        toolbar=_allowed(listing.toolbar, actor),
        row_actions=_allowed(listing.row_actions, actor),
        tabs=listing.tabs,
    )


def _page_model(listing: Listing) -> Any:
    name = "".join(part.title() for part in listing.name.split("_"))
    build: Any = create_model  # built from data: the checker cannot follow the fields
    shown = listing.columns
    columns = {col.key: (_COLUMN_TYPES.get(col.kind, str) | None if col.kind != "json" else Any, ...) for col in shown}
    row: Any = build(f"{name}Row", id=(Any, ...), actions=(list[str], ...), **columns)
    totals = build(f"{name}PageTotals", **dict.fromkeys(listing.totals, (str | int | None, None)))
    counted = {"total": (int, ...), "is_exact": (bool, ...), "totals": (totals, ...)}
    return build(f"{name}Page", items=(list[row], ...), **counted)


def _summary_model(listing: Listing) -> Any:
    name = "".join(part.title() for part in listing.name.split("_"))
    build: Any = create_model
    totals = build(f"{name}Totals", **dict.fromkeys(listing.totals, (str | int, ...)))
    return build(f"{name}Summary", total=(int, ...), totals=(totals, ...))


def _filter_model(listing: Listing, *, is_paged: bool = True) -> Any:
    fields: dict[str, Any] = {"q": (str | None, None)}
    if is_paged:
        fields |= {
            "page": (int | None, Field(None, ge=1, le=REACH)),
            "page_size": (int | None, Field(None, ge=1, le=MAX_PAGE_SIZE)),
            "sort": (str | None, None),
        }
    for key in listing.filters:
        kind = listing.column(key).kind
        ends = ("from", "to") if kind in {"date", "datetime"} else ("min", "max")
        names = [f"{key}_{end}" for end in ends] if kind in RANGE_KINDS else []
        fields |= dict.fromkeys([key, *names], (str | None, None))
    name = "".join(part.title() for part in listing.name.split("_"))
    return create_model(f"{name}{'Filters' if is_paged else 'Choice'}", **fields)
