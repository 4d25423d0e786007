"""Changes of the organisation: departments, employees, users and roles."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from django.db import models
from django.db.models import functions

from axle.platform.audit import created, note_change, track
from axle.platform.errors import (
    DepartmentCycle,
    EmployeeHasLeft,
    EmployeeRequired,
    InputInvalid,
    NameTaken,
    NotFound,
    OwnAccount,
)
from axle.platform.eventbus import publish
from axle.platform.events import EmployeeLeft
from axle.platform.identity import password_set, sign_ins_end
from axle.platform.models import ApiToken, Department, Employee, LegalEntity, Position, Role, RoleGrant, User
from axle.platform.models.identity import UserKind
from axle.platform.models.organisation import EmployeeState
from axle.platform.permissions import PERMISSIONS
from axle.platform.readings import read_once
from axle.platform.scope import Actor, Row
from axle.platform.statements import prepared_cursor


@dataclass(frozen=True)
class LegalEntityView:
    """A company of the institution."""

    id: int
    code: str
    name: str
    uscc: str
    kind: str
    is_active: bool


def legal_entities() -> list[LegalEntityView]:
    """Every company, by code."""
    return list(read_once("legal_entities", _legal_entities))


def _legal_entities() -> list[LegalEntityView]:
    columns = [field.name for field in fields(LegalEntityView)]
    return [LegalEntityView(**row) for row in LegalEntity.objects.order_by("code").values(*columns)]


def legal_entity(entity_id: int) -> LegalEntityView:
    """One company. Errors: NotFound."""
    for entity in legal_entities():
        if entity.id == entity_id:
            return entity
    raise NotFound(field="legal_entity_id", what="legal_entity")


def entity_name(entity_id: int) -> str:
    """The name of a company; its key when there is none of it."""
    return _name(LegalEntity, entity_id)


def department_name(department_id: int) -> str:
    """The name of a department, likewise."""
    return _name(Department, department_id)


def employee_name(employee_id: int) -> str:
    """The name of a person on the staff, likewise."""
    return _name(Employee, employee_id)


def _name(model: type[LegalEntity] | type[Department] | type[Employee], pk: int) -> str:
    return str(model.objects.filter(pk=pk).values_list("name", flat=True).first() or pk)


def legal_entity_create(*, code: str, name: str, uscc: str, kind: str) -> int:
    """Add a company; gives its id. Errors: NameTaken."""
    _refuse_taken(LegalEntity.objects.filter(code=code), "code")
    return created(LegalEntity.objects.create(code=code, name=name, uscc=uscc, kind=kind)).pk


def role_permissions(code: str) -> frozenset[str]:
    """The permissions of an active role; none when there is no such role."""
    rows = RoleGrant.objects.filter(role__code=code, role__is_active=True)
    return frozenset(rows.values_list("permission", flat=True))


def role_names(codes: Iterable[str]) -> list[str]:
    """What roles are called; a role that is no more by its code."""
    wanted = list(codes)
    names = dict(Role.objects.filter(code__in=wanted).values_list("code", "name"))
    return [names.get(code, code) for code in wanted]


def _get(model: type[Row], pk: int | None, what: str) -> Row:
    row = model._default_manager.select_for_update().filter(pk=pk).first()
    if row is None:
        raise NotFound(field=f"{what}_id", what=what)
    return row


def _refuse_taken(rows: models.QuerySet[Any], field: str) -> None:
    if rows.exists():
        raise NameTaken(field=field)


def department_create(*, name: str, parent_id: int | None) -> Department:
    """Add a department below another. Errors: NotFound, NameTaken."""
    parent = _get(Department, parent_id, "department") if parent_id else None
    _refuse_taken(Department.objects.filter(parent=parent, name=name), "name")
    department = Department.objects.create(name=name, parent=parent, path="")
    department.path = f"{parent.path if parent else '/'}{department.pk}/"
    department.save(update_fields=["path"])
    return created(department)


def department_update(*, department_id: int, name: str, parent_id: int | None, is_active: bool) -> Department:
    """Rename, move with everything below, or close a department. Errors: NotFound, NameTaken, DepartmentCycle."""
    department = track(_get(Department, department_id, "department"))
    parent = _get(Department, parent_id, "department") if parent_id else None
    if parent and parent.path.startswith(department.path):
        raise DepartmentCycle(field="parent_id")
    _refuse_taken(Department.objects.filter(parent=parent, name=name).exclude(pk=department.pk), "name")
    old_path, new_path = department.path, f"{parent.path if parent else '/'}{department.pk}/"
    department.name, department.parent, department.is_active = name, parent, is_active
    department.path = new_path
    department.save()
    Department.objects.filter(path__startswith=old_path).exclude(pk=department.pk).update(
        path=functions.Concat(
            models.Value(new_path),
            functions.Substr("path", len(old_path) + 1),
            output_field=models.CharField(),
        )
    )
    return department


def department_named(name: str) -> int | None:
    """The id of the first department of that name."""
    return Department.objects.filter(name=name).order_by("pk").values_list("pk", flat=True).first()


def position_create(*, code: str, name: str) -> Position:
    """Add a post."""
    _refuse_taken(Position.objects.filter(code=code), "code")
    return created(Position.objects.create(code=code, name=name))


def position_update(*, position_id: int, name: str) -> Position:
    """Call a post by another name. Errors: NotFound."""
    position = track(_get(Position, position_id, "position"))
    position.name = name
    position.save(update_fields=["name"])
    return position


def employee_create(
    *,
    employee_no: str,
    name: str,
    phone: str | None,
    department_id: int,
    position_id: int | None,
    joined_on: date | None,
) -> Employee:
    """Add an employee. Errors: NotFound, NameTaken."""
    _refuse_taken(Employee.objects.filter(employee_no=employee_no), "employee_no")
    return created(
        Employee.objects.create(
            employee_no=employee_no,
            name=name,
            phone=phone,
            department=_get(Department, department_id, "department"),
            position=_get(Position, position_id, "position") if position_id else None,
            joined_on=joined_on,
        )
    )


def employee_update(
    *,
    employee_id: int,
    name: str,
    phone: str | None,
    department_id: int,
    position_id: int | None,
    delegate_id: int | None,
) -> Employee:
    """Change an employee's place or particulars."""
    employee = track(_get(Employee, employee_id, "employee"))
    employee.name = name
    employee.phone = phone or employee.phone
    employee.department = _get(Department, department_id, "department")
    employee.position = _get(Position, position_id, "position") if position_id else None
    employee.delegate = _get(Employee, delegate_id, "employee") if delegate_id else None
    employee.save()
    return employee


