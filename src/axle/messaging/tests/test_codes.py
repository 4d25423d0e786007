"""Verification codes: limits, expiry, attempts that no roll-back takes back."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.db import connection, transaction

from axle.messaging.errors import (
    CodeAttemptsExceeded,
    CodeDailyLimitReached,
    CodeExpired,
    CodeSentTooSoon,
    CodeWrong,
    SmsPhoneInvalid,
)
from axle.messaging.models import Message, VerificationCode
from axle.messaging.public import code_send, code_verify
from axle.messaging.tests.conftest import ScriptedGateway
from axle.platform.public import Subject
from axle.platform.testing import run_jobs

pytestmark = pytest.mark.django_db
REF = Subject("contract", 3)
PHONE = "13800001234"
START = datetime.fromisoformat("2026-11-22T10:00:00+08:00")


@pytest.fixture
def clock():
    with time_machine.travel(START, tick=False) as traveller:
        yield traveller


def sent(gateway: ScriptedGateway, *, purpose: str = "contract_sign", phone: str = PHONE, ref: Subject = REF) -> str:
    with transaction.atomic():
        code_send(purpose=purpose, phone=phone, ref=ref)
    run_jobs()
    return gateway.sent[-1].variables["code"]


def verify(code: str, *, purpose: str = "contract_sign", phone: str = PHONE, ref: Subject = REF) -> None:
    with transaction.atomic():
        code_verify(purpose=purpose, phone=phone, ref=ref, code=code)


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06d}"


def test_right_code_works_once(gateway: ScriptedGateway, clock) -> None:
    code = sent(gateway)
    assert len(code) == 6
    assert f"验证码是{code}，用于签署合同，5分钟内有效" in gateway.sent[0].content
    verify(code)
    with pytest.raises(CodeExpired):
        verify(code)


def test_code_is_not_stored(gateway: ScriptedGateway, clock) -> None:
    code = sent(gateway)
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(v)::text FROM messaging_verificationcode v")
        (stored,) = cursor.fetchone()
    assert code not in stored.replace(str(VerificationCode.objects.get().pk), "")
    assert PHONE not in stored


def test_code_expires_after_five_minutes(gateway: ScriptedGateway, clock) -> None:
    code = sent(gateway)
    clock.shift(timedelta(minutes=5))
    with pytest.raises(CodeExpired):
        verify(code)


def test_code_fits_its_purpose_phone_and_subject_only(gateway: ScriptedGateway, clock) -> None:
    code = sent(gateway)
    for change in ({"purpose": "sign_in"}, {"phone": "13800001235"}, {"ref": Subject("contract", 4)}):
        with pytest.raises(CodeExpired):
            verify(code, **change)
    verify(code)


def test_newer_code_replaces_the_one_before(gateway: ScriptedGateway, clock) -> None:
    first = sent(gateway)
    clock.shift(timedelta(seconds=60))
    second = sent(gateway)
    if first != second:
        with pytest.raises(CodeWrong):
            verify(first)
    verify(second)


def test_five_wrong_attempts_end_a_code_though_each_was_rolled_back(gateway: ScriptedGateway, clock) -> None:
    code = sent(gateway)
    for left in (4, 3, 2, 1, 0):
        with pytest.raises(CodeWrong) as caught:
            verify(wrong(code))
        assert caught.value.params == {"left": left}
    with pytest.raises(CodeAttemptsExceeded):
        verify(code)
    clock.shift(timedelta(seconds=60))
    verify(sent(gateway))


@pytest.mark.parametrize("code", ["", "abcdef", "0" * 100, "１２３４５６"])
def test_senseless_codes_are_wrong_codes(gateway: ScriptedGateway, clock, code: str) -> None:
    sent(gateway)
    with pytest.raises(CodeWrong):
        verify(code)


def test_next_code_after_a_minute(gateway: ScriptedGateway, clock) -> None:
    sent(gateway)
    clock.shift(timedelta(seconds=59))
    with pytest.raises(CodeSentTooSoon) as caught:
        sent(gateway, purpose="sign_in")
    assert caught.value.params == {"seconds": 2}
    assert Message.objects.count() == 1
    clock.shift(timedelta(seconds=1))
    sent(gateway)


def test_ten_codes_a_day(gateway: ScriptedGateway, clock) -> None:
    for _ in range(10):
        sent(gateway)
        clock.shift(timedelta(minutes=1))
    with pytest.raises(CodeDailyLimitReached):
        sent(gateway)
    assert Message.objects.count() == 10
    sent(gateway, phone="13800001235")
    clock.move_to(START.replace(hour=0) + timedelta(days=1))
    sent(gateway)


def test_no_code_to_a_landline(gateway: ScriptedGateway, clock) -> None:
    with pytest.raises(SmsPhoneInvalid):
        sent(gateway, phone="02112345678")
    assert VerificationCode.objects.count() == 0
