"""The pages of one user and of one employee."""

from datetime import date, datetime

from pydantic import BaseModel

from axle.platform import identity
from axle.platform import permissions as may
from axle.platform.errors import NotFound
from axle.platform.http.routes.account import SignInOut
from axle.platform.http.routes.base import api
from axle.platform.http.routes.organisation import employees_visible
from axle.platform.http.routes.users import users_visible
from axle.platform.masking import mask
from axle.platform.models import Employee, User
from axle.platform.models.identity import UserKind
from axle.platform.models.organisation import EmployeeState
from axle.platform.scope import Actor


class RoleNameOut(BaseModel):
    code: str
    name: str


class UserOut(BaseModel):
    """A user with roles and open sessions."""

    id: int
    username: str
    display_name: str
    kind: UserKind
    employee_id: int | None
    employee_no: str
    department: str
    is_active: bool
    locked_until: datetime | None
    is_totp_on: bool
    must_change_password: bool
    last_login: datetime | None
    password_changed_at: datetime | None
    created_at: datetime
    roles: list[str]
    channel_ids: list[int]
    role_list: list[RoleNameOut]
    sign_ins: list[SignInOut]
    actions: list[str]


class EmployeeOut(BaseModel):
    """An employee with the sign-in that hangs on them."""

    id: int
    employee_no: str
    name: str
    phone: str | None
    department_id: int
    department: str
    position_id: int | None
    position: str
    delegate_id: int | None
    delegate: str
    state: EmployeeState
    joined_on: date | None
    left_on: date | None
    user_id: int | None
    username: str
    actions: list[str]


def _user_actions(actor: Actor, user: User) -> list[str]:
    if not actor.may(may.USER_MANAGE):
        return []
    is_other = user.pk != actor.user_id
    possible = {
        "user_update": True,
        "user_lock": user.is_active and is_other,
        "user_unlock": not user.is_active or user.locked_until is not None,
        "user_password_reset": user.is_active and is_other and user.kind != UserKind.MACHINE,
        "user_totp_reset": user.is_totp_on,
    }
    return [name for name, is_possible in possible.items() if is_possible]


@api.query("user_get", "/users/{user_id}", permission=may.USER_VIEW)
def user_get(actor: Actor, user_id: int) -> UserOut:
    """A user in scope."""
    user = users_visible(actor).select_related("employee__department").filter(pk=user_id).first()
    if user is None:
        raise NotFound(what="user")
    roles = list(user.roles.order_by("code"))
    same = ("id", "username", "display_name", "employee_id", "is_active", "locked_until", "is_totp_on", "last_login")
    facts = {name: getattr(user, name) for name in (*same, "must_change_password", "password_changed_at", "created_at")}
    return UserOut(
        **facts,
        kind=UserKind(user.kind),
        employee_no=user.employee.employee_no if user.employee else "",
        department=user.employee.department.name if user.employee else "",
        roles=[role.code for role in roles],
        channel_ids=user.channel_ids,
        role_list=[RoleNameOut(code=role.code, name=role.name) for role in roles],
        sign_ins=[SignInOut.model_validate(row, from_attributes=True) for row in identity.sign_ins_open(user.pk)],
        actions=_user_actions(actor, user),
    )


def _employee_actions(actor: Actor, employee: Employee) -> list[str]:
    is_here = employee.state != EmployeeState.LEFT and actor.may(may.ORGANISATION_MANAGE)
    return ["employee_update", "employee_leave"] if is_here else []


@api.query("employee_get", "/employees/{employee_id}", permission=may.ORGANISATION_VIEW)
def employee_get(actor: Actor, employee_id: int) -> EmployeeOut:
    """An employee in scope; the phone number is masked."""
    rows = employees_visible(actor).select_related("department", "position", "delegate")
    employee = rows.filter(pk=employee_id).first()
    if employee is None:
        raise NotFound(what="employee")
    user = User.objects.filter(employee=employee).first()
    same = ("id", "employee_no", "name", "department_id", "position_id", "delegate_id", "joined_on", "left_on")
    return EmployeeOut(
        **{name: getattr(employee, name) for name in same},
        phone=mask(employee.phone, "phone") if employee.phone else None,
        department=employee.department.name,
        position=employee.position.name if employee.position else "",
        delegate=employee.delegate.name if employee.delegate else "",
        state=EmployeeState(employee.state),
        user_id=user.pk if user else None,
        username=user.username if user else "",
        actions=_employee_actions(actor, employee),
    )
