"""Parameters and dictionaries."""

from datetime import date
from typing import Any

from pydantic import BaseModel, Field

from axle.platform import dictionaries, parameters
from axle.platform import permissions as may
from axle.platform.commands import Ctx
from axle.platform.http.routes.base import IdOut, api
from axle.platform.listing import Col, Listing
from axle.platform.models import DictionaryItem, ParameterValue
from axle.platform.parameters import PARAMETERS
from axle.platform.scope import Actor


class ParameterSetIn(BaseModel):
    """A value from a date on; history stays."""

    code: str = Field(max_length=80)
    value: Any
    effective_from: date
    legal_entity_id: int | None = None
    note: str = Field("", max_length=200)


class ParameterOut(BaseModel):
    code: str
    type: str
    value: Any
    default: Any
    source: str


class DictionaryItemIn(BaseModel):
    dictionary: str = Field(max_length=48)
    code: str = Field(min_length=1, max_length=48)
    name: str = Field(min_length=1, max_length=100)
    order: int = Field(0, ge=0, le=100_000)
    valid_from: date


class DictionaryItemRetireIn(BaseModel):
    item_id: int
    valid_to: date


def _plain(value: Any) -> Any:
    return value if isinstance(value, int | str | bool | list | dict) else str(value)


@api.query("parameters", "/parameters", permission=may.PARAMETER_VIEW)
def parameter_list(actor: Actor) -> list[ParameterOut]:
    """Every declared parameter with the value in force today."""
    return [
        ParameterOut(
            code=p.code,
            type=p.type_.__name__.lower(),
            value=_plain(parameters.parameter_value(p.code)),
            default=_plain(p.default),
            source=p.source,
        )
        for p in sorted(PARAMETERS.values(), key=lambda declared: declared.code)
    ]


@api.command("parameter_set", permission=may.PARAMETER_SET, subject="parameter")
def parameter_set(ctx: Ctx, data: ParameterSetIn) -> IdOut:
    return IdOut(id=parameters.parameter_set(actor=ctx.actor, **data.model_dump()).pk)


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
            Col("code"),
            Col("value", "json"),
            Col("effective_from", "date"),
            Col("legal_entity", source="legal_entity__name"),
            Col("note"),
            Col("set_by"),
            Col("set_at", "datetime"),
        ],
        search=["code"],
        filters=["code", "effective_from"],
        toolbar=["parameter_set"],
    )
)
api.listing(
    Listing(
        name="dictionary_items",
        permission=may.DICTIONARY_VIEW,
        queryset=lambda actor: DictionaryItem.objects.all(),
        columns=[
            Col("dictionary", source="dictionary__code"),
            Col("dictionary_name", source="dictionary__name"),
            Col("code"),
            Col("name"),
            Col("order", "integer"),
            Col("valid_from", "date"),
            Col("valid_to", "date"),
        ],
        search=["dictionary__code", "code", "name"],
        filters=["dictionary"],
        default_sort="dictionary__code",
        toolbar=["dictionary_item_add"],
        row_actions=["dictionary_item_retire"],
    )
)
