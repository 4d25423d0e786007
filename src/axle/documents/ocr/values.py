"""From the text beside a label to a value: one parser for each kind of value.

A parser gets squeezed half-width text and answers None when the text cannot be such a value at all.
"""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date

from axle.documents.domain.text_forms import is_chinese, read_date
from axle.documents.ocr.labels import edit_distance
from axle.documents.ocr.repair import as_digits, repaired, windows
from axle.documents.ocr.vocabularies import ETHNICITIES
from axle.kernel.errors import InvalidAmount
from axle.kernel.identifiers import is_bank_card, is_resident_id, is_uscc, is_vin
from axle.kernel.money import parse_yuan

_REPAIRED = 0.85
_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_PLATE = re.compile(rf"[{_PROVINCES}][A-Z][A-HJ-NP-Z0-9]{{4,5}}[A-HJ-NP-Z0-9挂学警港澳]")
_CAPITAL = re.compile(r"(人民币)?[\d,.零壹贰叁肆伍陆柒捌玖拾佰仟万亿元圆角分整美港欧日]+")
_ADDRESS = re.compile(r"[省市区县州旗盟镇乡村路街道巷号]")


@dataclass(frozen=True, slots=True)
class Parsed:
    """A value, whether it passes its own check, and how much of the text's certainty is left.

    ``is_proved`` says that a check digit confirms it; nothing but the picture's quality speaks for the others.
    """

    value: str | int
    is_valid: bool = True
    certainty: float = 1.0
    is_proved: bool = False


Parser = Callable[[str], Parsed | None]


def checked_code(text: str, size: int, is_right: Callable[[str], bool]) -> Parsed | None:
    """A code of ``size`` characters with a check digit: as read, or with its one provable confusion put right."""
    for candidate in windows(text, size):
        if is_right(candidate):
            return Parsed(candidate, is_proved=True)
    for candidate in windows(text, size):
        mended = repaired(candidate, is_right)
        if mended is not None:
            return Parsed(mended, certainty=_REPAIRED, is_proved=True)
    return Parsed(text[-size:], is_valid=False) if len(text) >= size - 1 else None


def resident_id(text: str) -> Parsed | None:
    """18 characters with the check digit of GB 11643."""
    digits = re.sub(r"[^0-9X]", "", as_digits(text.upper()))
    return checked_code(digits, 18, is_resident_id)


def vin(text: str) -> Parsed | None:
    """17 characters with the check digit of GB 16735; I, O and Q do not exist in a VIN."""
    letters = re.sub(r"[^0-9A-Z]", "", text.upper()).translate(str.maketrans("IOQ", "100"))
    return checked_code(letters, 17, _is_likely_vin)


def _is_likely_vin(text: str) -> bool:
    """A right check digit, and a maker's code (the first three characters) that has a letter, as all of them have."""
    return is_vin(text) and not text[:3].isdigit()


def uscc(text: str) -> Parsed | None:
    """18 characters with the check character of GB 32100."""
    letters = re.sub(r"[^0-9A-Z]", "", text.upper()).translate(str.maketrans("IOZSV", "1025U"))
    return checked_code(letters, 18, is_uscc)


def bank_card(text: str) -> Parsed | None:
    """A card number of 15 to 19 digits with its Luhn digit."""
    digits = "".join(char for char in text if char.isdigit())
    if not 15 <= len(digits) <= 19:
        return None
    return Parsed(digits, is_bank_card(digits), is_proved=True)


def plate(text: str) -> Parsed | None:
    """A number plate: province, letter, five characters (six on new-energy plates)."""
    upper = re.sub(r"[^0-9A-Z\u4e00-\u9fff]", "", text.upper())
    fixed = upper[:2] + upper[2:].translate(str.maketrans("IO", "10"))
    match = _PLATE.search(fixed)
    if match:
        return Parsed(match.group())
    return Parsed(fixed[:8], is_valid=False) if len(fixed) >= 6 else None


def person_name(text: str) -> Parsed | None:
    """Two to twenty-five Han characters, with the dot of transcribed names."""
    name = "".join(char for char in text.replace("•", "·") if is_chinese(char) or char == "·")
    if not name:
        return None
    return Parsed(name, 2 <= len(name) <= 25 and name == text.replace("•", "·"))


def gender(text: str) -> Parsed | None:
    """``male`` for 男, ``female`` for 女."""
    if ("男" in text) == ("女" in text):
        return None
    return Parsed("male" if "男" in text else "female")


def ethnicity(text: str) -> Parsed | None:
    """One of the 56 ethnic groups."""
    plain = text.removesuffix("族")
    return Parsed(plain, plain in ETHNICITIES) if plain else None


