"""Users and employees: their pages, locking, first passwords, sessions, leaving."""

import time
from datetime import date

import pyotp
import pytest
from django.test import Client

from axle.platform import identity
from axle.platform.events import EmployeeLeft
from axle.platform.models import Employee, OperationLog, Position, SignIn, User
from axle.platform.permissions import ORGANISATION_MANAGE, ORGANISATION_VIEW, USER_MANAGE, USER_VIEW
from axle.platform.testing import PASSWORD, captured, client_for, make_department, make_user

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 31)
FIRST = "first-password-7"


@pytest.fixture
def boss():
    return make_user("boss", permissions=[USER_VIEW, USER_MANAGE, ORGANISATION_VIEW, ORGANISATION_MANAGE])


@pytest.fixture
def anna():
    return make_user("anna", department=make_department("财务部"))


def _signed_in(password=PASSWORD, username="anna"):
    client = Client()
    answer = client.post(
        "/api/v1/session", {"username": username, "password": password}, content_type="application/json"
    )
    return client, answer


def test_a_users_page_shows_roles_sessions_and_what_may_be_done(boss, anna):
    _signed_in()
    status, body = client_for(boss).get(f"/users/{anna.pk}")
    assert status == 200
    assert (body["username"], body["department"], body["roles"]) == ("anna", "财务部", ["r_anna"])
    assert [session["ip"] for session in body["sign_ins"]] == ["127.0.0.1"]
    assert body["actions"] == ["user_update", "user_lock", "user_password_reset"]


def test_nobody_locks_or_resets_their_own_account(boss):
    client = client_for(boss)
    assert client.get(f"/users/{boss.pk}")[1]["actions"] == ["user_update"]
    for command, more in (("user_lock", {"reason": "x"}), ("user_password_reset", {"new_password": FIRST})):
        status, body = client.command(command, {"user_id": boss.pk, **more})
        assert (status, body["code"]) == (409, "own_account")
    boss.refresh_from_db()
    assert boss.is_active
    assert boss.check_password(PASSWORD)


def test_users_outside_the_scope_are_not_found(anna):
    reader = make_user("reader", permissions=[USER_VIEW], scope="own")
    status, body = client_for(reader).get(f"/users/{anna.pk}")
    assert (status, body["code"]) == (404, "not_found")


def test_locking_ends_sessions_at_once_and_unlocking_lets_in_again(boss, anna):
    session, _answer = _signed_in()
    assert client_for(boss).command("user_lock", {"user_id": anna.pk, "reason": "查询异常"})[0] == 200
    assert session.get("/api/v1/session").json()["user"] is None
    assert _signed_in()[1].status_code == 401
    row = client_for(boss).get("/lists/users", q="anna")[1]["items"][0]
    assert row["actions"] == ["user_unlock"]
    assert client_for(boss).command("user_unlock", {"user_id": anna.pk})[0] == 200
    assert _signed_in()[1].status_code == 200


def test_a_first_password_must_be_changed_and_the_old_one_is_gone(boss, anna):
    session, _answer = _signed_in()
    answer = client_for(boss).command("user_password_reset", {"user_id": anna.pk, "new_password": FIRST})
    assert answer[0] == 200
    assert session.get("/api/v1/session").json()["user"] is None
    assert _signed_in()[1].status_code == 401
    assert _signed_in(FIRST)[1].json()["user"]["must_change_password"] is True
    logged = OperationLog.objects.filter(operation="user_password_reset").get()
    assert FIRST not in str(logged.changes)


def test_a_weak_first_password_is_refused_in_the_readers_language(boss, anna):
    weak = {"user_id": anna.pk, "new_password": "1234567"}
    status, body = client_for(boss).command("user_password_reset", weak)
    assert (status, body["field"]) == (422, "new_password")
    assert "至少 10 个字符" in body["message"]
    english = client_for(boss, language="en-US").command("user_password_reset", weak)[1]
    assert "At least 10 characters" in english["message"]
    anna.refresh_from_db()
    assert anna.check_password(PASSWORD)


