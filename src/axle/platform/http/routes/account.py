"""A person's own account: password, one-time codes, language."""

from typing import Literal

from pydantic import BaseModel, Field

from axle.platform import identity
from axle.platform import permissions as may
from axle.platform.audit import track
from axle.platform.commands import Ctx
from axle.platform.errors import SignInRefused
from axle.platform.http.routes.base import Done, api
from axle.platform.models import User


class PasswordChangeIn(BaseModel):
    old_password: str = Field(min_length=1, max_length=200, json_schema_extra={"format": "password"})
    new_password: str = Field(min_length=1, max_length=200, json_schema_extra={"format": "password"})


class TotpOut(BaseModel):
    """What an authenticator app reads."""

    uri: str


class Empty(BaseModel):
    """No input."""


class CodeIn(BaseModel):
    code: str = Field(min_length=6, max_length=8)


class LocaleIn(BaseModel):
    locale: Literal["zh-CN", "en-US"]


def _self(ctx: Ctx) -> User:
    return User.objects.select_for_update().get(pk=ctx.actor.user_id or 0)


@api.command("password_change", permission=may.ACCOUNT_SELF, subject="user")
def password_change(ctx: Ctx, data: PasswordChangeIn) -> Done:
    user = _self(ctx)
    if not user.check_password(data.old_password):
        raise SignInRefused(field="old_password")
    identity.password_set(user=user, password=data.new_password)
    return Done()


@api.command("totp_enrol", permission=may.ACCOUNT_SELF, subject="user")
def totp_enrol(ctx: Ctx, data: Empty) -> TotpOut:
    return TotpOut(uri=identity.totp_enrol(_self(ctx)))


@api.command("totp_confirm", permission=may.ACCOUNT_SELF, subject="user")
def totp_confirm(ctx: Ctx, data: CodeIn) -> Done:
    identity.totp_confirm(user=_self(ctx), code=data.code)
    return Done()


@api.command("locale_set", permission=may.ACCOUNT_SELF, subject="user")
def locale_set(ctx: Ctx, data: LocaleIn) -> Done:
    user = track(_self(ctx))
    user.locale = data.locale
    user.save(update_fields=["locale"])
    return Done()
