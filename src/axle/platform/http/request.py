"""From a request to its actor: session cookie with CSRF, customer session, or bearer token."""

from dataclasses import replace
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from ninja.security import APIKeyCookie, HttpBearer

from axle.platform.errors import NotSignedIn
from axle.platform.identity import actor_of, customer_actor
from axle.platform.models import User
from axle.platform.permissions import ACCOUNT_SELF
from axle.platform.scope import NOTHING, Actor
from axle.platform.tokens import token_actor


def where(request: HttpRequest) -> dict[str, Any]:
    """The ip, device and clicked control of a request, for the operation log."""
    ip = request.META.get("REMOTE_ADDR") or None
    if settings.AXLE_TRUSTED_PROXY and (forwarded := request.headers.get("X-Forwarded-For")):
        ip = forwarded.split(",")[-1].strip()
    return {
        "ip": ip,
        "device": request.headers.get("User-Agent", "")[:200],
        "control": request.headers.get("X-Axle-Control", "")[:120],
    }


def session_actor(request: HttpRequest) -> Actor | None:
    """The actor behind the session cookie, if there is one that still holds.

    Who must change the password may do nothing before.
    """
    customer = request.session.get("customer")
    if customer:
        return customer_actor(**customer, **where(request))
    user_id = request.session.get("user_id")
    if user_id is None:
        return None
    user = User.objects.select_related("employee__department").filter(pk=user_id, is_active=True).first()
    if user is None or user.password[-16:] != request.session.get("password_tail"):
        return None
    actor = actor_of(user, **where(request))
    return replace(actor, grants={ACCOUNT_SELF: NOTHING}) if user.must_change_password else actor


def actor_of_request(request: HttpRequest) -> Actor:
    """The actor that the route's authentication found. Errors: NotSignedIn."""
    actor: Actor | None = getattr(request, "axle_actor", None)
    if actor is None:
        raise NotSignedIn()
    return actor


class SessionAuth(APIKeyCookie):
    """The console's and the phone pages' session; unsafe methods need the CSRF token."""

    param_name = settings.SESSION_COOKIE_NAME

    def authenticate(self, request: HttpRequest, key: str | None) -> Actor | None:
        actor = session_actor(request)
        request.axle_actor = actor  # type: ignore[attr-defined]
        return actor


class TokenAuth(HttpBearer):
    """Machines: ``Authorization: Bearer axle_…``."""

    def authenticate(self, request: HttpRequest, token: str) -> Actor | None:
        try:
            actor = token_actor(token, **where(request))
        except NotSignedIn:
            return None
        request.axle_actor = actor  # type: ignore[attr-defined]
        return actor
