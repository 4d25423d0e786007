"""Departments, positions and employees."""

from datetime import date

from django.db.models import Count, Q, QuerySet
from pydantic import BaseModel, Field, field_validator

from axle.kernel.identifiers import is_mobile
from axle.platform import organisation
from axle.platform import permissions as may
from axle.platform.commands import Ctx
from axle.platform.http.routes.base import IdOut, api
from axle.platform.inputs import Input
from axle.platform.listing import Col, Listing
from axle.platform.models import Department, Employee, LegalEntity, Position
from axle.platform.models.organisation import EmployeeState
from axle.platform.scope import Actor
from axle.platform.selectors import departments_reached, employees_reached, reached

_AT_WORK = ~Q(holders__state=EmployeeState.LEFT)


class DepartmentIn(Input):
    name: str = Field(min_length=1, max_length=64)
    parent_id: int | None = None


class DepartmentUpdateIn(DepartmentIn):
    department_id: int
    is_active: bool = True


class PositionIn(Input):
    code: str = Field(min_length=1, max_length=32)
    name: str = Field(min_length=1, max_length=64)


class PositionUpdateIn(Input):
    position_id: int
    name: str = Field(min_length=1, max_length=64)


class EmployeeIn(Input):
    """An employee's particulars; the phone number is encrypted at rest."""

    name: str = Field(min_length=1, max_length=64)
    phone: str | None = None
    department_id: int
    position_id: int | None = None

    @field_validator("phone")
    @classmethod
    def _mobile(cls, phone: str | None) -> str | None:
        if phone and not is_mobile(phone):
            raise ValueError("invalid_mobile")
        return phone or None


class EmployeeCreateIn(EmployeeIn):
    employee_no: str = Field(min_length=1, max_length=24)
    joined_on: date | None = None


class EmployeeUpdateIn(EmployeeIn):
    employee_id: int
    delegate_id: int | None = None


class EmployeeLeaveIn(Input):
    """Leaving ends sign-in at once; the successor takes over open work."""

    employee_id: int
    on: date
    successor_id: int | None = None


class DepartmentOut(BaseModel):
    id: int
    name: str
    parent_id: int | None
    is_active: bool
    employees: int


class LegalEntityOut(BaseModel):
    id: int
    code: str
    name: str
    kind: str


class ChoiceOut(BaseModel):
    """A value that a form offers."""

    id: int
    code: str
    name: str


@api.query("organisation_tree", "/organisation/departments", permission=may.ORGANISATION_VIEW)
def organisation_tree(actor: Actor) -> list[DepartmentOut]:
    """Every department in tree order with its head count."""
    at_work = Count("employees", filter=~Q(employees__state=EmployeeState.LEFT))
    rows = Department.objects.annotate(staff=at_work).order_by("path")
    return [
        DepartmentOut(id=d.pk, name=d.name, parent_id=d.parent_id, is_active=d.is_active, employees=d.staff)
        for d in rows
    ]


@api.query("legal_entities", "/organisation/legal-entities", permission=None)
def legal_entities(actor: Actor) -> list[LegalEntityOut]:
    """The institution's companies."""
    rows = LegalEntity.objects.filter(is_active=True).order_by("code")
    return [LegalEntityOut(id=e.pk, code=e.code, name=e.name, kind=e.kind) for e in rows]


@api.query("positions", "/organisation/positions", permission=may.ORGANISATION_VIEW)
def positions(actor: Actor) -> list[ChoiceOut]:
    """Every post."""
    return [ChoiceOut(id=p.pk, code=p.code, name=p.name) for p in Position.objects.order_by("code")]


def _require_department(ctx: Ctx, department_id: int | None) -> None:
    """A change below the institution itself needs the institution."""
    if department_id is None:
        ctx.actor.require_all(may.ORGANISATION_MANAGE)
    else:
        reached(departments_reached(ctx.actor, may.ORGANISATION_MANAGE), department_id, what="department")


