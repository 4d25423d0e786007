"""Early warnings of loans in force: listed, shown with what led to them, handled."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from pydantic import BaseModel, Field

from axle.kernel.types import RateStr, Yuan
from axle.platform.http import ActorName
from axle.platform.listing import Col, Listing
from axle.platform.public import Actor, Ctx, Input, name_shown
from axle.servicing import permissions as may
from axle.servicing.domain.warnings import (
    ValueBasis,
    WarningCause,
    WarningLevel,
    WarningMeasure,
    WarningState,
    WarningStepKind,
)
from axle.servicing.http.base import actions_of, api, one_of
from axle.servicing.models import LoanWarning
from axle.servicing.selectors.visible import warning_steps_listed, warnings_listed, warnings_visible
from axle.servicing.services import warning_handle as handling

_TEXTAREA: dict[str, Any] = {"format": "textarea"}


class LoanWarningIn(Input):
    warning_no: str = Field(max_length=24)


class LoanWarningNoteIn(LoanWarningIn):
    """What was done or found out."""

    note: str = Field(min_length=2, max_length=500, json_schema_extra=_TEXTAREA)


class LoanWarningAcknowledgeIn(LoanWarningIn):
    """What is going to be done."""

    note: str = Field("", max_length=500, json_schema_extra=_TEXTAREA)


class LoanWarningCloseIn(LoanWarningNoteIn):
    """What was done, and what came of it."""

    measure: WarningMeasure


class LoanWarningOut(BaseModel):
    warning_no: str
    warning_state: WarningState


class LoanWarningDetail(LoanWarningOut):
    """A warning with the figures that led to it, and what may be done next."""

    id: int
    loan_no: str
    contract_no: str
    customer_id: int
    customer_name: str
    product_name: str
    vehicle_title: str
    plate_no: str
    disbursed_on: date
    warning_cause: WarningCause
    warning_level: WarningLevel
    raised_on: date
    level_since: date
    due_on: date
    is_late: bool
    principal_balance: Yuan
    value_basis: ValueBasis | None
    valued_on: date | None
    value_then: Yuan | None
    present_value: Yuan | None
    ltv_rate: RateStr | None
    threshold_rate: RateStr | None
    fall_rate: RateStr | None
    id_valid_until: date | None
    acknowledged_by: ActorName
    acknowledged_at: datetime | None
    note: str
    warning_measure: WarningMeasure | None
    closed_on: date | None
    closed_by_step: WarningStepKind | None
    actions: list[str]


def _out(warning: LoanWarning) -> LoanWarningOut:
    return LoanWarningOut(warning_no=warning.warning_no, warning_state=WarningState(warning.state))


def _visible(actor: Actor, warning_no: str) -> LoanWarning:
    rows = warnings_visible(actor).select_related("loan__customer", "loan__vehicle__trim")
    return one_of(rows, "loan_warning", warning_no=warning_no)


@api.command("loan_warning_acknowledge", permission=may.WARNING_HANDLE, subject="loan_warning")
def loan_warning_acknowledge(ctx: Ctx, data: LoanWarningAcknowledgeIn) -> LoanWarningOut:
    """Take note of a warning: somebody looks after it."""
    _visible(ctx.actor, data.warning_no)
    return _out(handling.warning_acknowledge(actor=ctx.actor, **data.model_dump()))


@api.command("loan_warning_note", permission=may.WARNING_HANDLE, subject="loan_warning")
def loan_warning_note(ctx: Ctx, data: LoanWarningNoteIn) -> LoanWarningOut:
    """Write down what was done about a warning."""
    _visible(ctx.actor, data.warning_no)
    return _out(handling.warning_note(actor=ctx.actor, **data.model_dump()))


@api.command("loan_warning_close", permission=may.WARNING_HANDLE, subject="loan_warning")
def loan_warning_close(ctx: Ctx, data: LoanWarningCloseIn) -> LoanWarningOut:
    """Close a warning with what was done; it comes again when it gets worse."""
    _visible(ctx.actor, data.warning_no)
    return _out(handling.warning_close(actor=ctx.actor, **data.model_dump()))


@api.query("loan_warning_get", "/loan-warnings/{warning_no}", permission=may.WARNING_VIEW)
def loan_warning_get(actor: Actor, warning_no: str) -> LoanWarningDetail:
    """A warning in scope."""
    rows = warnings_listed(actor).select_related(
        "loan__customer", "loan__vehicle__trim", "loan__product_version__product"
    )
    warning = one_of(rows, "loan_warning", warning_no=warning_no)
    own = ("id", "raised_on", "level_since", "due_on", "is_late", "principal_balance", "valued_on", "value_then")
    told = ("present_value", "ltv_rate", "threshold_rate", "fall_rate", "acknowledged_by", "acknowledged_at", "note")
    facts: dict[str, Any] = {name: getattr(warning, name) for name in (*own, *told, "closed_on")}
    loan = warning.loan
    return LoanWarningDetail(
        **_out(warning).model_dump(),
        **facts,
        loan_no=loan.loan_no,
        contract_no=loan.contract_no,
        customer_id=loan.customer_id,
        customer_name=loan.customer.name,
        product_name=name_shown(loan.product_version.product),
        vehicle_title=f"{loan.vehicle.trim.make} {loan.vehicle.trim.series}",
        plate_no=loan.vehicle.plate_no,
        disbursed_on=loan.disbursed_on,
        warning_cause=WarningCause(warning.cause),
        warning_level=WarningLevel(warning.level),
        value_basis=ValueBasis(warning.value_basis) if warning.value_basis else None,
        id_valid_until=warning.valid_until,
        warning_measure=WarningMeasure(warning.measure) if warning.measure else None,
        closed_by_step=WarningStepKind(warning.closed_by_step) if warning.closed_by_step else None,
        actions=actions_of(actor, *_possible(warning.state)),
    )


def _possible(state: str) -> tuple[str, ...]:
    match state:
        case WarningState.OPEN:
            return ("loan_warning_acknowledge", "loan_warning_note", "loan_warning_close")
        case WarningState.ACKNOWLEDGED:
            return ("loan_warning_note", "loan_warning_close")
        case _:
            return ()


def _is_possible(name: str) -> Any:
    def rule(row: Mapping[str, Any]) -> bool:
        return name in _possible(row["warning_state"])

    return rule


_ACTIONS = _possible(WarningState.OPEN)
api.history("loan_warning", "/loan-warnings", permission=may.WARNING_VIEW, find=_visible, key=str)
api.listing(
    Listing(
        name="loan_warnings",
        is_growing=True,
        permission=may.WARNING_VIEW,
        queryset=warnings_listed,
        columns=[
            Col("warning_no"),
            Col("warning_level", "enum", source="level", enum="WarningLevel", choices=list(WarningLevel),
                is_sortable=False),
            Col("warning_cause", "enum", source="cause", enum="WarningCause", choices=list(WarningCause),
                is_sortable=False),
            Col("warning_state", "enum", source="state", enum="WarningState", choices=list(WarningState)),
            Col("loan_no", source="loan__loan_no", link="/loan/loans/{loan_no}"),
            Col("customer_name", source="loan__customer__name"),
            Col("make", source="loan__vehicle__trim__make", is_sortable=False),
            Col("series", source="loan__vehicle__trim__series", is_sortable=False),
            Col("plate_no", source="loan__vehicle__plate_no", is_hidden=True),
            Col("principal_balance", "money", is_sortable=False),
            Col("present_value", "money", is_sortable=False),
            Col("ltv_rate", "rate"),
            Col("fall_rate", "rate", is_sortable=False),
            Col("id_valid_until", "date", source="valid_until", is_sortable=False),
            Col("raised_on", "date"),
            Col("due_on", "date"),
            Col("is_late", "bool"),
            Col("note", is_sortable=False),
            Col("acknowledged_by", is_sortable=False),
            Col("closed_on", "date", is_sortable=False),
            Col("closed_by_step", "enum", enum="WarningStepKind", choices=list(WarningStepKind), is_sortable=False),
            Col("warning_measure", "enum", source="measure", enum="WarningMeasure", choices=list(WarningMeasure),
                is_sortable=False),
            Col("owner_name", source="owner__name", is_sortable=False),
            Col("department_name", source="department__name", is_sortable=False),
            Col("dealer_name", source="dealer__name", is_sortable=False, is_hidden=True),
            Col("customer_id", "integer", source="loan__customer_id", is_hidden=True),
        ],
        search=["warning_no", "loan__loan_no", "loan__contract_no", "loan__customer__name"],
        filters=[
            "customer_id",
            "loan_no",
            "warning_state",
            "warning_level",
            "warning_cause",
            "make",
            "series",
            "ltv_rate",
            "raised_on",
            "due_on",
            "is_late",
            "warning_measure",
        ],
        totals=["principal_balance"],
        default_sort="due_on",
        row_link="/loan/warnings/{warning_no}",
        tabs="warning_state",
        row_actions=list(_ACTIONS),
        row_rules={name: _is_possible(name) for name in _ACTIONS},
    )
)  # fmt: skip
api.listing(
    Listing(
        name="loan_warning_steps",
        is_growing=True,
        permission=may.WARNING_VIEW,
        queryset=warning_steps_listed,
        columns=[
            Col("on", "date"),
            Col("warning_step_kind", "enum", source="kind", enum="WarningStepKind", choices=list(WarningStepKind),
                is_sortable=False),
            Col("warning_level", "enum", source="level", enum="WarningLevel", choices=list(WarningLevel),
                is_sortable=False),
            Col("ltv_rate", "rate", is_sortable=False),
            Col("warning_measure", "enum", source="measure", enum="WarningMeasure", choices=list(WarningMeasure),
                is_sortable=False),
            Col("note", is_sortable=False),
            Col("warning_no", source="warning__warning_no", is_sortable=False),
            Col("loan_no", source="warning__loan__loan_no", is_sortable=False),
            Col("entered_by", is_sortable=False),
            Col("entered_at", "datetime", is_sortable=False),
        ],
        search=["warning__warning_no", "warning__loan__loan_no"],
        filters=["warning_no", "loan_no", "warning_step_kind", "on"],
        default_sort="-on",
    )
)  # fmt: skip
