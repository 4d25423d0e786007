"""Identifiers that pass their checks and belong to nobody."""

from datetime import date

from axle.kernel.identifiers import is_bank_card, is_resident_id, is_uscc, vin_check_digit


def resident_id(birthday: date, number: int) -> str:
    """A resident id of area 999900, which was never issued; its last digits are ``number``."""
    stem = f"999900{birthday:%Y%m%d}{number % 1000:03d}"
    return next(stem + last for last in "0123456789X" if is_resident_id(stem + last))


def company_code(number: int) -> str:
    """A company code with a right check character."""
    stem = f"91990000{number:09d}"
    return next(stem + last for last in "0123456789ABCDEFGHJKLMNPQRTUWXY" if is_uscc(stem + last))


def phone(number: int) -> str:
    """A mobile number in a block that is not in use."""
    return f"1990{number:07d}"


def vin(number: int) -> str:
    """A VIN with the right check digit, of a maker code that nobody has."""
    stem = f"LXX{number % 100_000:05d}0X{number:07d}"
    return stem[:8] + vin_check_digit(stem) + stem[9:]


def bank_account(number: int) -> str:
    """A card-like account number that passes the Luhn check."""
    stem = f"62990000{number:010d}"
    return next(stem + str(last) for last in range(10) if is_bank_card(stem + str(last)))
