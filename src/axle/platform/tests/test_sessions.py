"""Signing in: lockout, second factor, expiry, tokens, CSRF."""

import subprocess
import sys
import time
from datetime import date, timedelta
from types import SimpleNamespace

import pyotp
import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.utils import timezone
from django.utils.module_loading import import_string

from axle.platform import identity, organisation, ratelimit, tokens, totp
from axle.platform.models import ApiToken, OperationLog, RoleGrant, User
from axle.platform.parameters import parameter_set
from axle.platform.permissions import ACCOUNT_SELF, ORGANISATION_VIEW, USER_MANAGE, USER_VIEW
from axle.platform.testing import PASSWORD, client_for, make_actor, make_user

pytestmark = pytest.mark.django_db


def _sign_in(password=PASSWORD, client=None, **more):
    data = {"username": "anna", "password": password, **more}
    answer = (client or Client()).post("/api/v1/session", data, content_type="application/json")
    return answer.status_code, answer.json()


def _second_factor(user):
    """Switch it on; gives the code that was used up by that, and the one after it."""
    totp.totp_enrol(user)
    clock, now = pyotp.TOTP(user.totp_secret), int(time.time())
    code, later = clock.at(now), clock.at(now + 30)
    totp.totp_confirm(user=user, code=code)
    return code, later


def _machine(user):
    token = tokens.token_create(
        user=user, name="erp", permissions=[ORGANISATION_VIEW], expires_at=timezone.now() + timedelta(days=1)
    )
    return Client(headers={"Authorization": f"Bearer {token}"})


@pytest.fixture
def anna():
    return make_user("anna", permissions=[ORGANISATION_VIEW])


def test_a_right_password_opens_a_session(anna):
    client = Client()
    status, body = _sign_in(client=client)
    assert (status, body["user"]["username"]) == (200, "anna")
    assert ORGANISATION_VIEW in body["permissions"]
    assert client.get("/api/v1/session").json()["user"]["username"] == "anna"
    assert OperationLog.objects.filter(operation="session_create", actor_name="anna").count() == 1


def test_nobody_has_an_empty_session():
    body = Client().get("/api/v1/session").json()
    assert body["user"] is None
    assert body["csrf_token"]


@pytest.mark.parametrize("name", ["anna", "ghost"])
def test_a_wrong_name_and_a_wrong_password_look_the_same(anna, name):
    status, body = _sign_in("wrong", username=name)
    assert (status, body["code"]) == (401, "sign_in_refused")


def test_five_failures_lock_even_the_right_password(anna):
    for _attempt in range(5):
        _sign_in("wrong")
    assert _sign_in()[1]["code"] == "account_locked"
    organisation.user_unlock(user_id=anna.pk)
    assert _sign_in()[0] == 200


def test_the_second_factor_is_asked_for_and_checked(anna):
    code, later = _second_factor(anna)
    assert _sign_in()[1]["code"] == "totp_required"
    assert _sign_in(totp="000000" if "000000" not in (code, later) else "111111")[0] == 401
    assert _sign_in(totp=later)[0] == 200


def test_a_one_time_code_opens_one_session(anna):
    code, later = _second_factor(anna)
    assert _sign_in(totp=code)[1]["code"] == "sign_in_refused"
    assert _sign_in(totp=later)[0] == 200
    assert _sign_in(totp=later)[1]["code"] == "sign_in_refused"


def test_guessed_one_time_codes_lock_the_account(anna):
    right = _second_factor(anna)
    wrong = [code for code in (f"{number:06d}" for number in range(7)) if code not in right]
    for code in wrong[:5]:
        assert _sign_in(totp=code)[1]["code"] == "sign_in_refused"
    assert _sign_in(totp=right[1])[1]["code"] == "account_locked"


def test_a_password_change_ends_other_sessions(anna):
    client = client_for(anna)
    identity.password_set(user=anna, password="another-long-word-9")
    assert client.get("/lists/employees")[0] == 401


def test_weak_passwords_are_refused_by_rule(anna):
    status, body = client_for(anna).command("password_change", {"old_password": PASSWORD, "new_password": "12345678"})
    assert (status, body["code"], body["field"]) == (422, "password_refused", "new_password")
    assert User.objects.get().check_password(PASSWORD)


