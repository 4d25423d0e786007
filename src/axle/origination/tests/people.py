"""Invented identifiers with right check digits."""

from datetime import date

from axle.kernel.identifiers import vin_check_digit

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def resident_id(serial: int = 1, birthday: date = date(1990, 3, 7)) -> str:
    """A right resident id."""
    body = f"330106{birthday:%Y%m%d}{serial:03d}"
    total = sum(int(digit) * weight for digit, weight in zip(body, _WEIGHTS, strict=True))
    return body + "10X98765432"[total % 11]


def vin(serial: int = 1) -> str:
    """A right VIN."""
    draft = f"LSVAA4BR0P{serial:07d}"
    return draft[:8] + vin_check_digit(draft) + draft[9:]


def card_no(serial: int = 1) -> str:
    """A debit card of 工商银行 that passes the Luhn check."""
    body = f"621226{serial:012d}"
    doubled = [int(digit) * (2 - position % 2) for position, digit in enumerate(reversed(body))]
    total = sum(value - 9 if value > 9 else value for value in doubled)
    return body + str(-total % 10)