def one_of(words: Collection[str]) -> Parser:
    """A parser for a closed vocabulary: the word itself, or the only one within a third of misread characters."""

    def parse(text: str) -> Parsed | None:
        plain = text.strip(".,。、-")
        if plain in words or not plain:
            return Parsed(plain) if plain else None
        near = [word for word in words if edit_distance(plain, word) <= len(word) // 3]
        return Parsed(near[0], certainty=_REPAIRED) if len(near) == 1 else Parsed(plain, is_valid=False)

    return parse


def iso_date(text: str) -> Parsed | None:
    """A date in any printed form, as ISO text."""
    found = read_date(_date_text(text))
    return Parsed(found.isoformat()) if found else None


def period_start(text: str) -> Parsed | None:
    """The first date of a validity period."""
    dates = _dates(text)
    return Parsed(dates[0].isoformat()) if dates else None


def period_end(text: str) -> Parsed | None:
    """The last date of a validity period, or ``long_term`` for 长期."""
    if "长期" in text:
        return Parsed("long_term")
    dates = _dates(text)
    if len(dates) < 2:
        return None
    return Parsed(dates[1].isoformat(), is_valid=dates[1] > dates[0])


def _dates(text: str) -> list[date]:
    parts = re.findall(r"\d{4}[.年/-]?\d{1,2}[.月/-]?\d{1,2}", _date_text(text))
    return [found for part in parts if (found := read_date(part))]


def _date_text(text: str) -> str:
    """Stray marks between the parts of a date as dashes; letters that can only be digits as digits."""
    return re.sub(r"[,:;·_~—]+", "-", as_digits(text))


def year_month(text: str) -> Parsed | None:
    """A month as ``2027-05``."""
    match = re.search(r"(20\d{2})\D{1,2}(\d{1,2})", as_digits(text))
    if match is None or not 1 <= int(match[2]) <= 12:
        return None
    return Parsed(f"{match[1]}-{int(match[2]):02d}")


def address(text: str) -> Parsed | None:
    """An address of at least six characters with a place word."""
    plain = text.strip(".,。、-")
    return Parsed(plain, len(plain) >= 6 and bool(_ADDRESS.search(plain))) if plain else None


def free_text(text: str) -> Parsed | None:
    """Whatever is printed there."""
    plain = text.strip(".,。、-")
    return Parsed(plain) if plain else None


def code_text(text: str) -> Parsed | None:
    """Letters and digits only, such as an engine number."""
    plain = re.sub(r"[^0-9A-Z-]", "", text.upper())
    return Parsed(plain, len(plain) >= 3) if plain else None


def model_text(text: str) -> Parsed | None:
    """Brand and model such as 大众牌SVW71410: no dots inside."""
    plain = re.sub(r"[.,·。]", "", text)
    return Parsed(plain, len(plain) >= 3) if plain else None


def digits(*sizes: int) -> Parser:
    """A parser for a number of one of these lengths, kept as text."""

    def parse(text: str) -> Parsed | None:
        found = "".join(char for char in as_digits(text) if char.isdigit())
        return Parsed(found, len(found) in sizes) if found else None

    return parse


def whole_number(low: int, high: int) -> Parser:
    """A parser for a whole number in a sensible range, with its unit behind it (kg, 人, kW, mL)."""

    def parse(text: str) -> Parsed | None:
        match = re.match(r"\d+", text)
        return Parsed(int(match[0]), low <= int(match[0]) <= high) if match else None

    return parse


def dimensions(text: str) -> Parsed | None:
    """Length × width × height in millimetres."""
    sizes = re.findall(r"\d{4}", text)
    return Parsed("×".join(sizes[:3]), len(sizes) == 3) if sizes else None


def amount(text: str) -> Parsed | None:
    """An amount in yuan with two decimals, as fen."""
    match = re.search(r"(\d[\d,]*)[.,](\d{2})(?!\d)", text)
    if match is None:
        return None
    try:
        return Parsed(parse_yuan(f"{match[1].replace(',', '')}.{match[2]}"))
    except InvalidAmount:
        return None


def percentage(text: str) -> Parsed | None:
    """A rate such as 13% as the fraction ``0.13``."""
    match = re.search(r"(\d{1,2})%", text)
    return Parsed(f"0.{int(match[1]):02d}") if match else None


def vehicle_class(text: str) -> Parsed | None:
    """Classes of a driving licence, such as C1 or A2D."""
    plain = re.sub(r"[^0-9A-Z]", "", text.upper())
    return Parsed(plain, bool(re.fullmatch(r"([ABC][1-6]|[DEFMNP])+", plain))) if plain else None


def capital_text(text: str) -> Parsed | None:
    """Registered capital in capitals or figures."""
    return Parsed(text, bool(_CAPITAL.fullmatch(text))) if text else None


def gender_code(text: str) -> Parsed | None:
    """``male`` or ``female`` as a form sends it, or the Chinese word."""
    return Parsed(text) if text in {"male", "female"} else gender(text)


def date_or_long_term(text: str) -> Parsed | None:
    """A date, or ``long_term``."""
    return Parsed("long_term") if text in {"long_term", "长期"} else iso_date(text)


def yuan_amount(text: str) -> Parsed | None:
    """A yuan string with up to two decimals, as fen."""
    try:
        fen = parse_yuan(text.replace(",", ""))
    except InvalidAmount:
        return None
    return Parsed(fen, is_valid=fen > 0)


def fraction(text: str) -> Parsed | None:
    """A rate as ``0.13`` or ``13%``."""
    return Parsed(text) if re.fullmatch(r"0\.\d{1,4}", text) else percentage(text)
