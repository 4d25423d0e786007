"""Parameters and dictionaries."""

from collections import defaultdict
from datetime import date
from typing import Any

from django.db.models import Count, Q
from pydantic import BaseModel, Field

from axle.kernel.money import parse_yuan, yuan
from axle.platform import dictionaries, parameters
from axle.platform import permissions as may
from axle.platform.businessday import business_date
from axle.platform.commands import Ctx
from axle.platform.http.actor_name import ActorName
from axle.platform.http.routes.base import IdOut, api
from axle.platform.inputs import Input
from axle.platform.listing import Col, Listing
from axle.platform.models import Dictionary, DictionaryItem, ParameterValue
from axle.platform.parameters import PARAMETERS, Parameter
from axle.platform.scope import Actor


class ParameterSetIn(Input):
    """A value from a date on; history stays."""

    code: str = Field(max_length=80)
    value: Any
    effective_from: date
    legal_entity_id: int | None = None
    note: str = Field("", max_length=200)


class ParameterOut(BaseModel):
    """A declared parameter with the value in force; an amount is a yuan string and its type "money"."""

    code: str
    context: str
    type: str
    value: Any
    default: Any
    minimum: str | None
    maximum: str | None
    source: str
    effective_from: date | None
    set_by: ActorName
    upcoming: int


class DictionaryOut(BaseModel):
    """A dictionary with the number of its values that may be chosen today."""

    id: int
    code: str
    name: str
    items: int


class DictionaryIn(Input):
    code: str = Field(min_length=2, max_length=48, pattern=r"^[a-z][a-z0-9_]*$")
    name: str = Field(min_length=1, max_length=64)


class DictionaryItemIn(Input):
    dictionary: str = Field(max_length=48)
    code: str = Field(min_length=1, max_length=48)
    name: str = Field(min_length=1, max_length=100)
    order: int = Field(0, ge=0, le=100_000)
    valid_from: date


class DictionaryItemRetireIn(Input):
    item_id: int
    valid_to: date


def _is_amount(code: str) -> bool:
    return code.endswith("_fen")


def _plain(code: str, value: Any) -> Any:
    if _is_amount(code):
        return yuan(int(value))
    return value if isinstance(value, int | str | bool | list | dict) else str(value)


def _entered(code: str, value: Any) -> Any:
    """An amount is entered in yuan and kept in fen."""
    return parse_yuan(value) if _is_amount(code) and isinstance(value, str) else value


def _bound(code: str, value: Any) -> str | None:
    return None if value is None else str(_plain(code, value))


def _parameter_out(declared: Parameter, values: list[ParameterValue], on: date) -> ParameterOut:
    code = declared.code
    in_force = next((value for value in values if value.effective_from <= on), None)
    return ParameterOut(
        code=code,
        context=code.split(".")[0],
        type="money" if _is_amount(code) else declared.type_.__name__.lower(),
        value=_plain(code, declared.read(in_force.value if in_force else declared.default)),
        default=_plain(code, declared.default),
        minimum=_bound(code, declared.minimum),
        maximum=_bound(code, declared.maximum),
        source=declared.source,
        effective_from=in_force.effective_from if in_force else None,
        set_by=in_force.set_by if in_force else "",
        upcoming=sum(1 for value in values if value.effective_from > on),
    )


@api.query("parameters", "/parameters", permission=may.PARAMETER_VIEW)
def parameter_list(actor: Actor) -> list[ParameterOut]:
    """Every declared parameter with the value in force on the business date for all companies."""
    values: dict[str, list[ParameterValue]] = defaultdict(list)
    for value in ParameterValue.objects.filter(legal_entity=None).order_by("-effective_from", "-pk"):
        values[value.code].append(value)
    on = business_date()
    return [_parameter_out(PARAMETERS[code], values[code], on) for code in sorted(PARAMETERS)]


@api.query("dictionaries", "/dictionaries", permission=may.DICTIONARY_VIEW)
def dictionary_list(actor: Actor) -> list[DictionaryOut]:
    """Every dictionary."""
    on = business_date()
    in_use = Count(
        "items", filter=Q(items__valid_from__lte=on) & (Q(items__valid_to=None) | Q(items__valid_to__gte=on))
    )
    rows = Dictionary.objects.annotate(in_use=in_use).order_by("code")
    return [DictionaryOut(id=d.pk, code=d.code, name=d.name, items=d.in_use) for d in rows]


@api.command("parameter_set", permission=may.PARAMETER_SET, subject="parameter")
def parameter_set(ctx: Ctx, data: ParameterSetIn) -> IdOut:
    given = data.model_dump() | {"value": _entered(data.code, data.value)}
    return IdOut(id=parameters.parameter_set(actor=ctx.actor, **given).pk)


@api.command("dictionary_create", permission=may.DICTIONARY_MANAGE, subject="dictionary")
def dictionary_create(ctx: Ctx, data: DictionaryIn) -> IdOut:
    return IdOut(id=dictionaries.dictionary_create(code=data.code, name=data.name).pk)


@api.command("dictionary_item_add", permission=may.DICTIONARY_MANAGE, subject="dictionary_item")
def dictionary_item_add(ctx: Ctx, data: DictionaryItemIn) -> IdOut:
    return IdOut(id=dictionaries.dictionary_item_add(**data.model_dump()).pk)


@api.command("dictionary_item_retire", permission=may.DICTIONARY_MANAGE, subject="dictionary_item")
def dictionary_item_retire(ctx: Ctx, data: DictionaryItemRetireIn) -> IdOut:
    return IdOut(id=dictionaries.dictionary_item_retire(**data.model_dump()).pk)


api.listing(
    Listing(
        name="parameter_values",
        permission=may.PARAMETER_VIEW,
        queryset=lambda actor: ParameterValue.objects.all(),
        columns=[
            Col("code", "enum", enum="Parameter"),
            Col("value", "json"),
            Col("effective_from", "date"),
            Col("legal_entity", source="legal_entity__name"),
            Col("note"),
            Col("set_by"),
            Col("set_at", "datetime"),
        ],
        search=["code"],
        filters=["code", "effective_from"],
        default_sort="-effective_from",
    )
)
api.listing(
    Listing(
        name="dictionary_items",
        permission=may.DICTIONARY_VIEW,
        queryset=lambda actor: DictionaryItem.objects.all(),
        columns=[
            Col("code"),
            Col("name"),
            Col("dictionary_name", source="dictionary__name"),
            Col("dictionary", source="dictionary__code"),
            Col("order", "integer"),
            Col("valid_from", "date"),
            Col("valid_to", "date"),
        ],
        search=["dictionary__code", "code", "name"],
        filters=["dictionary"],
        default_sort="dictionary__code",
        toolbar=["dictionary_item_add", "dictionary_create"],
        row_actions=["dictionary_item_retire"],
        row_rules={"dictionary_item_retire": lambda row: row["valid_to"] is None},
    )
)