def is_employee_phone(indexes: Collection[str]) -> bool:
    """Whether a phone, by its keyed hash, is that of somebody who works here or did."""
    with prepared_cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM platform_employee WHERE phone_index = ANY(%s))", [list(indexes)])
        return bool(cursor.fetchone()[0])


def employee_leave(*, employee_id: int, on: date, successor_id: int | None) -> Employee:
    """An employee leaves: sign-in, sessions and tokens end at once; who holds open work hears of it by EmployeeLeft.

    Errors: NotFound, EmployeeHasLeft.
    """
    employee = track(_get(Employee, employee_id, "employee"))
    if employee.state == EmployeeState.LEFT:
        raise EmployeeHasLeft(field="employee_id")
    employee.state, employee.left_on = EmployeeState.LEFT, on
    employee.delegate = _get(Employee, successor_id, "employee") if successor_id else employee.delegate
    employee.save()
    user = User.objects.select_for_update().filter(employee=employee).first()
    if user:
        track(user).is_active = False
        user.save(update_fields=["is_active"])
        ApiToken.objects.filter(user=user, revoked_at=None).update(revoked_at=functions.Now())
        sign_ins_end(user)
    publish(EmployeeLeft(employee_id=employee.pk, user_id=user.pk if user else None, on=on))
    return employee


def _roles(codes: Sequence[str]) -> list[Role]:
    roles = list(Role.objects.filter(code__in=codes, is_active=True))
    missing = sorted(set(codes) - {role.code for role in roles})
    if missing:
        raise NotFound(field="roles", what="role")
    return roles


def _set_roles(user: User, codes: Sequence[str]) -> None:
    before = sorted(user.roles.values_list("code", flat=True))
    user.roles.set(_roles(codes))
    note_change(type="user_roles", id=user.pk, before=before, after=sorted(codes))