def _require_employee(ctx: Ctx, employee_id: int) -> None:
    reached(employees_reached(ctx.actor, may.ORGANISATION_MANAGE), employee_id, what="employee")


@api.command("department_create", permission=may.ORGANISATION_MANAGE, subject="department")
def department_create(ctx: Ctx, data: DepartmentIn) -> IdOut:
    _require_department(ctx, data.parent_id)
    return IdOut(id=organisation.department_create(name=data.name, parent_id=data.parent_id).pk)


@api.command("department_update", permission=may.ORGANISATION_MANAGE, subject="department")
def department_update(ctx: Ctx, data: DepartmentUpdateIn) -> IdOut:
    _require_department(ctx, data.department_id)
    _require_department(ctx, data.parent_id)
    return IdOut(id=organisation.department_update(**data.model_dump()).pk)


@api.command("position_create", permission=may.ORGANISATION_MANAGE, subject="position")
def position_create(ctx: Ctx, data: PositionIn) -> IdOut:
    ctx.actor.require_all(may.ORGANISATION_MANAGE)
    return IdOut(id=organisation.position_create(code=data.code, name=data.name).pk)


@api.command("position_update", permission=may.ORGANISATION_MANAGE, subject="position")
def position_update(ctx: Ctx, data: PositionUpdateIn) -> IdOut:
    ctx.actor.require_all(may.ORGANISATION_MANAGE)
    return IdOut(id=organisation.position_update(position_id=data.position_id, name=data.name).pk)


@api.command("employee_create", permission=may.ORGANISATION_MANAGE, subject="employee")
def employee_create(ctx: Ctx, data: EmployeeCreateIn) -> IdOut:
    _require_department(ctx, data.department_id)
    return IdOut(id=organisation.employee_create(**data.model_dump()).pk)


@api.command("employee_update", permission=may.ORGANISATION_MANAGE, subject="employee")
def employee_update(ctx: Ctx, data: EmployeeUpdateIn) -> IdOut:
    _require_employee(ctx, data.employee_id)
    _require_department(ctx, data.department_id)
    return IdOut(id=organisation.employee_update(**data.model_dump()).pk)


@api.command("employee_leave", permission=may.ORGANISATION_MANAGE, subject="employee")
def employee_leave(ctx: Ctx, data: EmployeeLeaveIn) -> IdOut:
    _require_employee(ctx, data.employee_id)
    return IdOut(id=organisation.employee_leave(**data.model_dump()).pk)


def employees_visible(actor: Actor) -> QuerySet[Employee]:
    """The employees in the actor's scope."""
    return employees_reached(actor, may.ORGANISATION_VIEW)


api.listing(
    Listing(
        name="positions",
        permission=may.ORGANISATION_VIEW,
        queryset=lambda actor: Position.objects.annotate(people=Count("holders", filter=_AT_WORK)),
        columns=[Col("code"), Col("name"), Col("people", "integer")],
        search=["code", "name"],
        default_sort="code",
        toolbar=["position_create"],
        row_actions=["position_update"],
    )
)
api.listing(
    Listing(
        name="employees",
        permission=may.ORGANISATION_VIEW,
        queryset=employees_visible,
        columns=[
            Col("employee_no"),
            Col("name"),
            Col("department", source="department__name"),
            Col("position", source="position__name"),
            Col("phone", "masked", mask="phone"),
            Col("state", "enum", enum="EmployeeState", choices=EmployeeState.values),
            Col("joined_on", "date"),
            Col("left_on", "date"),
            Col("department_id", "integer", is_hidden=True),
            Col("position_id", "integer", is_hidden=True),
            Col("delegate_id", "integer", is_hidden=True),
        ],
        search=["employee_no", "name"],
        filters=["state", "department_id", "joined_on"],
        default_sort="employee_no",
        row_link="/system/employees/{id}",
        toolbar=["employee_create"],
        row_actions=["employee_update", "employee_leave"],
        row_rules=dict.fromkeys(["employee_update", "employee_leave"], lambda row: row["state"] != EmployeeState.LEFT),
    )
)
