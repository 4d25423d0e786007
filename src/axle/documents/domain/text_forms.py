"""The many ways to print the same value, brought to one form."""

import re
import unicodedata
from datetime import date

_DATE = re.compile(r"(\d{4})[年./\-]?(\d{1,2})[月./\-]?(\d{1,2})日?")
_COMPACT_DATE = re.compile(r"(\d{4})(\d{2})(\d{2})")
_CHINESE = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")


def half_width(text: str) -> str:
    """Full-width letters, digits and punctuation as their plain forms (NFKC)."""
    return unicodedata.normalize("NFKC", text)


def squeezed(text: str) -> str:
    """Half-width, with no white space at all."""
    return "".join(half_width(text).split())


def is_chinese(char: str) -> bool:
    """Whether a character is a Han character, rare ones included."""
    return bool(_CHINESE.fullmatch(char))


def read_date(text: str) -> date | None:
    """A date printed as 2026-03-01, 2026.3.1, 2026年3月1日 or 20260301; None when there is none or it cannot be."""
    plain = squeezed(text)
    match = _COMPACT_DATE.fullmatch(plain) or _DATE.search(plain)
    if match is None:
        return None
    try:
        return date(*(int(part) for part in match.groups()))
    except ValueError:
        return None
