"""Post-loan inspections: planned by rules or by hand, made beside the car, reviewed."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BaseModel, Field

from axle.platform.http import ActorName
from axle.platform.listing import Col, Listing
from axle.platform.public import Actor, Ctx, Input
from axle.servicing import permissions as may
from axle.servicing.domain.inspections import FoundSignal, InspectionSignal
from axle.servicing.http.base import actions_of, api, one_of
from axle.servicing.models import (
    CarCondition,
    Inspection,
    InspectionCause,
    InspectionState,
    InspectorKind,
    RiskClass,
)
from axle.servicing.selectors.visible import inspections_listed, inspections_visible, loan_visible
from axle.servicing.services import inspection_plan as planning
from axle.servicing.services import inspection_review as reviewing
from axle.servicing.services import inspection_submit as submitting

Degrees = Annotated[Decimal, Field(max_digits=9, decimal_places=6)]


class InspectionIn(Input):
    inspection_no: str = Field(max_length=24)


class InspectionPlanIn(Input):
    """An inspection outside its turn: why, until when, and who goes."""

    loan_no: str = Field(max_length=24)
    reason: str = Field(min_length=2, max_length=200)
    due_on: date
    inspector_kind: InspectorKind
    inspector_id: int | None = None


class InspectionAssignIn(InspectionIn):
    """Who goes instead, and until when."""

    inspector_kind: InspectorKind
    inspector_id: int | None = None
    due_on: date


class InspectionCancelIn(InspectionIn):
    reason: str = Field(min_length=2, max_length=200)


class InspectionSubmitIn(InspectionIn):
    """What was found; the photos are filed with the inspection before."""

    inspected_on: date
    car_condition: CarCondition
    mileage_km: int | None = Field(None, ge=0, le=3_000_000)
    latitude: Degrees | None = Field(None, ge=-90, le=90)
    longitude: Degrees | None = Field(None, ge=-180, le=180)
    car_place: str = Field("", max_length=200)
    signals: list[InspectionSignal] = Field(default=[], max_length=len(InspectionSignal))
    inspection_opinion: str = Field(min_length=5, max_length=1000)
    suggested_class: RiskClass | None = None


class InspectionApproveIn(InspectionIn):
    opinion: str = Field("", max_length=200)


class InspectionReturnIn(InspectionIn):
    opinion: str = Field(min_length=2, max_length=200)


class InspectionOut(BaseModel):
    inspection_no: str
    state: InspectionState


class InspectionDetail(InspectionOut):
    """An inspection with what was found and what may be done next."""

    id: int
    loan_no: str
    contract_no: str
    customer_name: str
    vehicle_title: str
    vin: str
    plate_no: str
    inspection_cause: InspectionCause
    plan_reason: str
    risk_class: RiskClass
    inspector_kind: InspectorKind
    inspector_name: str
    planned_on: date
    due_on: date
    inspected_on: date | None
    car_condition: CarCondition | None
    mileage_km: int | None
    mileage_before: int | None
    located_at: str | None
    car_place: str | None
    signals: list[InspectionSignal]
    found_signals: list[FoundSignal]
    inspection_opinion: str
    suggested_class: RiskClass | None
    submitted_by: ActorName
    submitted_at: datetime | None
    reviewed_by: ActorName
    reviewed_at: datetime | None
    opinion: str
    proposal_no: str | None
    closing_reason: str
    actions: list[str]


def _out(inspection: Inspection) -> InspectionOut:
    return InspectionOut(inspection_no=inspection.inspection_no, state=InspectionState(inspection.state))


def _visible(actor: Actor, inspection_no: str) -> Inspection:
    rows = inspections_visible(actor).select_related("loan__customer", "loan__vehicle__trim", "inspector", "proposal")
    return one_of(rows, "inspection", inspection_no=inspection_no)


@api.command("inspection_plan", permission=may.INSPECTION_PLAN, subject="inspection")
def inspection_plan(ctx: Ctx, data: InspectionPlanIn) -> InspectionOut:
    loan_visible(ctx.actor, data.loan_no)
    return _out(planning.inspection_plan(actor=ctx.actor, **data.model_dump()))


@api.command("inspection_assign", permission=may.INSPECTION_PLAN, subject="inspection")
def inspection_assign(ctx: Ctx, data: InspectionAssignIn) -> InspectionOut:
    _visible(ctx.actor, data.inspection_no)
    return _out(planning.inspection_assign(**data.model_dump()))


@api.command("inspection_cancel", permission=may.INSPECTION_PLAN, subject="inspection")
def inspection_cancel(ctx: Ctx, data: InspectionCancelIn) -> InspectionOut:
    _visible(ctx.actor, data.inspection_no)
    return _out(planning.inspection_cancel(**data.model_dump()))


@api.command("inspection_submit", permission=may.INSPECTION_WORK, subject="inspection")
def inspection_submit(ctx: Ctx, data: InspectionSubmitIn) -> InspectionOut:
    """Hand in what was found beside the car."""
    _visible(ctx.actor, data.inspection_no)
    located = data.latitude is not None and data.longitude is not None
    report = submitting.InspectionReport(
        inspected_on=data.inspected_on,
        condition=data.car_condition,
        opinion=data.inspection_opinion,
        mileage_km=data.mileage_km,
        position=(str(data.latitude), str(data.longitude)) if located else None,
        place=data.car_place,
        signals=tuple(dict.fromkeys(signal.value for signal in data.signals)),
        suggested_class=data.suggested_class or "",
    )
    return _out(submitting.inspection_submit(actor=ctx.actor, inspection_no=data.inspection_no, report=report))


@api.command("inspection_approve", permission=may.INSPECTION_REVIEW, subject="inspection")
def inspection_approve(ctx: Ctx, data: InspectionApproveIn) -> InspectionOut:
    """Accept it; a class that it suggests is proposed."""
    _visible(ctx.actor, data.inspection_no)
    return _out(reviewing.inspection_approve(actor=ctx.actor, **data.model_dump()))


@api.command("inspection_return", permission=may.INSPECTION_REVIEW, subject="inspection")
def inspection_return(ctx: Ctx, data: InspectionReturnIn) -> InspectionOut:
    _visible(ctx.actor, data.inspection_no)
    return _out(reviewing.inspection_return(actor=ctx.actor, **data.model_dump()))


@api.query("inspection_get", "/inspections/{inspection_no}", permission=may.INSPECTION_VIEW)
def inspection_get(actor: Actor, inspection_no: str) -> InspectionDetail:
    """An inspection in scope."""
    inspection = _visible(actor, inspection_no)
    own = ("id", "inspection_no", "state", "risk_class", "inspector_kind", "planned_on", "due_on")
    told = ("inspected_on", "mileage_km", "signals", "submitted_by", "submitted_at")
    acts = ("reviewed_by", "reviewed_at", "closing_reason")
    facts: dict[str, Any] = {name: getattr(inspection, name) for name in (*own, *told, *acts)}
    loan = inspection.loan
    before = loan.inspections.filter(planned_on__lt=inspection.planned_on, mileage_km__isnull=False)
    return InspectionDetail(
        **facts,
        loan_no=loan.loan_no,
        contract_no=loan.contract_no,
        customer_name=loan.customer.name,
        vehicle_title=f"{loan.vehicle.trim.make} {loan.vehicle.trim.series}",
        vin=loan.vehicle.vin,
        plate_no=loan.vehicle.plate_no,
        plan_reason=inspection.reason,
        inspector_name=inspection.inspector.name if inspection.inspector else "",
        inspection_cause=InspectionCause(inspection.cause),
        located_at=inspection.position,
        car_place=inspection.place,
        found_signals=[FoundSignal(name) for name in inspection.found],
        car_condition=CarCondition(inspection.condition) if inspection.condition else None,
        mileage_before=before.order_by("-planned_on").values_list("mileage_km", flat=True).first(),
        inspection_opinion=inspection.opinion,
        suggested_class=RiskClass(inspection.suggested_class) if inspection.suggested_class else None,
        opinion=inspection.review_opinion,
        proposal_no=inspection.proposal.proposal_no if inspection.proposal else None,
        actions=_actions(actor, inspection),
    )


def _actions(actor: Actor, inspection: Inspection) -> list[str]:
    if inspection.state == InspectionState.SUBMITTED:
        reviews = ("inspection_approve", "inspection_return")
        return actions_of(actor, reviews=reviews, asked_by_id=inspection.submitted_by_id)
    if inspection.state not in (InspectionState.PLANNED, InspectionState.RETURNED):
        return []
    own = ["inspection_submit"] if submitting.is_inspector(actor, inspection) else []
    return actions_of(actor, *own, "inspection_assign", "inspection_cancel")


def _is_open(row: Mapping[str, Any]) -> bool:
    return row["state"] in (InspectionState.PLANNED, InspectionState.RETURNED)


api.history("inspection", "/inspections", permission=may.INSPECTION_VIEW, find=_visible, key=str)
api.listing(
    Listing(
        name="inspections",
        is_growing=True,
        permission=may.INSPECTION_VIEW,
        queryset=inspections_listed,
        columns=[
            Col("inspection_no"),
            Col("loan_no", source="loan__loan_no"),
            Col("customer_name", source="loan__customer__name"),
            Col("plate_no", source="loan__vehicle__plate_no"),
            Col("state", "enum", enum="InspectionState", choices=InspectionState.values),
            Col(
                "inspection_cause",
                "enum",
                enum="InspectionCause",
                choices=InspectionCause.values,
                source="cause",
                is_sortable=False,
            ),
            Col("risk_class", "enum", enum="RiskClass", choices=RiskClass.values, is_sortable=False),
            Col("inspector_kind", "enum", enum="InspectorKind", choices=InspectorKind.values, is_sortable=False),
            Col("inspector_name", source="inspector__name", is_sortable=False),
            Col("due_on", "date"),
            Col("is_late", "bool"),
            Col("is_mine", "bool", is_hidden=True),
            Col("inspected_on", "date"),
            Col(
                "car_condition",
                "enum",
                enum="CarCondition",
                choices=CarCondition.values,
                source="condition",
                is_sortable=False,
            ),
            Col("suggested_class", "enum", enum="RiskClass", choices=RiskClass.values, is_sortable=False),
            Col("inspection_opinion", source="opinion", is_sortable=False),
            Col("reviewed_by", is_sortable=False),
            Col("customer_id", "integer", source="loan__customer_id", is_hidden=True),
        ],
        search=["inspection_no", "loan__loan_no", "loan__contract_no", "loan__customer__name"],
        filters=[
            "customer_id",
            "loan_no",
            "state",
            "is_late",
            "due_on",
            "inspected_on",
            "inspector_kind",
            "risk_class",
            "car_condition",
        ],
        default_sort="due_on",
        row_link="/loan/inspections/{inspection_no}",
        tabs="state",
        toolbar=["inspection_plan"],
        row_actions=["inspection_assign", "inspection_cancel"],
        row_rules=dict.fromkeys(("inspection_assign", "inspection_cancel"), _is_open),
    )
)
