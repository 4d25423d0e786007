"""Flexible control of dealers over HTTP."""

from datetime import date
from typing import Annotated

from pydantic import BaseModel, Field, StringConstraints

from axle.channel import permissions as may
from axle.channel import selectors
from axle.channel.domain.control import ControlLevel, ExtraCheckKind
from axle.channel.http.base import api
from axle.channel.models import ControlReason, ControlState, DealerControl
from axle.channel.services import dealer_control_set as controlling
from axle.platform.listing import Col, Listing
from axle.platform.public import Ctx, Input

Note = Annotated[str, StringConstraints(min_length=4, max_length=500), Field(json_schema_extra={"format": "textarea"})]


class DealerControlSetIn(Input):
    """How closely the cases of a dealer are looked at, why, and until when."""

    dealer_id: int
    control_level: ControlLevel
    extra_checks: Annotated[list[ExtraCheckKind], Field(max_length=7)] = []
    cases_max: Annotated[int, Field(ge=0, le=10_000)] | None = None
    reason: ControlReason
    until_on: date
    note: Note


class DealerControlEndIn(Input):
    """Whose control ends, and why."""

    dealer_id: int
    note: Note


class DealerControlOut(BaseModel):
    """A control. It counts to ``until_on`` and with it."""

    control_no: str
    control_level: ControlLevel
    extra_checks: list[ExtraCheckKind]
    cases_max: int | None
    control_reason: ControlReason
    note: str
    from_on: date
    until_on: date
    control_state: ControlState
    set_by: str


def control_out(control: DealerControl) -> DealerControlOut:
    """A control as pages show it."""
    return DealerControlOut(
        control_no=control.control_no,
        control_level=ControlLevel(control.level),
        extra_checks=[ExtraCheckKind(kind) for kind in control.extra_checks],
        cases_max=control.cases_max,
        control_reason=ControlReason(control.reason),
        note=control.note,
        from_on=control.from_on,
        until_on=control.until_on,
        control_state=ControlState(control.state),
        set_by=control.set_by,
    )


@api.command("dealer_control_set", permission=may.DEALER_CONTROL_SET, subject="dealer")
def dealer_control_set(ctx: Ctx, data: DealerControlSetIn) -> DealerControlOut:
    """Put a dealer under flexible control (柔性风控): business goes on, its cases are looked at more closely."""
    control = controlling.dealer_control_set(
        actor=ctx.actor,
        dealer_id=data.dealer_id,
        level=data.control_level,
        extra_checks=data.extra_checks,
        cases_max=data.cases_max,
        reason=data.reason,
        note=data.note,
        until_on=data.until_on,
    )
    return control_out(control)


@api.command("dealer_control_end", permission=may.DEALER_CONTROL_SET, subject="dealer")
def dealer_control_end(ctx: Ctx, data: DealerControlEndIn) -> DealerControlOut:
    """End the flexible control of a dealer before its day."""
    return control_out(controlling.dealer_control_end(actor=ctx.actor, dealer_id=data.dealer_id, note=data.note))


api.listing(
    Listing(
        name="dealer_controls",
        is_growing=True,
        permission=may.DEALER_CONTROL_VIEW,
        queryset=selectors.controls_visible,
        columns=[
            Col("control_no"),
            Col("dealer_name", source="dealer__name", is_sortable=False),
            Col(
                "control_level", "enum", source="level", enum="ControlLevel", choices=[str(one) for one in ControlLevel]
            ),
            Col("cases_max", "integer", is_sortable=False),
            Col("control_reason", "enum", source="reason", enum="ControlReason", choices=ControlReason.values),
            Col("note", is_sortable=False),
            Col("from_on", "date"),
            Col("until_on", "date", is_sortable=False),
            Col("control_state", "enum", source="state", enum="ControlState", choices=ControlState.values),
            Col("set_by", is_sortable=False),
            Col("ended_on", "date", is_hidden=True, is_sortable=False),
            Col("ended_by", is_hidden=True, is_sortable=False),
            Col("end_note", is_hidden=True, is_sortable=False),
            Col("dealer_id", "integer", is_hidden=True, is_sortable=False),
        ],
        search=["control_no"],
        filters=["control_state", "control_level", "control_reason", "from_on", "dealer_id"],
        default_sort="-from_on",
        row_link="/channel/dealers/{dealer_id}",
        tabs="control_state",
    )
)
