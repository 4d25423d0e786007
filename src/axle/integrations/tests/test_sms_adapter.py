"""The SMS adapter against the real sandbox process."""

import dataclasses

import pytest

from axle.integrations.sms_gateway.gateway import SandboxSmsGateway, SmsLink
from axle.integrations.testing import SandboxProcess
from axle.messaging.errors import SmsReportRefused
from axle.messaging.ports import SmsOutcome, SmsRequest


@pytest.fixture
def link(sandbox: SandboxProcess) -> SmsLink:
    return SmsLink(
        base_url=sandbox.url,
        notify_url="http://127.0.0.1:9/api/v1/callbacks/sms",
        secret=sandbox.keys / "sms_gateway.secret",
    )


def request(number: str, phone: str = "13800001234") -> SmsRequest:
    return SmsRequest(number, phone, "sign_code", {"code": "123456"}, "【车轴】验证码 123456")


def test_sent_text_is_in_the_outbox_once(sandbox: SandboxProcess, link: SmsLink) -> None:
    gateway = SandboxSmsGateway(link)
    first, second = gateway.send(request("M1")), gateway.send(request("M1"))
    assert (first.outcome, first) == (SmsOutcome.ACCEPTED, second)
    messages = sandbox.look("sms/outbox", phone="13800001234")
    assert [message["variables"]["code"] for message in messages] == ["123456"]


def test_wrong_secret_sends_nothing(sandbox: SandboxProcess, link: SmsLink, tmp_path) -> None:
    (tmp_path / "secret").write_text("00" * 32)
    reply = SandboxSmsGateway(dataclasses.replace(link, secret=tmp_path / "secret")).send(request("M2", "13800001235"))
    assert (reply.outcome, reply.code) == (SmsOutcome.UNAVAILABLE, "SIGNATURE")
    assert sandbox.look("sms/outbox", phone="13800001235") == []


def test_wrong_phone_is_refused_for_good(link: SmsLink) -> None:
    assert SandboxSmsGateway(link).send(request("M3", "1380000")).outcome is SmsOutcome.REFUSED


def test_gateway_limits_a_phone(link: SmsLink) -> None:
    gateway = SandboxSmsGateway(link)
    for number in range(30):
        assert gateway.send(request(f"L{number}", "13800001236")).outcome is SmsOutcome.ACCEPTED
    reply = gateway.send(request("L30", "13800001236"))
    assert (reply.outcome, reply.code) == (SmsOutcome.UNAVAILABLE, "LIMIT")


def test_blocked_phone_is_reported(sandbox: SandboxProcess, link: SmsLink) -> None:
    sandbox.tell("sms/block", phone="13800001237")
    assert SandboxSmsGateway(link).send(request("M4", "13800001237")).outcome is SmsOutcome.ACCEPTED
    (message,) = sandbox.look("sms/outbox", phone="13800001237")
    assert message["status"] == "BLACKLIST"


def test_gateway_that_cannot_be_reached(link: SmsLink) -> None:
    reply = SandboxSmsGateway(dataclasses.replace(link, base_url="http://127.0.0.1:9")).send(request("M5"))
    assert reply.outcome is SmsOutcome.UNAVAILABLE


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"X-Sms-Timestamp": "1", "X-Sms-Nonce": "n", "X-Sms-Signature": "00"},
        {"X-Sms-Timestamp": "没有", "X-Sms-Nonce": "n", "X-Sms-Signature": "签名"},
    ],
)
def test_unsigned_report_is_refused(link: SmsLink, headers: dict[str, str]) -> None:
    with pytest.raises(SmsReportRefused):
        SandboxSmsGateway(link).reports_read(headers, b'{"reports": []}')
