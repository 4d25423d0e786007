"""Users, roles and machine tokens."""

from datetime import datetime
from typing import Literal

from django.db.models import Count, QuerySet
from pydantic import BaseModel, Field

from axle.platform import identity, organisation
from axle.platform import permissions as may
from axle.platform.commands import Ctx
from axle.platform.errors import NotFound
from axle.platform.http.routes.base import IdOut, api
from axle.platform.listing import Col, Listing
from axle.platform.models import ApiToken, Role, User
from axle.platform.models.identity import ScopeKind, UserKind
from axle.platform.permissions import PERMISSIONS
from axle.platform.scope import Actor


class UserUpdateIn(BaseModel):
    user_id: int
    display_name: str = Field(min_length=1, max_length=64)
    roles: list[str] = []
    channel_ids: list[int] = []
    is_active: bool = True


class UserCreateIn(BaseModel):
    """A new sign-in; the first password must be changed at the first sign-in."""

    username: str = Field(min_length=3, max_length=64, pattern=r"^[A-Za-z0-9._-]+$")
    display_name: str = Field(min_length=1, max_length=64)
    password: str = Field(min_length=1, max_length=200, json_schema_extra={"format": "password"})
    kind: Literal["staff", "dealer", "machine"] = "staff"
    roles: list[str] = []
    employee_id: int | None = None
    channel_ids: list[int] = []


class UserIn(BaseModel):
    user_id: int


class UserLockIn(UserIn):
    reason: str = Field(min_length=1, max_length=200)


class PasswordResetIn(UserIn):
    """A first password again; the person changes it at the next sign-in."""

    new_password: str = Field(min_length=1, max_length=200, json_schema_extra={"format": "password"})


class GrantIn(BaseModel):
    permission: str
    scope: ScopeKind


class RoleCreateIn(BaseModel):
    """A new role, with the grants of another one to begin with where ``like`` names it."""

    code: str = Field(min_length=2, max_length=32, pattern=r"^[a-z][a-z0-9_]*$")
    name: str = Field(min_length=1, max_length=64)
    like: str | None = Field(None, max_length=32)


class RoleSaveIn(BaseModel):
    """A role with all its grants; what is not named is taken away."""

    code: str = Field(min_length=2, max_length=32, pattern=r"^[a-z][a-z0-9_]*$")
    name: str = Field(min_length=1, max_length=64)
    is_active: bool = True
    grants: list[GrantIn]


class TokenCreateIn(BaseModel):
    user_id: int
    name: str = Field(min_length=1, max_length=64)
    expires_at: datetime


class TokenOut(BaseModel):
    """The token, shown this once."""

    token: str


class TokenRevokeIn(BaseModel):
    token_id: int


class RoleOut(BaseModel):
    id: int
    code: str
    name: str
    is_active: bool
    grants: list[GrantIn]


class PermissionOut(BaseModel):
    permission: str
    context: str


def users_visible(actor: Actor) -> QuerySet[User]:
    """The users in the actor's scope."""
    return actor.scope(may.USER_VIEW).filter(
        User.objects.all(), department="employee__department_id", owner="employee_id"
    )


def _user(user_id: int) -> User:
    user = User.objects.filter(pk=user_id).first()
    if user is None:
        raise NotFound(field="user_id", what="user")
    return user


@api.query("role_get", "/roles/{code}", permission=may.ROLE_VIEW)
def role_get(actor: Actor, code: str) -> RoleOut:
    """A role with its grants."""
    role = Role.objects.filter(code=code).first()
    if role is None:
        raise NotFound(what="role")
    grants = [GrantIn(permission=g.permission, scope=ScopeKind(g.scope)) for g in role.grants.order_by("permission")]
    return RoleOut(id=role.pk, code=role.code, name=role.name, is_active=role.is_active, grants=grants)


@api.query("permissions", "/permissions", permission=may.ROLE_VIEW)
def permission_list(actor: Actor) -> list[PermissionOut]:
    """Every permission of every context."""
    return [PermissionOut(permission=name, context=context) for name, context in sorted(PERMISSIONS.items())]


@api.command("user_create", permission=may.USER_MANAGE, subject="user")
def user_create(ctx: Ctx, data: UserCreateIn) -> IdOut:
    return IdOut(id=organisation.user_create(**data.model_dump()).pk)


@api.command("user_update", permission=may.USER_MANAGE, subject="user")
def user_update(ctx: Ctx, data: UserUpdateIn) -> IdOut:
    return IdOut(id=organisation.user_update(**data.model_dump()).pk)


