"""Signing in: lockout, second factor, expiry, tokens, CSRF."""

from datetime import timedelta

import pyotp
import pytest
from django.test import Client
from django.utils import timezone

from axle.platform import identity, organisation
from axle.platform.models import OperationLog, User
from axle.platform.permissions import ORGANISATION_VIEW
from axle.platform.testing import PASSWORD, client_for, make_user

pytestmark = pytest.mark.django_db


def _sign_in(password=PASSWORD, client=None, **more):
    data = {"username": "anna", "password": password, **more}
    answer = (client or Client()).post("/api/v1/session", data, content_type="application/json")
    return answer.status_code, answer.json()


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
    identity.totp_enrol(anna)
    code = pyotp.TOTP(anna.totp_secret).now()
    identity.totp_confirm(user=anna, code=code)
    assert _sign_in()[1]["code"] == "totp_required"
    assert _sign_in(totp="000000" if code != "000000" else "111111")[0] == 401
    assert _sign_in(totp=pyotp.TOTP(anna.totp_secret).now())[0] == 200


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
    token = identity.token_create(user=anna, name="erp", expires_at=timezone.now() + timedelta(days=1))
    client = Client(headers={"Authorization": f"Bearer {token}"})
    assert client.get("/api/v1/lists/employees").status_code == 200
    identity.token_revoke(token_id=anna.tokens.get().pk, now=timezone.now())
    assert client.get("/api/v1/lists/employees").status_code == 401


def test_writes_need_the_csrf_token(anna):
    client = Client(enforce_csrf_checks=True)
    _sign_in(client=client)
    path, data = "/api/v1/commands/locale_set", {"locale": "en-US"}
    refused = client.post(path, data, content_type="application/json")
    assert (refused.status_code, refused.json()["code"]) == (403, "csrf_refused")
    token = client.get("/api/v1/session").json()["csrf_token"]
    done = client.post(path, data, content_type="application/json", headers={"X-CSRFToken": token})
    assert done.status_code == 200


def test_too_many_attempts_from_one_address_are_slowed():
    answers = [_sign_in("x", username="ghost")[0] for _attempt in range(31)]
    assert answers[-1] == 429
