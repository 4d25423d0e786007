"""Checking a verification code."""

import hmac
from contextlib import closing

from django.db import connection
from django.utils import timezone

from axle.messaging.errors import CodeAttemptsExceeded, CodeExpired, CodeWrong
from axle.messaging.models import VerificationCode
from axle.messaging.parameters import CODE_ATTEMPTS
from axle.messaging.services.code_send import code_hash
from axle.platform.fields import blind_index
from axle.platform.public import Subject, parameter_value


def code_verify(*, purpose: str, phone: str, ref: Subject, code: str) -> None:
    """Use up the newest code sent for this purpose, phone and subject, in the caller's transaction.

    An attempt counts even when the caller's transaction is rolled back, which a wrong code causes.
    Errors: CodeExpired (also when none was sent, or it was used), CodeAttemptsExceeded, CodeWrong.
    """
    row = _newest(purpose, phone, ref)
    if row is None or row.used_at is not None or row.expires_at <= timezone.now():
        raise CodeExpired(field="code")
    allowed = parameter_value(CODE_ATTEMPTS.code)
    used = _count_attempt(row.pk)
    if used > allowed:
        raise CodeAttemptsExceeded(field="code")
    if not hmac.compare_digest(row.code_hash, code_hash(purpose, phone, ref, code)):
        raise CodeWrong(field="code", left=allowed - used)
    _use(row)


def _newest(purpose: str, phone: str, ref: Subject) -> VerificationCode | None:
    rows = VerificationCode.objects.filter(
        phone_index=blind_index(phone), purpose=purpose, ref_type=ref.type, ref_id=ref.id
    )
    return rows.order_by("-sent_at", "-pk").first()


def _count_attempt(code_id: int) -> int:
    """Count on a connection of its own, so that a roll-back cannot take the attempt back."""
    with closing(connection.copy()) as own, own.cursor() as cursor:
        cursor.execute(
            "INSERT INTO messaging_codeattempt (code_id, used) VALUES (%s, 1)"
            " ON CONFLICT (code_id) DO UPDATE SET used = messaging_codeattempt.used + 1 RETURNING used",
            [code_id],
        )
        (used,) = cursor.fetchone()
    return int(used)


def _use(row: VerificationCode) -> None:
    """Of two who come with the right code at once, one gets through."""
    used = VerificationCode.objects.filter(pk=row.pk, used_at=None).update(used_at=timezone.now())
    if used == 0:
        raise CodeExpired(field="code")
