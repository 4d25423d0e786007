"""A verification code over the real wire: job, gateway process, outbox, signed report into a live server."""

from collections.abc import Iterator

import pytest
from django.db import transaction

from axle.integrations.public import sms_sandbox
from axle.integrations.testing import SandboxProcess, sandbox_running
from axle.messaging.errors import CodeWrong
from axle.messaging.ports import sms_gateway_install
from axle.messaging.public import code_send, code_verify, messages_of
from axle.platform.public import Subject
from axle.platform.testing import run_jobs

pytestmark = pytest.mark.django_db(transaction=True)
REF = Subject("contract", 3)


@pytest.fixture(scope="module")
def wire(tmp_path_factory: pytest.TempPathFactory, live_server) -> Iterator[SandboxProcess]:
    """A sandbox whose gateway reports into the live server."""
    with sandbox_running(tmp_path_factory.mktemp("sms")) as sandbox:
        sms_gateway_install(sms_sandbox(sandbox_url=sandbox.url, own_url=live_server.url, keys=sandbox.keys))
        yield sandbox


def send(phone: str) -> None:
    with transaction.atomic():
        code_send(purpose="contract_sign", phone=phone, ref=REF)
    run_jobs()


def verify(phone: str, code: str) -> None:
    with transaction.atomic():
        code_verify(purpose="contract_sign", phone=phone, ref=REF, code=code)


def test_code_reaches_the_phone_and_works(wire: SandboxProcess) -> None:
    send("13800001234")
    (message,) = wire.look("sms/outbox", phone="13800001234")
    assert wire.run()["delivered"] == 1
    assert [view.state for view in messages_of(REF)] == ["delivered"]
    code = message["variables"]["code"]
    with pytest.raises(CodeWrong) as caught:
        verify("13800001234", f"{(int(code) + 1) % 10**6:06d}")
    assert caught.value.params == {"left": 4}
    verify("13800001234", code)


def test_blacklisted_phone_is_undelivered(wire: SandboxProcess) -> None:
    send("13800000002")
    wire.run()
    assert [view.state for view in messages_of(REF)] == ["undelivered"]


def test_gateway_killed_and_back_sends_once(wire: SandboxProcess) -> None:
    wire.kill()
    with transaction.atomic():
        code_send(purpose="contract_sign", phone="13800001299", ref=REF)
    wire.start()
    run_jobs()
    assert len(wire.look("sms/outbox", phone="13800001299")) == 1
