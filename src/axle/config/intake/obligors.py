"""Synthetic identities for contracts whose file names no person: invented, told by their look, the same every time.

They follow from the file's hash and the row, so the same row never becomes two people. Resident ids use areas that
were never issued, phones a number block that is not in use, VINs a maker code that nobody has.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from axle.kernel.identifiers import is_resident_id, vin_check_digit

_FIRST_BIRTHDAY = date(1955, 1, 1)
_BIRTHDAYS = 40 * 365
_SERIALS = _BIRTHDAYS * 1000
_VIN_LETTERS = "0123456789ABCDEFGHJKLMNPRSTUVWXYZ"
_NAME_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_NAME = "导入借款人"


@dataclass(frozen=True)
class Obligor:
    """Who stands for the obligor of a row, and what stands for the VIN of the vehicle."""

    name: str
    id_no: str
    phone: str
    vin: str


def obligor(sha256: str, row: int) -> Obligor:
    """The obligor of a row (up to 9,999,999) of the file with this hash."""
    tag = int(sha256[:12], 16)
    return Obligor(
        name=f"{_NAME}·{_digits(row, _NAME_LETTERS, 5)}",
        id_no=_id_no(tag, row),
        phone=f"1990{(tag + row) % 10_000_000:07d}",
        vin=_vin(tag, row),
    )


def _digits(number: int, letters: str, width: int) -> str:
    """The last ``width`` digits of a number written with these letters."""
    digits = ""
    for _place in range(width):
        number, digit = divmod(number, len(letters))
        digits = letters[digit] + digits
    return digits


def _id_no(tag: int, row: int) -> str:
    area = 999910 + tag % 90
    serial = (tag // 90 + row) % _SERIALS
    birthday = _FIRST_BIRTHDAY + timedelta(days=serial % _BIRTHDAYS)
    stem = f"{area}{birthday:%Y%m%d}{serial // _BIRTHDAYS:03d}"
    return next(stem + last for last in "0123456789X" if is_resident_id(stem + last))


def _vin(tag: int, row: int) -> str:
    stem = f"0AB{_digits(tag, _VIN_LETTERS, 5)}00{row % 10_000_000:07d}"
    return stem[:8] + vin_check_digit(stem) + stem[9:]
