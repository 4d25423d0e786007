"""Identifiers that carry their own check digit.

Source: GB 11643 (resident id), GB 16735 (VIN), GB 32100 (company code), ISO/IEC 7812 (bank card).
"""

import re
from datetime import date

_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_CHECKS = "10X98765432"
_VIN_ALPHABET = "0123456789ABCDEFGHJKLMNPRSTUVWXYZ"
_VIN_VALUES = dict(zip(_VIN_ALPHABET, (*range(10), *range(1, 9), *range(1, 6), 7, 9, *range(2, 10)), strict=True))
_VIN_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
_USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_USCC_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_MOBILE = re.compile(r"1[3-9]\d{9}", re.ASCII)
_RESIDENT_ID = re.compile(r"[1-9]\d{16}[\dX]", re.ASCII)
_VIN = re.compile(r"[0-9A-HJ-NPR-Z]{17}", re.ASCII)


def resident_id_birthday(id_no: str) -> date | None:
    """The birthday inside an 18-digit resident id, or None when the form, check digit or date is wrong."""
    if not _RESIDENT_ID.fullmatch(id_no):
        return None
    total = sum(int(digit) * weight for digit, weight in zip(id_no, _ID_WEIGHTS, strict=False))
    if _ID_CHECKS[total % 11] != id_no[-1]:
        return None
    try:
        return date(int(id_no[6:10]), int(id_no[10:12]), int(id_no[12:14]))
    except ValueError:
        return None


def is_resident_id(id_no: str) -> bool:
    """Whether an 18-digit resident id has a right form, date and check digit."""
    return resident_id_birthday(id_no) is not None


def resident_id_gender(id_no: str) -> str:
    """``"male"`` or ``"female"`` by the 17th digit."""
    return "male" if int(id_no[16]) % 2 else "female"


def vin_check_digit(vin: str) -> str:
    """The ninth character that a 17-character VIN must have."""
    total = sum(_VIN_VALUES[char] * weight for char, weight in zip(vin, _VIN_WEIGHTS, strict=True))
    return "0123456789X"[total % 11]


def is_vin(vin: str) -> bool:
    """Whether a VIN has the right form and check digit."""
    return bool(_VIN.fullmatch(vin)) and vin_check_digit(vin) == vin[8]


def is_bank_card(card_no: str) -> bool:
    """Whether a card number has 12 to 19 digits and passes the Luhn check."""
    if not re.fullmatch(r"\d{12,19}", card_no, re.ASCII):
        return False
    doubled = [int(digit) * (1 + position % 2) for position, digit in enumerate(reversed(card_no))]
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0


def is_mobile(phone: str) -> bool:
    """Whether a phone number is a mainland mobile number of 11 digits."""
    return bool(_MOBILE.fullmatch(phone))


def is_uscc(code: str) -> bool:
    """Whether a unified social credit code has 18 right characters and the right check character."""
    if len(code) != 18 or any(char not in _USCC_ALPHABET for char in code):
        return False
    total = sum(_USCC_ALPHABET.index(char) * weight for char, weight in zip(code, _USCC_WEIGHTS, strict=False))
    return _USCC_ALPHABET[(31 - total % 31) % 31] == code[-1]


def age_on(birthday: date, on: date) -> int:
    """Whole years of age on a date."""
    return on.year - birthday.year - ((on.month, on.day) < (birthday.month, birthday.day))
