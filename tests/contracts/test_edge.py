"""The edge of the server: what every answer carries, and requests that no program of ours sends."""

from contextlib import closing

import pytest
from django.test import Client

from axle.platform.models import Department
from axle.platform.testing import client_for, make_user

pytestmark = pytest.mark.django_db
CREATE = "/api/v1/commands/department_create"


@pytest.fixture
def sent():
    """Send a body as somebody who may make departments; gives the answer."""
    client = client_for(make_user("anna", permissions=["platform.organisation.manage"])).raw
    before = Department.objects.count()

    def send(body: bytes, content_type: str = "application/json"):
        answer = client.post(CREATE, body, content_type=content_type)
        assert answer.status_code == 200 or Department.objects.count() == before
        return answer

    return send


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b'{"name": "a", "name": "b"}', 400, "request_refused"),
        (b"[" * 5000, 400, "request_refused"),
        (b'{"name": ' + b'{"a": ' * 200 + b"1" + b"}" * 201, 422, "input_invalid"),
        (b'{"name": ' + b"9" * 5000 + b"}", 400, "request_refused"),
        (b'{"name": NaN}', 400, "request_refused"),
        ('{"name": "华东"}'.encode("gbk"), 400, "request_refused"),
        (b'{"name": "\\ud800"}', 422, "input_invalid"),
        (b'{"name": "a\\u0001"}', 422, "input_invalid"),
        (b'{"name": "\\u200b\\u3000"}', 422, "input_invalid"),
        (b'{"name": "a", "parent_id": -1}', 404, "not_found"),
        (b'{"name": "a", "parent_id": 99999999999999999999}', 404, "not_found"),
    ],
)
def test_what_no_program_of_ours_sends_is_refused_and_changes_nothing(sent, body: bytes, status: int, code: str):
    answer = sent(body)
    assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_a_name_is_kept_as_people_see_it(sent):
    assert sent('{"name": " 华东\u200b１区\ufeff "}'.encode()).status_code == 200
    assert Department.objects.latest("pk").name == "华东1区"


def test_every_answer_carries_what_a_browser_must_keep_to(settings):
    plain = Client().get("/api/v1/session").headers
    assert "frame-ancestors 'self'" in plain["Content-Security-Policy"]
    assert "script-src 'self' 'wasm-unsafe-eval';" in plain["Content-Security-Policy"]
    assert (plain["X-Content-Type-Options"], plain["X-Frame-Options"]) == ("nosniff", "SAMEORIGIN")
    assert (plain["Cross-Origin-Opener-Policy"], plain["Cache-Control"]) == ("same-origin", "no-store")
    assert "Strict-Transport-Security" not in plain
    with closing(Client().get("/")) as page:
        assert "Access-Control-Allow-Origin" not in page.headers

    settings.SESSION_COOKIE_SECURE = True
    assert Client().get("/api/v1/session").headers["Strict-Transport-Security"] == "max-age=31536000"
