"""Signing in with a password, sessions, and what the person behind a request may do."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, cast

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.password_validation import validate_password
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from axle.platform.audit import track
from axle.platform.catalogue import text
from axle.platform.errors import AccountLocked, EmployeeHasLeft, NotFound, PasswordRefused, SignInRefused
from axle.platform.models import Department, RoleGrant, SignIn, User
from axle.platform.models.identity import ScopeKind, UserKind
from axle.platform.models.organisation import EmployeeState
from axle.platform.parameters import parameter, parameter_value
from axle.platform.permissions import ACCOUNT_SELF
from axle.platform.scope import EVERYTHING, NOTHING, Actor, ActorKind, DataScope
from axle.platform.totp import totp_accept

MAX_FAILURES = parameter("platform.sign_in_max_failures", type_=int, default=5, minimum=3, maximum=20)
LOCK_MINUTES = parameter("platform.sign_in_lock_minutes", type_=int, default=15, minimum=1, maximum=1440)
PASSWORD_MAX_DAYS = parameter("platform.password_max_days", type_=int, default=0, minimum=0, maximum=3650)
_UNUSABLE = make_password(None)


def _subtree(user: User) -> frozenset[int]:
    path = user.employee.department.path if user.employee else "/none/"
    return frozenset(Department.objects.filter(path__startswith=path).values_list("pk", flat=True))


def _scope(kind: str, user: User) -> DataScope:
    employee = user.employee
    match kind:
        case ScopeKind.ALL:
            return EVERYTHING
        case ScopeKind.CHANNEL:
            return DataScope(channel_ids=frozenset(user.channel_ids))
        case ScopeKind.OWN if employee:
            return DataScope(owner_ids=frozenset({employee.pk}))
        case ScopeKind.DEPARTMENT if employee:
            return DataScope(department_ids=frozenset({employee.department_id}))
        case ScopeKind.DEPARTMENT_TREE if employee:
            return DataScope(department_ids=_subtree(user))
        case _:
            return NOTHING


def _grants(user: User) -> dict[str, DataScope]:
    rows = RoleGrant.objects.filter(role__users=user, role__is_active=True).values_list("permission", "scope")
    scopes: dict[str, DataScope] = {}
    grants: dict[str, DataScope] = {ACCOUNT_SELF: NOTHING}
    for permission, kind in rows:
        scope = scopes.setdefault(kind, _scope(kind, user)) if kind not in scopes else scopes[kind]
        grants[permission] = grants.get(permission, NOTHING) | scope
    return grants


def actor_of(user: User, *, ip: str | None = None, device: str = "", control: str = "") -> Actor:
    """The user as an actor with today's roles."""
    employee = user.employee
    return Actor(
        kind=cast(ActorKind, user.kind),
        name=user.display_name,
        user_id=user.pk,
        employee_id=employee.pk if employee else None,
        department_id=employee.department_id if employee else None,
        channel_ids=frozenset(user.channel_ids),
        roles=tuple(user.roles.filter(is_active=True).order_by("code").values_list("code", flat=True)),
        grants=_grants(user),
        ip=ip,
        device=device,
        control=control,
    )


def users_granted(permission: str) -> list[tuple[int, str]]:
    """Id and name of the active people who have a permission through a role, by name."""
    granted = User.objects.filter(is_active=True, roles__is_active=True, roles__grants__permission=permission)
    return list(granted.order_by("display_name").values_list("pk", "display_name").distinct())


def user_actors(user_ids: Iterable[int]) -> dict[int, Actor]:
    """Active users as actors with today's roles, by their keys, for work that the server does in their names."""
    rows = User.objects.select_related("employee__department").filter(pk__in=list(user_ids), is_active=True)
    return {user.pk: actor_of(user) for user in rows}


def actor_named(username: str) -> Actor:
    """An active user as an actor, for work that the server does in their name. Errors: NotFound."""
    user = User.objects.select_related("employee__department").filter(username=username, is_active=True).first()
    if user is None:
        raise NotFound(field="username", what="user")
    return actor_of(user)


def customer_actor(*, customer_id: int, name: str, permissions: Iterable[str], **where: Any) -> Actor:
    """A borrower on the phone pages: reaches only what is theirs."""
    own = DataScope(customer_ids=frozenset({customer_id}))
    return Actor(
        kind="customer",
        name=name,
        customer_id=customer_id,
        roles=("customer",),
        grants=dict.fromkeys(permissions, own),
        **where,
    )