class TestOwnAccount:
    def test_it_shows_rules_and_sessions(self, anna):
        client, answer = _signed_in()
        body = client.get("/api/v1/account").json()
        assert (body["username"], body["roles"], body["department"]) == ("anna", ["anna"], "财务部")
        assert body["password_rules"][0] == "至少 10 个字符"
        assert [session["id"] for session in body["sign_ins"]] == [answer.json()["sign_in_id"]]

    def test_another_session_is_ended_and_this_one_stays(self, anna):
        here, _answer = _signed_in()
        there, answer = _signed_in()
        ended = here.post(
            "/api/v1/commands/sign_in_end",
            {"sign_in_id": answer.json()["sign_in_id"]},
            content_type="application/json",
        )
        assert ended.status_code == 200
        assert there.get("/api/v1/session").json()["user"] is None
        assert here.get("/api/v1/session").json()["user"]["username"] == "anna"

    def test_somebody_elses_session_is_not_found(self, boss, anna):
        _client, answer = _signed_in()
        status, body = client_for(boss).command("sign_in_end", {"sign_in_id": answer.json()["sign_in_id"]})
        assert (status, body["code"]) == (404, "not_found")
        assert SignIn.objects.get().ended_at is None

    def test_signing_out_ends_the_session_in_the_list(self, anna):
        client, _answer = _signed_in()
        client.delete("/api/v1/session")
        assert not identity.sign_ins_open(anna.pk).exists()

    def test_the_second_factor_goes_off_only_with_a_right_code(self, anna):
        client = client_for(anna)
        uri = client.command("totp_enrol", {})[1]["uri"]
        clock, now = pyotp.parse_uri(uri), int(time.time())
        code, later = clock.at(now), clock.at(now + 30)
        assert client.command("totp_confirm", {"code": code})[0] == 200
        wrong = "000000" if "000000" not in (code, later) else "111111"
        assert client.command("totp_disable", {"code": wrong})[1]["code"] == "sign_in_refused"
        assert User.objects.get(pk=anna.pk).is_totp_on
        assert client.command("totp_disable", {"code": later})[0] == 200
        assert not User.objects.get(pk=anna.pk).is_totp_on

    def test_a_borrower_has_none(self):
        assert Client().get("/api/v1/account").status_code == 401


class TestEmployees:
    def test_the_page_masks_the_phone_and_offers_the_leave(self, boss, anna):
        Employee.objects.filter(pk=anna.employee_id).update(phone="13812345678")
        body = client_for(boss).get(f"/employees/{anna.employee_id}")[1]
        assert (body["phone"], body["username"]) == ("138****5678", "anna")
        assert body["actions"] == ["employee_update", "employee_leave"]

    def test_leaving_ends_the_sign_in_and_is_told_once(self, boss, anna):
        session, _answer = _signed_in()
        leave = {"employee_id": anna.employee_id, "on": DAY.isoformat()}
        with captured(EmployeeLeft) as told:
            assert client_for(boss).command("employee_leave", leave)[0] == 200
            status, body = client_for(boss).command("employee_leave", leave)
        assert told == [EmployeeLeft(employee_id=anna.employee_id, user_id=anna.pk, on=DAY)]
        assert (status, body["code"]) == (422, "employee_has_left")
        assert session.get("/api/v1/session").json()["user"] is None
        assert client_for(boss).get(f"/employees/{anna.employee_id}")[1]["actions"] == []

    def test_who_left_is_not_let_in_by_unlocking(self, boss, anna):
        with captured(EmployeeLeft):
            client_for(boss).command("employee_leave", {"employee_id": anna.employee_id, "on": DAY.isoformat()})
        assert client_for(boss).command("user_unlock", {"user_id": anna.pk})[1]["code"] == "employee_has_left"
        assert not User.objects.get(pk=anna.pk).is_active

    def test_positions_are_listed_with_their_people_and_renamed(self, boss, anna):
        post = Position.objects.create(code="P1", name="柜员")
        Employee.objects.filter(pk=anna.employee_id).update(position=post)
        assert client_for(boss).get("/lists/positions")[1]["items"][0]["people"] == 1
        assert client_for(boss).command("position_update", {"position_id": post.pk, "name": "出纳"})[0] == 200
        assert Position.objects.get().name == "出纳"
