"""Users, roles and machine tokens."""

from datetime import datetime
from typing import Literal

from django.db.models import Count, QuerySet
from pydantic import BaseModel, Field

from axle.platform import organisation, tokens, totp
from axle.platform import permissions as may
from axle.platform.commands import Ctx, Limit
from axle.platform.errors import NotFound, OwnAccount
from axle.platform.http.routes.base import IdOut, api
from axle.platform.inputs import Input, Password
from axle.platform.listing import Col, Listing
from axle.platform.models import Role, User
from axle.platform.models.identity import ScopeKind, UserKind
from axle.platform.permissions import PERMISSIONS
from axle.platform.scope import Actor
from axle.platform.selectors import employees_reached, reached, tokens_reached, users_reached


class UserUpdateIn(Input):
    user_id: int
    display_name: str = Field(min_length=1, max_length=64)
    roles: list[str] = []
    channel_ids: list[int] = []
    is_active: bool = True


class UserCreateIn(Input):
    """A new sign-in; the first password must be changed at the first sign-in."""

    username: str = Field(min_length=3, max_length=64, pattern=r"^[A-Za-z0-9._-]+$")
    display_name: str = Field(min_length=1, max_length=64)
    password: Password
    kind: Literal["staff", "dealer", "machine"] = "staff"
    roles: list[str] = []
    employee_id: int | None = None
    channel_ids: list[int] = []


class UserIn(Input):
    user_id: int


class UserLockIn(UserIn):
    reason: str = Field(min_length=1, max_length=200)


class PasswordResetIn(UserIn):
    """A first password again; the person changes it at the next sign-in."""

    new_password: Password


class GrantIn(Input):
    permission: str
    scope: ScopeKind


class RoleCreateIn(Input):
    """A new role, with the grants of another one to begin with where ``like`` names it."""

    code: str = Field(min_length=2, max_length=32, pattern=r"^[a-z][a-z0-9_]*$")
    name: str = Field(min_length=1, max_length=64)
    like: str | None = Field(None, max_length=32)


class RoleSaveIn(Input):
    """A role with all its grants; what is not named is taken away."""

    code: str = Field(min_length=2, max_length=32, pattern=r"^[a-z][a-z0-9_]*$")
    name: str = Field(min_length=1, max_length=64)
    is_active: bool = True
    grants: list[GrantIn]


class TokenCreateIn(Input):
    """A token reaches the permissions named, as far as its user has them when it is used."""

    user_id: int
    name: str = Field(min_length=1, max_length=64)
    permissions: list[str] = Field(min_length=1, max_length=200)
    expires_at: datetime


class TokenOut(BaseModel):
    """The token, shown this once."""

    token: str


class TokenRevokeIn(Input):
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
    return users_reached(actor, may.USER_VIEW)


_RESETS = Limit(uses=20, seconds=3600)


def _user(ctx: Ctx, user_id: int) -> User:
    """A user whom the actor may manage, locked. Errors: NotFound."""
    return reached(users_reached(ctx.actor, may.USER_MANAGE), user_id, what="user")


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
    if data.employee_id is None:
        ctx.actor.require_all(may.USER_MANAGE)
    else:
        reached(employees_reached(ctx.actor, may.USER_MANAGE), data.employee_id, what="employee")
    return IdOut(id=organisation.user_create(**data.model_dump()).pk)


@api.command("user_update", permission=may.USER_MANAGE, subject="user")
def user_update(ctx: Ctx, data: UserUpdateIn) -> IdOut:
    _user(ctx, data.user_id)
    return IdOut(id=organisation.user_update(**data.model_dump()).pk)


@api.command("user_lock", permission=may.USER_MANAGE, subject="user")
def user_lock(ctx: Ctx, data: UserLockIn) -> IdOut:
    _user(ctx, data.user_id)
    return IdOut(id=organisation.user_lock(actor=ctx.actor, user_id=data.user_id, reason=data.reason).pk)


@api.command("user_password_reset", permission=may.USER_MANAGE, subject="user", limit=_RESETS)
def user_password_reset(ctx: Ctx, data: PasswordResetIn) -> IdOut:
    _user(ctx, data.user_id)
    return IdOut(id=organisation.user_password_reset(actor=ctx.actor, **data.model_dump()).pk)


@api.command("user_unlock", permission=may.USER_MANAGE, subject="user")
def user_unlock(ctx: Ctx, data: UserIn) -> IdOut:
    _user(ctx, data.user_id)
    return IdOut(id=organisation.user_unlock(user_id=data.user_id).pk)


@api.command("user_totp_reset", permission=may.USER_MANAGE, subject="user")
def user_totp_reset(ctx: Ctx, data: UserIn) -> IdOut:
    user = _user(ctx, data.user_id)
    if user.pk == ctx.actor.user_id:
        raise OwnAccount(field="user_id")
    totp.totp_drop(user=user)
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
    user = _user(ctx, data.user_id)
    token = tokens.token_create(user=user, name=data.name, permissions=data.permissions, expires_at=data.expires_at)
    return TokenOut(token=token)


@api.command("api_token_revoke", permission=may.USER_MANAGE, subject="api_token")
def api_token_revoke(ctx: Ctx, data: TokenRevokeIn) -> IdOut:
    token = reached(tokens_reached(ctx.actor, may.USER_MANAGE), data.token_id, what="token")
    tokens.token_revoke(token=token, now=ctx.now)
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
        name="role_members",
        permission=may.USER_VIEW,
        queryset=lambda actor: User.roles.through.objects.filter(user__in=users_visible(actor)),
        columns=[
            Col("username", source="user__username"),
            Col("display_name", source="user__display_name"),
            Col("department", source="user__employee__department__name"),
            Col("is_active", "bool", source="user__is_active"),
            Col("role", source="role__code", is_hidden=True),
            Col("user_id", "integer", is_hidden=True),
        ],
        filters=["role"],
        default_sort="user__username",
        row_link="/system/users/{user_id}",
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
        queryset=lambda actor: tokens_reached(actor, may.USER_VIEW),
        columns=[
            Col("name"),
            Col("username", source="user__username"),
            Col("permissions", "json"),
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
