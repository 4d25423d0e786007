"""A person's own account: particulars, password, one-time codes, language, sessions."""

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, Field

from axle.platform import identity, totp
from axle.platform import permissions as may
from axle.platform.audit import track
from axle.platform.commands import Ctx, Limit
from axle.platform.errors import NotFound, SignInRefused
from axle.platform.http.routes.base import Done, api
from axle.platform.inputs import Input, Password
from axle.platform.models import User
from axle.platform.scope import Actor

_TRIES = Limit(uses=5, seconds=300)
"""Guesses at a password or a code from inside a session."""


class PasswordChangeIn(Input):
    old_password: Password
    new_password: Password


class TotpOut(BaseModel):
    """What an authenticator app reads."""

    uri: str


class Empty(Input):
    """No input."""


class CodeIn(Input):
    code: str = Field(min_length=6, max_length=8)


class LocaleIn(Input):
    locale: Literal["zh-CN", "en-US"]


class SignInOut(BaseModel):
    """One open session."""

    id: int
    ip: str | None
    device: str
    signed_in_at: datetime
    expires_at: datetime


class SignInEndIn(Input):
    sign_in_id: int


class OwnAccountOut(BaseModel):
    """The person's own account with the rules for its password."""

    username: str
    display_name: str
    employee_no: str
    department: str
    position: str
    roles: list[str]
    is_totp_on: bool
    password_changed_at: datetime | None
    password_rules: list[str]
    sign_ins: list[SignInOut]


@api.query("own_account", "/account", permission=may.ACCOUNT_SELF)
def own_account(actor: Actor) -> OwnAccountOut:
    """The account of the person who asks. Errors: NotFound for who has none, such as a borrower."""
    users = User.objects.select_related("employee__department", "employee__position")
    user = users.filter(pk=actor.user_id or 0).first()
    if user is None:
        raise NotFound(what="user")
    employee = user.employee
    return OwnAccountOut(
        username=user.username,
        display_name=user.display_name,
        employee_no=employee.employee_no if employee else "",
        department=employee.department.name if employee else "",
        position=employee.position.name if employee and employee.position else "",
        roles=list(user.roles.filter(is_active=True).order_by("code").values_list("name", flat=True)),
        is_totp_on=user.is_totp_on,
        password_changed_at=user.password_changed_at,
        password_rules=identity.password_rules(),
        sign_ins=[SignInOut.model_validate(row, from_attributes=True) for row in identity.sign_ins_open(user.pk)],
    )


def _self(ctx: Ctx) -> User:
    return User.objects.select_for_update().get(pk=ctx.actor.user_id or 0)


@api.command("password_change", permission=may.ACCOUNT_SELF, subject="user", limit=_TRIES)
def password_change(ctx: Ctx, data: PasswordChangeIn) -> Done:
    user = _self(ctx)
    if not user.check_password(data.old_password):
        raise SignInRefused(field="old_password")
    identity.password_set(user=user, password=data.new_password)
    return Done()


@api.command("totp_enrol", permission=may.ACCOUNT_SELF, subject="user", limit=_TRIES)
def totp_enrol(ctx: Ctx, data: Empty) -> TotpOut:
    return TotpOut(uri=totp.totp_enrol(_self(ctx)))


@api.command("totp_confirm", permission=may.ACCOUNT_SELF, subject="user", limit=_TRIES)
def totp_confirm(ctx: Ctx, data: CodeIn) -> Done:
    totp.totp_confirm(user=_self(ctx), code=data.code)
    return Done()


@api.command("sign_in_end", permission=may.ACCOUNT_SELF, subject="user")
def sign_in_end(ctx: Ctx, data: SignInEndIn) -> Done:
    """End another of one's own sessions, such as one left open on a shared computer."""
    identity.sign_in_end(user_id=ctx.actor.user_id or 0, sign_in_id=data.sign_in_id)
    return Done()


@api.command("totp_disable", permission=may.ACCOUNT_SELF, subject="user", limit=_TRIES)
def totp_disable(ctx: Ctx, data: CodeIn) -> Done:
    """Switch one's own second factor off with a right code, so that a borrowed session cannot."""
    user = _self(ctx)
    totp.totp_confirm(user=user, code=data.code)
    totp.totp_drop(user=user)
    return Done()


@api.command("locale_set", permission=may.ACCOUNT_SELF, subject="user")
def locale_set(ctx: Ctx, data: LocaleIn) -> Done:
    user = track(_self(ctx))
    user.locale = data.locale
    user.save(update_fields=["locale"])
    return Done()
