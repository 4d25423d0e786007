"""Bounds that more than one kind of input shares: rates, amounts, whole numbers, dates, choices."""

from datetime import date
from decimal import Decimal
from typing import get_args

from axle.amortization import errors
from axle.kernel.money import Fen

MAX_PRINCIPAL = Fen(10**13)
FIRST_DATE = date(1900, 1, 1)
LAST_DATE = date(2200, 12, 31)

_RATE_PLACES = 12


def check_rate(rate: Decimal, field: str) -> None:
    """Refuse a rate that is no annual fraction from 0 to 1."""
    if not rate.is_finite() or not 0 <= rate <= 1:
        raise errors.RateOutOfRange(field=field, value=str(rate)[:40])
    if rate.as_tuple().exponent < -_RATE_PLACES:  # type: ignore[operator]  # finite, so the exponent is a number
        raise errors.RateTooFine(field=field, places=_RATE_PLACES)


def check_choice(value: object, choices: object, field: str) -> None:
    """Refuse a value that is none of a Literal's."""
    if value not in get_args(choices):
        raise errors.UnknownChoice(field=field, value=str(value)[:40], choices=", ".join(get_args(choices)))


def check_number(value: int, field: str, low: int, high: int) -> None:
    """Refuse a whole number outside ``low`` to ``high``."""
    if not is_whole(value) or not low <= value <= high:
        raise errors.NumberOutOfRange(field=field, value=str(value)[:40], low=low, high=high)


def check_amount(value: Fen, field: str, low: int = 0) -> None:
    """Refuse an amount below ``low`` fen or beyond the largest principal."""
    if not is_whole(value) or not low <= value <= MAX_PRINCIPAL:
        raise errors.AmountOutOfRange(field=field, value=str(value)[:40])


def check_date(value: date, field: str) -> None:
    """Refuse a date outside 1900 to 2200."""
    if not FIRST_DATE <= value <= LAST_DATE:
        raise errors.DateOutOfRange(field=field, value=value.isoformat(), first=FIRST_DATE, last=LAST_DATE)


def is_whole(value: object) -> bool:
    """Whether a value is an integer and not a truth value."""
    return isinstance(value, int) and not isinstance(value, bool)
