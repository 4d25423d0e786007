"""The second factor: one-time codes of an authenticator app. Source: RFC 6238."""

from typing import Final

import pyotp
from django.utils import timezone

from axle.platform.audit import track
from axle.platform.errors import SignInRefused, StateRefused, TotpRequired
from axle.platform.models import User

STEP_SECONDS: Final = 30
_TOLERATED_STEPS = (0, -1, 1)


def _step_of(user: User, code: str) -> int | None:
    """The time step whose code this is; steps up to the last one used do not count any more."""
    now = int(timezone.now().timestamp()) // STEP_SECONDS
    clock = pyotp.TOTP(user.totp_secret)
    for step in (now + shift for shift in _TOLERATED_STEPS):
        if step > (user.totp_last_step or 0) and pyotp.utils.strings_equal(clock.at(step * STEP_SECONDS), code):
            return step
    return None


def totp_accept(*, user: User, code: str | None) -> bool:
    """Tell whether a code is right, and use it up: a code that somebody has seen opens nothing again.

    Errors: TotpRequired when there is none.
    """
    if not code:
        raise TotpRequired(field="totp")
    step = _step_of(user, code)
    if step is None:
        return False
    before = User.objects.filter(pk=user.pk, totp_last_step=user.totp_last_step)
    user.totp_last_step = step
    return before.update(totp_last_step=step) == 1


def totp_enrol(user: User) -> str:
    """Give the user a new secret; it counts from the first code confirmed. Gives the otpauth URI.

    Errors: StateRefused while a second factor is on, so that a borrowed session cannot replace it.
    """
    if user.is_totp_on:
        raise StateRefused(state="on")
    user.totp_secret, user.is_totp_on, user.totp_last_step = pyotp.random_base32(), False, None
    track(user).save(update_fields=["totp_secret", "is_totp_on", "totp_last_step"])
    return pyotp.TOTP(user.totp_secret).provisioning_uri(name=user.username, issuer_name="Axle")


def totp_confirm(*, user: User, code: str) -> None:
    """Switch the second factor on with a first right code. Errors: SignInRefused."""
    if not user.totp_secret or not totp_accept(user=user, code=code):
        raise SignInRefused(field="code")
    track(user).is_totp_on = True
    user.save(update_fields=["is_totp_on"])


def totp_drop(*, user: User) -> None:
    """Switch the second factor off."""
    track(user).is_totp_on = False
    user.totp_secret, user.totp_last_step = None, None
    user.save(update_fields=["is_totp_on", "totp_secret", "totp_last_step"])
