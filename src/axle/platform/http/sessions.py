"""Signing in and out of the console and the phone pages."""

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token, rotate_token
from django.utils import timezone
from ninja import Router
from pydantic import BaseModel, Field

from axle.platform import identity, ratelimit
from axle.platform.audit import acting
from axle.platform.businessday import business_date
from axle.platform.errors import SignInRefused
from axle.platform.http.answers import json_answer
from axle.platform.http.contextapi import refusals
from axle.platform.http.request import SessionAuth, actor_of_request, session_actor, where
from axle.platform.inputs import Input, Password
from axle.platform.models import User
from axle.platform.organisation import role_names
from axle.platform.scope import Actor, system_actor

router = Router(tags=["session"])
SIGN_INS_PER_MINUTE = 30


class SignInIn(Input):
    """Name, password and, where switched on, a one-time code."""

    username: str = Field(min_length=1, max_length=64)
    password: Password
    totp: str | None = Field(None, max_length=8)


class SessionUserOut(BaseModel):
    """The person who signed in."""

    username: str
    name: str
    must_change_password: bool
    is_totp_on: bool


class SessionActorOut(BaseModel):
    """As what they act."""

    kind: str
    name: str
    employee_id: int | None
    department_id: int | None
    channel_ids: list[int]
    customer_id: int | None


class SessionOut(BaseModel):
    """Who is signed in and what they may do; ``user`` and ``actor`` are null before signing in."""

    user: SessionUserOut | None
    actor: SessionActorOut | None
    roles: list[str]
    role_names: list[str]
    permissions: list[str]
    locale: str
    business_date: str
    csrf_token: str
    sign_in_id: int | None


def _user_out(user: User | None) -> SessionUserOut | None:
    if user is None:
        return None
    return SessionUserOut(
        username=user.username,
        name=user.display_name,
        must_change_password=user.must_change_password,
        is_totp_on=user.is_totp_on,
    )


def _actor_out(actor: Actor | None) -> SessionActorOut | None:
    if actor is None:
        return None
    return SessionActorOut(
        kind=actor.kind,
        name=actor.name,
        employee_id=actor.employee_id,
        department_id=actor.department_id,
        channel_ids=sorted(actor.channel_ids),
        customer_id=actor.customer_id,
    )


def session_out(request: HttpRequest, actor: Actor | None) -> SessionOut:
    """The session as the console and the phone pages read it."""
    user = User.objects.filter(pk=actor.user_id).first() if actor and actor.user_id else None
    return SessionOut(
        user=_user_out(user),
        actor=_actor_out(actor),
        roles=list(actor.roles) if actor else [],
        role_names=role_names(actor.roles) if actor else [],
        permissions=sorted(actor.grants) if actor else [],
        locale=user.locale if user else "zh-CN",
        business_date=business_date().isoformat(),
        csrf_token=get_token(request),
        sign_in_id=request.session.get("sign_in_id"),
    )


@router.get("/session", operation_id="session_get", response=SessionOut, auth=None)
def session_get(request: HttpRequest) -> HttpResponse:
    """The session behind the cookie, or an empty one with a CSRF token to sign in with."""
    return json_answer(session_out(request, session_actor(request)))


@router.post(
    "/session",
    operation_id="session_create",
    response=SessionOut,
    auth=None,
    openapi_extra={"responses": refusals()},
)
def session_create(request: HttpRequest, data: SignInIn) -> HttpResponse:
    """Sign in. Locks the account after repeated failures and limits attempts per address."""
    place = where(request)
    ratelimit.spend(f"sign_in:{place['ip']}", limit=SIGN_INS_PER_MINUTE, seconds=60)
    try:
        user = identity.sign_in(username=data.username, password=data.password, totp=data.totp)
    except SignInRefused:
        with acting(system_actor(data.username[:64], **place), "session_refused"):
            pass
        raise
    actor = identity.actor_of(user, **place)
    request.session.cycle_key()
    request.session.pop("customer", None)
    request.session["user_id"] = user.pk
    request.session["password_tail"] = user.password[-16:]
    request.session["signed_in_at"] = timezone.now().isoformat()
    rotate_token(request)
    with acting(actor, "session_create"):
        request.session["sign_in_id"] = _sign_in_note(request, user, actor)
    return json_answer(session_out(request, session_actor(request)))


def _sign_in_note(request: HttpRequest, user: User, actor: Actor) -> int:
    session = request.session
    opened = identity.sign_in_note(
        user=user,
        session_key=session.session_key or "",
        expires_at=session.get_expiry_date(),
        ip=actor.ip,
        device=actor.device,
    )
    return opened.pk


@router.delete("/session", operation_id="session_delete", auth=SessionAuth())
def session_delete(request: HttpRequest) -> HttpResponse:
    """Sign out."""
    actor, sign_in_id = actor_of_request(request), request.session.get("sign_in_id")
    with acting(actor, "session_delete"):
        if actor.user_id and sign_in_id:
            identity.sign_in_end(user_id=actor.user_id, sign_in_id=sign_in_id)
        request.session.flush()
    return json_answer({})


def customer_session_start(request: HttpRequest, *, customer_id: int, name: str, permissions: Iterable[str]) -> Actor:
    """Open a borrower's session on the phone pages, after their SMS code was right."""
    request.session.cycle_key()
    request.session.pop("user_id", None)
    request.session["customer"] = {
        "customer_id": customer_id,
        "name": name,
        "permissions": sorted(permissions),
    }
    rotate_token(request)
    actor = identity.customer_actor(customer_id=customer_id, name=name, permissions=permissions, **where(request))
    with acting(actor, "customer_session_create"):
        pass
    return actor
