"""Messages from the business transaction to the operator's report."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from axle.kernel.errors import AxleError
from axle.messaging import permissions as may
from axle.messaging.domain.templates import template_check, template_fill
from axle.messaging.errors import SmsPhoneInvalid, SmsTemplateInvalid, SmsTemplateUnknown, SmsVariableMissing
from axle.messaging.models import Message, SmsTemplate
from axle.messaging.ports import SmsOutcome, SmsReply, SmsReport
from axle.messaging.public import messages_of, sms_send
from axle.messaging.services.sms_templates_install import sms_templates_install
from axle.messaging.tests.conftest import ScriptedGateway
from axle.platform.public import Subject
from axle.platform.testing import client_for, make_user, run_jobs

pytestmark = pytest.mark.django_db
REF = Subject("loan", 9)
SETTLED = {"name": "张伟", "loan_no": "LN1", "settled_on": "2026-11-22"}
URL = "/api/v1/callbacks/sms"


def send(**changes: Any) -> Message:
    wanted: dict[str, Any] = {"template": "loan_settled", "phone": "13800001234", "variables": SETTLED, "ref": REF}
    with transaction.atomic():
        view = sms_send(**{**wanted, **changes})
    return Message.objects.get(request_no=view.request_no)


def test_sent_after_commit_and_reported(gateway: ScriptedGateway) -> None:
    message = send()
    assert (message.state, gateway.sent) == ("queued", [])
    run_jobs()
    assert gateway.sent[0].content == "【车轴金融】张伟您好，您的贷款LN1已于2026-11-22结清，结清证明可在手机页面下载。"
    assert (gateway.sent[0].request_no, gateway.sent[0].phone) == (message.request_no, "13800001234")
    assert [view.state for view in messages_of(REF)] == ["sent"]
    gateway.reports[b"r"] = [SmsReport(message.request_no, True, "DELIVRD"), SmsReport("MS0", True, "DELIVRD")]
    answers = [Client().post(URL, b"r", "text/plain", headers={"X-Sms-Signature": "right"}) for _ in range(2)]
    assert [answer.json() for answer in answers] == [{"changed": 1}, {"changed": 0}]
    assert messages_of(REF)[0].state == "delivered"


def test_nothing_is_sent_when_the_business_fails(gateway: ScriptedGateway) -> None:
    with pytest.raises(ZeroDivisionError):
        _send_and_fail()
    assert (run_jobs(), gateway.sent, Message.objects.count()) == ([], [], 0)


def test_unsigned_report_changes_nothing(gateway: ScriptedGateway) -> None:
    message = send()
    run_jobs()
    assert Client().post(URL, b"r", "text/plain").status_code == 403
    message.refresh_from_db()
    assert message.state == "sent"


def test_blacklisted_phone_is_undelivered(gateway: ScriptedGateway) -> None:
    message = send()
    run_jobs()
    gateway.reports[b"r"] = [SmsReport(message.request_no, False, "BLACKLIST")]
    Client().post(URL, b"r", "text/plain", headers={"X-Sms-Signature": "right"})
    message.refresh_from_db()
    assert (message.state, message.code) == ("undelivered", "BLACKLIST")


def test_gateway_that_is_away_is_tried_again(gateway: ScriptedGateway) -> None:
    away = SmsReply(SmsOutcome.UNAVAILABLE, code="LIMIT")
    gateway.replies = [away, away, SmsReply(SmsOutcome.ACCEPTED, "B1")]
    message = send()
    run_jobs()
    message.refresh_from_db()
    assert (message.state, message.attempts, len({one.request_no for one in gateway.sent})) == ("sent", 3, 1)


@transaction.atomic
def _send_and_fail() -> float:
    send()
    return 1 / 0


@pytest.mark.parametrize(
    ("reply", "attempts"), [(SmsReply(SmsOutcome.UNAVAILABLE), 5), (SmsReply(SmsOutcome.REFUSED, code="PHONE"), 1)]
)
def test_message_fails_in_the_end(gateway: ScriptedGateway, reply: SmsReply, attempts: int) -> None:
    gateway.replies = [reply]
    message = send()
    run_jobs()
    message.refresh_from_db()
    assert (message.state, message.attempts, len(gateway.sent)) == ("failed", attempts, attempts)


def test_message_that_is_of_no_use_any_more_is_not_sent(gateway: ScriptedGateway) -> None:
    message = send()
    Message.objects.filter(pk=message.pk).update(useful_until=timezone.now() - timedelta(seconds=1))
    run_jobs()
    message.refresh_from_db()
    assert (message.state, message.code, gateway.sent) == ("failed", "too_late", [])


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"template": "nothing"}, SmsTemplateUnknown),
        ({"variables": {"name": "张伟"}}, SmsVariableMissing),
        ({"phone": "02112345678"}, SmsPhoneInvalid),
    ],
)
def test_refusals_queue_nothing(gateway: ScriptedGateway, change: dict[str, object], error: type[AxleError]) -> None:
    with pytest.raises(error):
        send(**change)
    assert (Message.objects.count(), run_jobs()) == (0, [])


def test_phone_and_text_are_stored_encrypted(gateway: ScriptedGateway) -> None:
    send()
    with connection.cursor() as cursor:
        cursor.execute("SELECT phone, content, variables FROM messaging_message")
        stored = b"".join(bytes(value) for value in cursor.fetchone())
    for secret in ("13800001234", "张伟", "LN1"):
        assert secret.encode() not in stored


@pytest.mark.parametrize(
    "body", ["{", "{0}", "{}", "{name!r}", "{name:>10}", "{name.__class__}", "{name[0]}", "{other}"]
)
def test_texts_that_are_refused(body: str) -> None:
    with pytest.raises(SmsTemplateInvalid):
        template_check(body, ["name"])


def test_braces_of_values_stay_as_they_are() -> None:
    assert template_fill("{name} {{x}}", {"name": "{loan_no}"}) == "{loan_no} {x}"


def test_changed_texts_survive_an_installation() -> None:
    SmsTemplate.objects.filter(code="loan_settled").update(body="新文本")
    SmsTemplate.objects.filter(code="loan_disbursed").delete()
    assert sms_templates_install() == 1
    assert SmsTemplate.objects.get(code="loan_settled").body == "新文本"


def test_template_is_changed_over_http(gateway: ScriptedGateway) -> None:
    client = client_for(make_user("clerk", permissions=(may.TEMPLATE_MANAGE, may.TEMPLATE_VIEW, may.MESSAGE_VIEW)))
    form = {"code": "loan_settled", "title": "结清", "body": "{name}，{loan_no}已结清。"}
    assert client.command("sms_template_update", form)[0] == 200
    send()
    run_jobs()
    assert gateway.sent[0].content == "张伟，LN1已结清。"
    assert client.command("sms_template_update", {**form, "body": "{id_no}"})[1]["code"] == "sms_template_invalid"
    assert client.command("sms_template_update", {**form, "code": "x"})[0] == 404
    assert client.get("/lists/sms_templates")[1]["total"] == SmsTemplate.objects.count()
    row = client.get("/lists/messages", q="13800001234")[1]["items"][0]
    assert (row["phone"], row["template"], row["state"]) == ("138****1234", "结清", "sent")
    assert client_for(make_user("nobody")).get("/lists/messages")[0] == 403
