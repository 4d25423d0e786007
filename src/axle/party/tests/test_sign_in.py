"""A borrower signs in on the phone pages."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from django.test import Client

from axle.messaging.models import VerificationCode
from axle.messaging.ports import SmsOutcome, SmsReply, SmsReport, SmsRequest, sms_gateway_install
from axle.party import permissions
from axle.party.models import Customer
from axle.party.services.customer_save import customer_create
from axle.party.tests.people import person, resident_id
from axle.platform.organisation import role_save
from axle.platform.testing import act, make_actor, run_jobs

pytestmark = pytest.mark.django_db
PHONE = "13800001234"


class Phone:
    """Keeps the texts that reach it."""

    def __init__(self) -> None:
        self.texts: list[SmsRequest] = []

    def send(self, request: SmsRequest) -> SmsReply:
        self.texts.append(request)
        return SmsReply(SmsOutcome.ACCEPTED)

    def reports_read(self, headers: Mapping[str, str], body: bytes) -> Sequence[SmsReport]:
        return []

    @property
    def code(self) -> str:
        """The code in the newest text."""
        return self.texts[-1].variables["code"]


@pytest.fixture
def phone() -> Phone:
    kept = Phone()
    sms_gateway_install(kept)
    return kept


def customer(**changes: object) -> Customer:
    actor = make_actor()
    with act(actor):
        return customer_create(actor=actor, data=person(**changes))


def post(client: Client, path: str, **data: str) -> tuple[int, dict[str, Any]]:
    answer = client.post(f"/api/v1/me/{path}", json.dumps(data), content_type="application/json")
    run_jobs()
    return answer.status_code, answer.json()


def test_code_opens_a_session_that_reaches_only_themselves(phone: Phone) -> None:
    own, other = customer(), customer(id_no=resident_id(serial=2), phone="13700001111")
    role_save(code="customer", name="客户", is_active=True, grants=[(permissions.CUSTOMER_VIEW, "customer")])
    client = Client()
    assert post(client, "code", phone=PHONE) == (200, {"resend_after_seconds": 60})
    status, session = post(client, "session", phone=PHONE, code=phone.code)
    assert (status, session["actor"]["kind"], session["actor"]["customer_id"]) == (200, "customer", own.pk)
    assert client.get(f"/api/v1/customers/{own.pk}").json()["phone"] == "138****1234"
    assert client.get(f"/api/v1/customers/{other.pk}").status_code == 404
    assert client.get("/api/v1/lists/customers").json()["total"] == 1


def test_nothing_is_said_about_unknown_phones_or_fresh_codes(phone: Phone) -> None:
    customer()
    answers = [post(Client(), "code", phone=number) for number in (PHONE, PHONE, "13900000000")]
    assert answers == [(200, {"resend_after_seconds": 60})] * 3
    assert [text.phone for text in phone.texts] == [PHONE]
    assert post(Client(), "session", phone="13900000000", code="000000")[1]["code"] == "customer_sign_in_refused"


def test_wrong_code_opens_nothing(phone: Phone) -> None:
    customer()
    client = Client()
    post(client, "code", phone=PHONE)
    wrong = f"{(int(phone.code) + 1) % 10**6:06d}"
    status, body = post(client, "session", phone=PHONE, code=wrong)
    assert (status, body["code"], body["params"]) == (422, "code_wrong", {"left": "4"})
    assert client.get("/api/v1/session").json()["actor"] is None
    assert VerificationCode.objects.get().used_at is None


def test_people_who_share_a_phone_are_told_apart_by_their_id(phone: Phone) -> None:
    customer()
    second = customer(name="张小伟", id_no=resident_id(serial=3))
    post(Client(), "code", phone=PHONE)
    assert post(Client(), "session", phone=PHONE, code=phone.code)[1]["code"] == "customer_sign_in_ambiguous"
    wrong = post(Client(), "session", phone=PHONE, code=phone.code, id_tail="000000")
    assert (wrong[0], wrong[1]["code"]) == (401, "customer_sign_in_refused")
    status, session = post(Client(), "session", phone=PHONE, code=phone.code, id_tail=second.id_no[-6:].lower())
    assert (status, session["actor"]["customer_id"]) == (200, second.pk)


def test_landline_is_refused(phone: Phone) -> None:
    assert post(Client(), "code", phone="02112345678")[1]["code"] == "mobile_invalid"
