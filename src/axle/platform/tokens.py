"""Machine tokens: bearer secrets that reach some of their user's permissions until they end."""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from axle.platform.audit import created, track
from axle.platform.errors import InputInvalid, NotFound, NotSignedIn, TokenExpiryRefused
from axle.platform.identity import actor_of
from axle.platform.models import ApiToken, User
from axle.platform.parameters import parameter, parameter_value
from axle.platform.permissions import ACCOUNT_SELF
from axle.platform.scope import Actor

MAX_DAYS = parameter("platform.token_max_days", type_=int, default=366, minimum=1, maximum=3660)


def token_create(*, user: User, name: str, permissions: Sequence[str], expires_at: datetime) -> str:
    """A new bearer token, shown this once: only its hash is kept.

    It never reaches more than its user does at the time of use, and never the user's own account.
    Errors: InputInvalid for permissions that the user does not have, TokenExpiryRefused.
    """
    lacking = sorted(set(permissions) - (actor_of(user).grants.keys() - {ACCOUNT_SELF}))
    if lacking:
        found = {"loc": ("permissions",), "type": "permission_not_granted", "ctx": {"permission": lacking[0]}}
        raise InputInvalid(field="permissions", errors=[found])
    now, days = timezone.now(), parameter_value(MAX_DAYS.code)
    if not now < expires_at <= now + timedelta(days=days):
        raise TokenExpiryRefused(field="expires_at", days=days)
    token = f"axle_{secrets.token_urlsafe(32)}"
    row = ApiToken(user=user, name=name, token_hash=_hash(token), permissions=sorted(permissions))
    row.expires_at = expires_at
    row.save()
    created(row)
    return token


def token_actor(token: str, **where: Any) -> Actor:
    """The actor behind a valid token. Errors: NotSignedIn."""
    now = timezone.now()
    found = (
        ApiToken.objects.select_related("user__employee__department")
        .filter(token_hash=_hash(token), revoked_at=None, expires_at__gt=now, user__is_active=True)
        .first()
    )
    if found is None:
        raise NotSignedIn()
    if found.last_used_at is None or now - found.last_used_at > timedelta(minutes=1):
        ApiToken.objects.filter(pk=found.pk).update(last_used_at=now)
    actor = actor_of(found.user, **where | {"control": f"token {found.name}"})
    return replace(actor, grants={name: scope for name, scope in actor.grants.items() if name in found.permissions})


def token_revoke(*, token: ApiToken, now: datetime) -> None:
    """End a token. Errors: NotFound when it has ended."""
    if token.revoked_at is not None:
        raise NotFound(field="token_id", what="api_token")
    track(token).revoked_at = now
    token.save(update_fields=["revoked_at"])


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