def user_create(
    *,
    username: str,
    display_name: str,
    password: str,
    kind: str,
    roles: Sequence[str],
    employee_id: int | None = None,
    channel_ids: Sequence[int] = (),
    must_change_password: bool = True,
) -> User:
    """Add a sign-in. Errors: NameTaken, NotFound, EmployeeRequired, PasswordRefused."""
    _refuse_taken(User.objects.filter(username=username), "username")
    if kind == UserKind.STAFF and employee_id is None:
        raise EmployeeRequired(field="employee_id")
    employee = _get(Employee, employee_id, "employee") if employee_id else None
    if employee and User.objects.filter(employee=employee).exists():
        raise NameTaken(field="employee_id")
    user = User(
        username=username,
        display_name=display_name,
        kind=kind,
        employee=employee,
        channel_ids=list(channel_ids),
    )
    password_set(user=user, password=password, field="password")
    user.must_change_password = must_change_password
    user.save()
    created(user)
    _set_roles(user, roles)
    return user


def user_update(
    *, user_id: int, display_name: str, roles: Sequence[str], channel_ids: Sequence[int], is_active: bool
) -> User:
    """Change a user's roles, channels or whether they may sign in."""
    user = track(_get(User, user_id, "user"))
    user.display_name, user.channel_ids, user.is_active = display_name, list(channel_ids), is_active
    user.save()
    _set_roles(user, roles)
    return user


def user_lock(*, actor: Actor, user_id: int, reason: str) -> User:
    """Close an account until it is unlocked; its sessions end at once. Errors: NotFound, OwnAccount."""
    user = track(_get(User, user_id, "user"))
    if user.pk == actor.user_id:
        raise OwnAccount(field="user_id")
    user.is_active = False
    user.save(update_fields=["is_active"])
    sign_ins_end(user)
    note_change(type="user", id=user.pk, after=reason)
    return user


def user_unlock(*, user_id: int) -> User:
    """Open an account that a person or failed attempts have locked. Errors: NotFound, EmployeeHasLeft."""
    user = track(_get(User, user_id, "user"))
    if user.employee and user.employee.state == EmployeeState.LEFT:
        raise EmployeeHasLeft(field="user_id")
    user.failed_attempts, user.locked_until, user.is_active = 0, None, True
    user.save(update_fields=["failed_attempts", "locked_until", "is_active"])
    return user


def user_password_reset(*, actor: Actor, user_id: int, new_password: str) -> User:
    """Give a person a first password again: to be changed at the next sign-in, and every session ends.

    Errors: NotFound, OwnAccount, PasswordRefused.
    """
    user = _get(User, user_id, "user")
    if user.pk == actor.user_id:
        raise OwnAccount(field="user_id")
    password_set(user=user, password=new_password)
    user.must_change_password = True
    user.save(update_fields=["must_change_password"])
    sign_ins_end(user)
    return user


def role_create(*, code: str, name: str, like: str | None) -> Role:
    """A new role, with the grants of another one to begin with. Errors: NameTaken, NotFound."""
    _refuse_taken(Role.objects.filter(code=code), "code")
    model = Role.objects.filter(code=like).first()
    if like and model is None:
        raise NotFound(field="like", what="role")
    grants = model.grants.values_list("permission", "scope") if model else []
    return role_save(code=code, name=name, is_active=True, grants=list(grants))


def role_save(*, code: str, name: str, is_active: bool, grants: Sequence[tuple[str, str]]) -> Role:
    """Create a role or replace its grants (permission, scope). Errors: InputInvalid for unknown permissions."""
    unknown = sorted({permission for permission, _scope in grants} - PERMISSIONS.keys())
    if unknown:
        raise InputInvalid(
            field="grants", errors=[{"loc": ("grants",), "type": "unknown_permission", "msg": unknown[0]}]
        )
    role, is_new = Role.objects.select_for_update().get_or_create(code=code, defaults={"name": name})
    before = sorted(role.grants.values_list("permission", "scope"))
    (created if is_new else track)(role)
    role.name, role.is_active = name, is_active
    role.save()
    role.grants.all().delete()
    RoleGrant.objects.bulk_create(RoleGrant(role=role, permission=p, scope=s) for p, s in dict(grants).items())
    note_change(type="role_grants", id=role.pk, before=before, after=sorted(dict(grants).items()))
    return role