def _note_failure(user_id: int) -> None:
    """Count a failure; of many at once none is lost."""
    with transaction.atomic():
        user = User.objects.select_for_update().get(pk=user_id)
        user.failed_attempts += 1
        if user.failed_attempts >= parameter_value(MAX_FAILURES.code):
            user.locked_until = timezone.now() + timedelta(minutes=parameter_value(LOCK_MINUTES.code))
            user.failed_attempts = 0
        user.save(update_fields=["failed_attempts", "locked_until"])


def _proves(user: User, password: str, totp: str | None) -> bool:
    is_known = user.is_active and user.kind != UserKind.MACHINE and user.check_password(password)
    return is_known and (not user.is_totp_on or totp_accept(user=user, code=totp))


def sign_in(*, username: str, password: str, totp: str | None = None) -> User:
    """The user whose name, password and one-time code fit; machines come with tokens only.

    Commits its count of failures by itself: call it outside a transaction.
    Errors: SignInRefused, TotpRequired, AccountLocked, EmployeeHasLeft.
    """
    user = User.objects.select_related("employee__department").filter(username=username).first()
    if user is None:
        check_password(password, _UNUSABLE)  # as slow as for a real user, so names cannot be probed
        raise SignInRefused()
    if user.locked_until and user.locked_until > timezone.now():
        raise AccountLocked(until=timezone.localtime(user.locked_until).strftime("%H:%M"))
    if not _proves(user, password, totp):
        _note_failure(user.pk)
        raise SignInRefused()
    if user.employee and user.employee.state == EmployeeState.LEFT:
        raise EmployeeHasLeft()
    user.failed_attempts, user.locked_until, user.last_login = 0, None, timezone.now()
    user.must_change_password |= _is_password_old(user)
    user.save(update_fields=["failed_attempts", "locked_until", "last_login", "must_change_password"])
    return user


def _is_password_old(user: User) -> bool:
    days = parameter_value(PASSWORD_MAX_DAYS.code)
    changed_at = user.password_changed_at
    return bool(days and changed_at and timezone.now() - changed_at > timedelta(days=days))


_RULE_OF = {
    "password_too_short": "min_length",
    "password_too_similar": "not_like_name",
    "password_too_common": "not_common",
    "password_entirely_numeric": "not_only_digits",
}


def min_password_length() -> int:
    """How many characters a password has at least, as the settings say."""
    lengths = (given.get("OPTIONS", {}).get("min_length") for given in settings.AUTH_PASSWORD_VALIDATORS)
    return next((int(length) for length in lengths if length), 0)


def password_rules() -> list[str]:
    """The rules that a password keeps, as sentences in the reader's language."""
    return [_rule(rule) for rule in (*_RULE_OF.values(), "not_as_before")]


def _rule(name: str) -> str:
    return text("text", f"password_rule/{name}", number=min_password_length())


def sign_in_note(*, user: User, session_key: str, expires_at: datetime, ip: str | None, device: str) -> SignIn:
    """Keep where a session was opened, so that its owner can see and end it."""
    return SignIn.objects.create(user=user, session_key=session_key, expires_at=expires_at, ip=ip, device=device)


def sign_ins_open(user_id: int) -> QuerySet[SignIn]:
    """A person's sessions that still hold, newest first."""
    rows = SignIn.objects.filter(user_id=user_id, ended_at=None, expires_at__gt=timezone.now())
    return rows.order_by("-signed_in_at")


def sign_in_end(*, user_id: int, sign_in_id: int) -> SignIn:
    """End one of a person's sessions. Errors: NotFound."""
    row = sign_ins_open(user_id).select_for_update().filter(pk=sign_in_id).first()
    if row is None:
        raise NotFound(field="sign_in_id", what="sign_in")
    track(row).ended_at = timezone.now()
    row.save(update_fields=["ended_at"])
    Session.objects.filter(session_key=row.session_key).delete()
    return row


def sign_ins_end(user: User) -> None:
    """End every session of a person."""
    rows = sign_ins_open(user.pk)
    Session.objects.filter(session_key__in=list(rows.values_list("session_key", flat=True))).delete()
    rows.update(ended_at=timezone.now())


def password_set(*, user: User, password: str, field: str = "new_password") -> None:
    """Set a password that keeps the rules and is not the one before. Errors: PasswordRefused."""
    try:
        validate_password(password, user)
    except ValidationError as error:
        rules = [_RULE_OF[str(one.code)] for one in error.error_list]
        raise PasswordRefused(field=field, reason="; ".join(map(_rule, rules))) from error
    if user.password and user.check_password(password):
        raise PasswordRefused(field=field, reason=_rule("not_as_before"))
    track(user).set_password(password)
    user.password_changed_at, user.must_change_password = timezone.now(), False
    user.save()
