"""The sources as the institution sees them: used or not, how they answer, what they cost; and consents."""

from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, Field, StringConstraints

from axle.platform.listing import Col, Listing
from axle.platform.public import Ctx, Input
from axle.sources import permissions, selectors
from axle.sources.domain.breaker import BreakerState
from axle.sources.domain.catalogue import SOURCES
from axle.sources.domain.source import Purpose
from axle.sources.http.base import api
from axle.sources.services.consent_keep import consent_withdraw
from axle.sources.services.source_switch import source_switch

DataSourceCode = StrEnum("DataSourceCode", {code.upper(): code for code in SOURCES})  # type: ignore[misc]


class DataSourceSwitchIn(Input):
    """Which source, and whether it is used from now on."""

    data_source: DataSourceCode
    is_on: bool
    note: Annotated[str, StringConstraints(min_length=2, max_length=200)]


class DataSourceOut(BaseModel):
    """The source as it stands now."""

    data_source: DataSourceCode
    is_on: bool


@api.command("data_source_switch", permission=permissions.SOURCE_SWITCH, subject="datasource")
def _switch(ctx: Ctx, data: DataSourceSwitchIn) -> DataSourceOut:
    """Use a data source, or leave it alone (启停数据源); its breaker closes."""
    row = source_switch(actor=ctx.actor, code=data.data_source, is_on=data.is_on, note=data.note)
    return DataSourceOut(data_source=DataSourceCode(row.code), is_on=row.is_on)


class ConsentWithdrawIn(Input):
    """Which consent its giver takes back, and how that came to be known."""

    consent_id: int
    reason: Annotated[
        str, StringConstraints(min_length=2, max_length=200), Field(json_schema_extra={"format": "textarea"})
    ]


class ConsentOut(BaseModel):
    """The consent as it stands now."""

    consent_no: str
    withdrawn_on: date | None


@api.command("consent_withdraw", permission=permissions.CONSENT_MANAGE, subject="consent")
def _withdraw(ctx: Ctx, data: ConsentWithdrawIn) -> ConsentOut:
    """Note that a person has withdrawn a consent (撤回授权)."""
    consent = consent_withdraw(actor=ctx.actor, consent_id=data.consent_id, reason=data.reason)
    return ConsentOut(consent_no=consent.consent_no, withdrawn_on=consent.withdrawn_on)


_SOURCE_NAMES = list(SOURCES)

api.listing(
    Listing(
        name="data_sources",
        permission=permissions.SOURCE_VIEW,
        queryset=selectors.sources_this_month,
        columns=[
            Col("data_source", "enum", source="code", enum="DataSourceCode", choices=_SOURCE_NAMES),
            Col("is_on", "bool"),
            Col("breaker_state", "enum", enum="BreakerState", choices=[str(state) for state in BreakerState]),
            Col("calls_asked", "integer"),
            Col("calls_cached", "integer"),
            Col("hit_rate", "rate"),
            Col("calls_unanswered", "integer"),
            Col("duration_p50_ms", "integer"),
            Col("duration_p95_ms", "integer"),
            Col("cost", "money"),
            Col("switched_by"),
            Col("switched_at", "datetime"),
        ],
        filters=["is_on"],
        totals=["calls_asked", "cost"],
        default_sort="code",
        toolbar=["data_source_switch"],
        row_actions=["data_source_switch"],
    )
)
api.listing(
    Listing(
        name="consents",
        is_growing=True,
        permission=permissions.CONSENT_VIEW,
        queryset=selectors.consents_visible,
        columns=[
            Col("consent_no"),
            Col("person_name", "masked", mask="name"),
            Col("consent_purpose", "enum", source="purpose", enum="ConsentPurpose", choices=list(Purpose)),
            Col("subject_no"),
            Col("given_on", "date"),
            Col("expires_on", "date"),
            Col("withdrawn_on", "date"),
            Col("withdrawal_reason", is_hidden=True),
            Col("recorded_by"),
        ],
        search=["consent_no"],
        filters=["consent_purpose", "given_on", "withdrawn_on"],
        row_actions=["consent_withdraw"],
        row_rules={"consent_withdraw": lambda row: row["withdrawn_on"] is None},
    )
)