def test_an_employee_who_left_cannot_sign_in(anna):
    client = client_for(anna)
    organisation.employee_leave(employee_id=anna.employee_id, on=timezone.localdate(), successor_id=None)
    assert _sign_in()[0] == 401
    assert client.get("/lists/employees")[0] == 401


def test_machine_tokens_work_until_revoked(anna):
    client = _machine(anna)
    assert client.get("/api/v1/lists/employees").status_code == 200
    tokens.token_revoke(token=anna.tokens.get(), now=timezone.now())
    assert client.get("/api/v1/lists/employees").status_code == 401


def test_machine_tokens_end_with_their_date_and_with_their_user(anna):
    client = _machine(anna)
    ApiToken.objects.update(expires_at=timezone.now())
    assert client.get("/api/v1/lists/employees").status_code == 401
    ApiToken.objects.update(expires_at=timezone.now() + timedelta(days=1))
    assert client.get("/api/v1/lists/employees").status_code == 200
    User.objects.update(is_active=False)
    assert client.get("/api/v1/lists/employees").status_code == 401


def test_a_machine_token_reaches_what_it_names_and_no_more(anna):
    boss = make_user("boss", permissions=[ORGANISATION_VIEW, USER_MANAGE, USER_VIEW])
    client = _machine(boss)
    assert client.get("/api/v1/lists/employees").status_code == 200
    assert client.get("/api/v1/lists/users").json()["code"] == "permission_missing"
    for command, data in (("locale_set", {"locale": "en-US"}), ("totp_enrol", {})):
        answer = client.post(f"/api/v1/commands/{command}", data, content_type="application/json")
        assert (answer.status_code, answer.json()["code"]) == (403, "permission_missing")
    RoleGrant.objects.filter(role__users=boss, permission=ORGANISATION_VIEW).delete()
    assert client.get("/api/v1/lists/employees").status_code == 403


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"permissions": ["platform.role.manage"]}, "input_invalid", "permissions"),
        ({"permissions": [ACCOUNT_SELF]}, "input_invalid", "permissions"),
        ({"permissions": []}, "input_invalid", "permissions"),
        ({"expires_at": "2020-01-01T00:00:00+08:00"}, "token_expiry_refused", "expires_at"),
        ({"expires_at": "2099-01-01T00:00:00+08:00"}, "token_expiry_refused", "expires_at"),
    ],
)
def test_tokens_that_are_not_made(anna, changes, code, field):
    boss = make_user("boss", permissions=[USER_MANAGE])
    soon = (timezone.now() + timedelta(days=1)).isoformat()
    wanted = {"user_id": anna.pk, "name": "erp", "permissions": [ORGANISATION_VIEW], "expires_at": soon}
    status, body = client_for(boss).command("api_token_create", wanted | changes)
    named = body["field"] or body["errors"][0]["field"]
    assert (status, body["code"], named) == (422, code, field)
    assert not ApiToken.objects.exists()


def test_a_token_is_stored_as_a_hash_and_its_answer_encrypted(anna):
    boss = make_user("boss", permissions=[USER_MANAGE])
    soon = (timezone.now() + timedelta(days=1)).isoformat()
    data = {"user_id": anna.pk, "name": "erp", "permissions": [ORGANISATION_VIEW], "expires_at": soon}
    answers = [client_for(boss).command("api_token_create", data, key="k") for _time in range(2)]
    assert answers[0] == answers[1]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT string_agg(t::text, '') FROM platform_apitoken t)"
            " || (SELECT string_agg(encode(response, 'escape'), '') FROM platform_idempotencyrecord)"
            " || (SELECT string_agg(o::text, '') FROM platform_operationlog o)"
        )
        (stored,) = cursor.fetchone()
    assert answers[0][1]["token"] not in stored


def test_a_machine_does_not_sign_in_with_a_password(anna):
    User.objects.update(kind="machine")
    assert _sign_in()[1]["code"] == "sign_in_refused"


def test_a_session_ends_by_itself(anna):
    client = Client()
    _sign_in(client=client)
    assert client.session.get_expiry_age() == settings.SESSION_COOKIE_AGE
    Session.objects.update(expire_date=timezone.now())
    assert client.get("/api/v1/lists/employees").status_code == 401