@api.command("user_lock", permission=may.USER_MANAGE, subject="user")
def user_lock(ctx: Ctx, data: UserLockIn) -> IdOut:
    return IdOut(id=organisation.user_lock(actor=ctx.actor, user_id=data.user_id, reason=data.reason).pk)


@api.command("user_password_reset", permission=may.USER_MANAGE, subject="user")
def user_password_reset(ctx: Ctx, data: PasswordResetIn) -> IdOut:
    return IdOut(id=organisation.user_password_reset(actor=ctx.actor, **data.model_dump()).pk)


@api.command("user_unlock", permission=may.USER_MANAGE, subject="user")
def user_unlock(ctx: Ctx, data: UserIn) -> IdOut:
    return IdOut(id=organisation.user_unlock(user_id=data.user_id).pk)


@api.command("user_totp_reset", permission=may.USER_MANAGE, subject="user")
def user_totp_reset(ctx: Ctx, data: UserIn) -> IdOut:
    user = _user(data.user_id)
    identity.totp_drop(user=user)
    return IdOut(id=user.pk)


@api.command("role_create", permission=may.ROLE_MANAGE, subject="role")
def role_create(ctx: Ctx, data: RoleCreateIn) -> IdOut:
    return IdOut(id=organisation.role_create(code=data.code, name=data.name, like=data.like).pk)


@api.command("role_save", permission=may.ROLE_MANAGE, subject="role")
def role_save(ctx: Ctx, data: RoleSaveIn) -> IdOut:
    grants = [(grant.permission, grant.scope) for grant in data.grants]
    return IdOut(id=organisation.role_save(code=data.code, name=data.name, is_active=data.is_active, grants=grants).pk)


@api.command("api_token_create", permission=may.USER_MANAGE, subject="api_token")
def api_token_create(ctx: Ctx, data: TokenCreateIn) -> TokenOut:
    return TokenOut(token=identity.token_create(user=_user(data.user_id), name=data.name, expires_at=data.expires_at))


@api.command("api_token_revoke", permission=may.USER_MANAGE, subject="api_token")
def api_token_revoke(ctx: Ctx, data: TokenRevokeIn) -> IdOut:
    token = identity.token_revoke(token_id=data.token_id, now=ctx.now)
    return IdOut(id=token.pk)


api.listing(
    Listing(
        name="users",
        permission=may.USER_VIEW,
        queryset=users_visible,
        columns=[
            Col("username"),
            Col("display_name"),
            Col("kind", "enum", enum="UserKind", choices=UserKind.values),
            Col("department", source="employee__department__name"),
            Col("is_active", "bool"),
            Col("is_totp_on", "bool"),
            Col("locked_until", "datetime"),
            Col("last_login", "datetime"),
        ],
        search=["username", "display_name"],
        filters=["kind", "is_active", "is_totp_on", "last_login"],
        default_sort="username",
        row_link="/system/users/{id}",
        toolbar=["user_create"],
        row_actions=["user_lock", "user_unlock", "user_password_reset"],
        row_rules={
            "user_lock": lambda row: row["is_active"],
            "user_unlock": lambda row: not row["is_active"] or row["locked_until"] is not None,
            "user_password_reset": lambda row: row["is_active"] and row["kind"] != UserKind.MACHINE,
        },
    )
)
api.listing(
    Listing(
        name="roles",
        permission=may.ROLE_VIEW,
        queryset=lambda actor: Role.objects.annotate(
            people=Count("users", distinct=True), permission_count=Count("grants", distinct=True)
        ),
        columns=[
            Col("name"),
            Col("code"),
            Col("people", "integer"),
            Col("permission_count", "integer"),
            Col("is_active", "bool"),
        ],
        search=["code", "name"],
        default_sort="code",
        row_link="/system/roles/{code}",
        toolbar=["role_create"],
    )
)
api.listing(
    Listing(
        name="api_tokens",
        permission=may.USER_VIEW,
        queryset=lambda actor: ApiToken.objects.all(),
        columns=[
            Col("name"),
            Col("username", source="user__username"),
            Col("expires_at", "datetime"),
            Col("last_used_at", "datetime"),
            Col("revoked_at", "datetime"),
        ],
        search=["name", "user__username"],
        toolbar=["api_token_create"],
        row_actions=["api_token_revoke"],
        row_rules={"api_token_revoke": lambda row: row["revoked_at"] is None},
    )
)
