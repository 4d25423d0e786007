"""Sending a verification code."""

import secrets
from datetime import timedelta

from django.db import connection
from django.utils import timezone

from axle.messaging.errors import CodeDailyLimitReached, CodeSentTooSoon
from axle.messaging.models import VerificationCode
from axle.messaging.parameters import CODE_DAILY_LIMIT, CODE_MINUTES, CODE_RESEND_SECONDS
from axle.messaging.services.message_create import message_create
from axle.platform.fields import blind_index
from axle.platform.public import Subject, parameter_value, text

TEMPLATE = "verification_code"
DIGITS = 6


def code_send(*, purpose: str, phone: str, ref: Subject) -> VerificationCode:
    """Send a fresh six-digit code; the ones before it stop working.

    ``purpose`` is a key of ``enum/CodePurpose`` in the catalogues; the text message names it.
    Errors: CodeSentTooSoon, CodeDailyLimitReached, SmsPhoneInvalid; then nothing is sent.
    """
    _check_limits(phone)
    code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"
    minutes = parameter_value(CODE_MINUTES.code)
    now = timezone.now()
    row = VerificationCode.objects.create(
        purpose=purpose,
        phone_index=blind_index(phone),
        ref_type=ref.type,
        ref_id=ref.id,
        code_hash=code_hash(purpose, phone, ref, code),
        sent_at=now,
        expires_at=now + timedelta(minutes=minutes),
    )
    variables = {
        "code": code,
        "purpose": text("enum", f"CodePurpose/{purpose}", locale="zh-CN"),
        "minutes": str(minutes),
    }
    message_create(template=TEMPLATE, phone=phone, variables=variables, ref=ref, useful_until=row.expires_at)
    return row


def code_hash(purpose: str, phone: str, ref: Subject, code: str) -> str:
    """The keyed hash that stands for a code; it fits one purpose, phone and subject only."""
    return blind_index("|".join((purpose, phone, ref.type, str(ref.id), code)))


def _check_limits(phone: str) -> None:
    """One sender at a time per phone, so that two at once cannot both find the limit open."""
    index = blind_index(phone)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"code:{index}"])
    now = timezone.now()
    sent = VerificationCode.objects.filter(phone_index=index)
    wait = parameter_value(CODE_RESEND_SECONDS.code)
    last = sent.order_by("-sent_at").values_list("sent_at", flat=True).first()
    if last is not None and (passed := (now - last).total_seconds()) < wait:
        raise CodeSentTooSoon(seconds=int(wait - passed) + 1)
    midnight = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    if sent.filter(sent_at__gte=midnight).count() >= parameter_value(CODE_DAILY_LIMIT.code):
        raise CodeDailyLimitReached(field="phone")