def test_a_reset_password_has_to_be_changed_before_anything_else(anna):
    boss, client = make_user("boss", permissions=[USER_MANAGE]), Client()
    data = {"user_id": anna.pk, "new_password": "first-words-again-1"}
    assert client_for(boss).command("user_password_reset", data)[0] == 200
    assert _sign_in()[1]["code"] == "sign_in_refused"
    body = _sign_in("first-words-again-1", client=client)[1]
    assert (body["user"]["must_change_password"], body["permissions"]) == (True, [ACCOUNT_SELF])
    assert client.get("/api/v1/lists/employees").status_code == 403
    change = {"old_password": "first-words-again-1", "new_password": "words-of-my-own-2"}
    client.post("/api/v1/commands/password_change", change, content_type="application/json")
    assert _sign_in("words-of-my-own-2", client=client)[0] == 200
    assert client.get("/api/v1/lists/employees").status_code == 200


def test_a_second_factor_that_is_on_is_not_replaced(anna):
    _second_factor(anna)
    status, body = client_for(anna).command("totp_enrol", {})
    assert (status, body["code"]) == (409, "state_refused")


def test_ones_own_second_factor_is_not_reset_as_an_administrator():
    boss = make_user("boss", permissions=[USER_MANAGE])
    assert client_for(boss).command("user_totp_reset", {"user_id": boss.pk})[1]["code"] == "own_account"


@pytest.mark.parametrize(
    ("command", "data"),
    [
        ("password_change", {"old_password": "guess", "new_password": "words-of-my-own-2"}),
        ("totp_confirm", {"code": "123456"}),
    ],
)
def test_guessing_inside_a_session_is_slowed(anna, command, data):
    answers = [client_for(anna).command(command, data) for _guess in range(6)]
    assert [status for status, _body in answers] == [401] * 5 + [429]
    assert answers[-1][1]["code"] == "too_many_requests"


def test_an_old_password_has_to_be_changed(anna):
    parameter_set(
        actor=make_actor(), code="platform.password_max_days", value=90, effective_from=date(2020, 1, 1),
        legal_entity_id=None, note="",
    )  # fmt: skip
    User.objects.update(password_changed_at=timezone.now() - timedelta(days=91))
    assert _sign_in()[1]["user"]["must_change_password"] is True


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("short-1", "至少 10 个字符"),
        ("4815162342771", "不能全是数字"),
        ("password123", "不能是常见密码"),
        (PASSWORD, "不能与原密码相同"),
    ],
)
def test_password_rules_speak_the_persons_language(anna, password, reason):
    _status, body = client_for(anna).command("password_change", {"old_password": PASSWORD, "new_password": password})
    assert (body["code"], body["params"]["reason"]) == ("password_refused", reason)


def test_passwords_are_argon2_in_production():
    assert import_string(settings.PASSWORD_HASHERS[1]).algorithm == "argon2"
    script = "from axle.config import settings; print(settings.PASSWORD_HASHERS[0])"
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "django.contrib.auth.hashers.Argon2PasswordHasher"


def test_another_sites_page_can_not_sign_anybody_in(anna):
    data = {"username": "anna", "password": PASSWORD}
    for origin, status in (("https://evil.example", 403), ("null", 403), ("http://testserver", 200)):
        answer = Client().post("/api/v1/session", data, content_type="application/json", headers={"Origin": origin})
        assert answer.status_code == status, origin


def test_writes_need_the_csrf_token(anna):
    client = Client(enforce_csrf_checks=True)
    _sign_in(client=client)
    path, data = "/api/v1/commands/locale_set", {"locale": "en-US"}
    refused = client.post(path, data, content_type="application/json")
    assert (refused.status_code, refused.json()["code"]) == (403, "csrf_refused")
    token = client.get("/api/v1/session").json()["csrf_token"]
    done = client.post(path, data, content_type="application/json", headers={"X-CSRFToken": token})
    assert done.status_code == 200


def test_too_many_attempts_from_one_address_are_slowed(monkeypatch):
    now = 1_800_000_000.0  # attempts are counted by the clock's minute: on a busy machine they would fall into two
    monkeypatch.setattr(ratelimit, "time", SimpleNamespace(time=lambda: now))
    answers = [_sign_in("x", username="ghost")[0] for _attempt in range(31)]
    assert answers == [401] * 30 + [429]
    now += 60
    assert _sign_in("x", username="ghost")[0] == 401
